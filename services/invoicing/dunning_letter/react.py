"""What is written goes out: by the channels that the policy names, or by those of the account that carry letters."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.delivery.messages import Channel, SendDocument, SentDocument
from services.invoicing.delivery.state import preferences_of
from services.invoicing.dunning_letter.messages import DUNNING_LETTER, DunningLetterWritten
from shared.kernel.decider import Do, View
from shared.kernel.envelope import Envelope


def react(event: DunningLetterWritten, envelope: Envelope, view: View) -> Iterator[Do]:
    document = SentDocument.of(DUNNING_LETTER, event.letter_id)
    channels: list[Channel] = [*event.channels]
    if not channels:
        wanted = preferences_of(view, event.account_id).preferences.channels
        channels = [channel for channel in wanted if channel != "print"] or ["email"]
    yield Do(SendDocument(account_id=event.account_id, document=document, channels=channels))
