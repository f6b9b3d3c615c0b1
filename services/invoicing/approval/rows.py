"""What was asked and said of a draft, on the row of the invoice (invoice/).

inv-7   waiting    of version 2   asked by user:u1
inv-7   approved   of version 3   by user:u2
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec.structs import replace

from services.invoicing.approval.messages import ApprovalAsked, InvoiceApproved, InvoiceRejected
from services.invoicing.invoice.next_event import ADDED, NextEvent
from shared.engine.rows import Columns
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, update


class ApprovalState(NextEvent, frozen=True, kw_only=True):
    """`approval_asked_by` is who has asked last; where the event does not say, it stays."""

    approval: str
    approval_version: int
    approval_asked_by: str | None = None
    approval_by: str | None = None
    approval_reason: str | None = None


def _both(earlier: ApprovalState, later: ApprovalState) -> ApprovalState:
    asked_by = later.approval_asked_by or earlier.approval_asked_by
    return replace(later, version=earlier.version + later.version, approval_asked_by=asked_by)


_ASKED_BY: Final = "coalesce(new.approval_asked_by, t.approval_asked_by)"
TABLES: Final = Tables(update(ApprovalState, sets=ADDED | {"approval_asked_by": _ASKED_BY}, merge=_both))


def rows(applied: AppliedOf[ApprovalAsked | InvoiceApproved | InvoiceRejected]) -> Iterator[Columns]:
    event, seq = applied.event, applied.envelope.seq
    match event:
        case ApprovalAsked():
            yield _state(event, "waiting", seq, approval_asked_by=event.asked_by)
        case InvoiceApproved():
            yield _state(event, "approved", seq, approval_by=event.approved_by)
        case InvoiceRejected():
            yield _state(event, "rejected", seq, approval_by=event.rejected_by, approval_reason=event.reason)


def _state(
    event: ApprovalAsked | InvoiceApproved | InvoiceRejected, approval: str, seq: int, **said: Any
) -> ApprovalState:
    return ApprovalState(
        invoice_id=event.invoice_id, approval=approval, approval_version=event.version, seq=seq, **said
    )
