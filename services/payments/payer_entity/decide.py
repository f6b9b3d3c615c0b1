"""The legal entity of an account is noted where it is another one. Pure.

NotePayerEntity("nl"), twice    PayerEntityNoted, and nothing
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.invoicing.bill_profile.messages import LegalEntityAssigned
from services.payments.payer_entity.messages import NotePayerEntity, PayerEntityNoted
from services.payments.payer_entity.state import PayerEntity
from shared.kernel.decider import Asked, Context, Do, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_noted(command: NotePayerEntity, view: View, context: Context) -> Sequence[Event]:
    known = view.get(PayerEntity, command.account_id)
    noted = None if known is None else known.legal_entity
    return [] if noted == command.legal_entity else [same_fields(PayerEntityNoted, command)]


def evolve_noted(event: PayerEntityNoted, envelope: Envelope, view: View) -> Iterator[State | Gone]:
    if event.legal_entity is None:
        yield Gone(PayerEntity, event.account_id)
    else:
        yield PayerEntity(account_id=event.account_id, legal_entity=event.legal_entity)


def react(event: LegalEntityAssigned, envelope: Envelope, view: View) -> Iterator[Do]:
    yield Do(same_fields(NotePayerEntity, event))


def preload(message: LegalEntityAssigned) -> Iterator[Asked]:
    yield PayerEntity, message.account_id
