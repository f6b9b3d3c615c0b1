"""What was asked and said of an invoice beside its life: approvals of a draft, and what tax authorities say of it.

ApprovalAsked        inv-7   waiting    version 3
ClearanceReported    inv-7   cleared    SdI   IT-4711
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from services.invoicing.approval.messages import ApprovalAsked, InvoiceApproved, InvoiceRejected
from services.invoicing.clearance.messages import ClearanceAwaited, ClearanceReported
from shared.engine.rows import Change, Columns
from shared.engine.tables import Statement, update
from shared.kernel.message import Event


class ApprovalState(Change, frozen=True, kw_only=True):
    """`version` is the invoice's with the event, so that a draft which is complete once more later keeps its own."""

    TABLE = "invoice_row"
    KEY = ("invoice_id",)

    invoice_id: str
    approval: str
    approval_version: int
    version: int
    approval_asked_by: str | None = None
    approval_by: str | None = None
    approval_reason: str | None = None


class ClearanceState(Change, frozen=True, kw_only=True):
    """What an authority has said last, or that it is waited for; `version` is how many events said so."""

    TABLE = "invoice_row"
    KEY = ("invoice_id",)

    invoice_id: str
    clearance: str
    clearance_authority: str
    clearance_reference: str | None = None
    clearance_reason: str | None = None
    clearance_at: datetime | None = None
    version: int = 1


def _later(earlier: ApprovalState, later: ApprovalState) -> ApprovalState:
    return replace(later, approval_asked_by=later.approval_asked_by or earlier.approval_asked_by)


def _both(earlier: ClearanceState, later: ClearanceState) -> ClearanceState:
    return replace(later, version=earlier.version + later.version)


OF_DRAFTS: Final[tuple[Statement[ApprovalState], ...]] = (
    update(
        ApprovalState,
        sets={
            "version": "greatest(t.version, new.version)",
            "approval_asked_by": "coalesce(new.approval_asked_by, t.approval_asked_by)",
        },
        merge=_later,
    ),
)
"""Written when drafts are, and before anything is locked."""

OF_ISSUED: Final[tuple[Statement[ClearanceState], ...]] = (
    update(ClearanceState, sets={"version": "t.version + new.version"}, merge=_both),
)


def rows(event: Event) -> Iterator[Columns]:
    match event:
        case ApprovalAsked():
            yield _approval(event, "waiting", approval_asked_by=event.asked_by)
        case InvoiceApproved():
            yield _approval(event, "approved", approval_by=event.approved_by)
        case InvoiceRejected():
            yield _approval(event, "rejected", approval_by=event.rejected_by, approval_reason=event.reason)
        case ClearanceAwaited():
            yield ClearanceState(invoice_id=event.invoice_id, clearance="waiting", clearance_authority=event.authority)
        case ClearanceReported():
            yield ClearanceState(
                invoice_id=event.invoice_id,
                clearance=event.status,
                clearance_authority=event.authority,
                clearance_reference=event.reference,
                clearance_reason=event.reason,
                clearance_at=event.at,
            )


def _approval(event: ApprovalAsked | InvoiceApproved | InvoiceRejected, approval: str, **said: str) -> ApprovalState:
    return ApprovalState(
        invoice_id=event.invoice_id,
        approval=approval,
        approval_version=event.version,
        version=event.version,
        **said,
    )
