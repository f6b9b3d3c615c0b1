"""What is written goes out: by the channels that the policy names, or by those of the account."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.delivery.letters import ways
from services.invoicing.delivery.messages import SendDocument, SentDocument
from services.invoicing.dunning_letter.messages import DUNNING_LETTER, DunningLetterWritten
from shared.kernel.decider import Do, View
from shared.kernel.envelope import Envelope


def react(event: DunningLetterWritten, envelope: Envelope, view: View) -> Iterator[Do]:
    document = SentDocument.of(DUNNING_LETTER, event.letter_id)
    channels = ways(event.account_id, view, event.channels)
    yield Do(SendDocument(account_id=event.account_id, document=document, channels=channels))
