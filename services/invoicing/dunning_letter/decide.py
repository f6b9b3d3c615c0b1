"""A letter is written once, and goes out as a document does. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.invoicing.bill_profile.state import profile_of
from services.invoicing.dunning_letter.messages import DunningLetterWritten, WriteDunningLetter
from services.invoicing.dunning_letter.state import DunningLetter
from services.invoicing.legal_entity.state import legal_entity_of
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_letter(command: WriteDunningLetter, view: View, context: Context) -> Sequence[Event]:
    if view.get(DunningLetter, command.letter_id) is not None:
        return []
    profile = profile_of(view, command.account_id)
    entity = legal_entity_of(profile.legal_entity, view)
    issuer = None if entity is None else entity.seller
    return [
        same_fields(
            DunningLetterWritten,
            command,
            name=profile.name,
            details=profile.details,
            seller=None if issuer is None else issuer.name,
            issuer=issuer,
            legal_entity=profile.legal_entity,
        )
    ]


def evolve_letter(event: DunningLetterWritten, envelope: Envelope, view: View) -> Iterator[State]:
    yield same_fields(DunningLetter, event)
