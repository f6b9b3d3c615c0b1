"""A notice is written once, and goes out as a document does. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.invoicing.bill_profile.state import profile_of
from services.invoicing.credit_notice.messages import CREDIT_NOTICE, CreditNoticeWritten, WriteCreditNotice
from services.invoicing.credit_notice.state import CreditNotice
from services.invoicing.delivery.letters import ways
from services.invoicing.delivery.messages import SendDocument, SentDocument
from services.invoicing.legal_entity.state import legal_entity_of
from shared.kernel.decider import Context, Do, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_notice(command: WriteCreditNotice, view: View, context: Context) -> Sequence[Event]:
    if view.get(CreditNotice, command.notice_id) is not None:
        return []
    profile = profile_of(view, command.account_id)
    entity = legal_entity_of(profile.legal_entity, view)
    by = {"seller": None if entity is None else entity.seller, "legal_entity": profile.legal_entity}
    return [same_fields(CreditNoticeWritten, command, name=profile.name, details=profile.details, **by)]


def evolve_notice(event: CreditNoticeWritten, envelope: Envelope, view: View) -> Iterator[State]:
    """Lists call it by what it tells and when: `low 2026-10-25`."""
    yield same_fields(CreditNotice, event, number=f"{event.kind} {event.written_on}")


def react(event: CreditNoticeWritten, envelope: Envelope, view: View) -> Iterator[Do]:
    document = SentDocument.of(CREDIT_NOTICE, event.notice_id)
    yield Do(SendDocument(account_id=event.account_id, document=document, channels=ways(event.account_id, view)))
