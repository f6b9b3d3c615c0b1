"""What is asked and said of an invoice beside its life: approvals of a draft, and what tax authorities say of it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from services.invoicing.approval.messages import ApprovalAsked, InvoiceApproved, InvoiceRejected
from services.invoicing.clearance.messages import ClearanceAwaited, ClearanceReported
from services.invoicing.invoice.state import Approval, Clearance, invoice_of
from shared.kernel.decider import State, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def evolve_approval(
    event: ApprovalAsked | InvoiceApproved | InvoiceRejected, envelope: Envelope, view: View
) -> Iterable[State]:
    invoice = invoice_of(view, event.invoice_id)
    approval = _said(event, invoice.approval.asked_by if invoice.approval else None)
    yield msgspec.structs.replace(invoice, approval=approval, version=invoice.version + 1)


def evolve_clearance(event: ClearanceAwaited | ClearanceReported, envelope: Envelope, view: View) -> Iterable[State]:
    invoice = invoice_of(view, event.invoice_id)
    clearance = (
        Clearance(status="waiting", authority=event.authority)
        if isinstance(event, ClearanceAwaited)
        else same_fields(Clearance, event)
    )
    yield msgspec.structs.replace(invoice, clearance=clearance, version=invoice.version + 1)


def _said(event: ApprovalAsked | InvoiceApproved | InvoiceRejected, asked_by: str | None) -> Approval:
    match event:
        case ApprovalAsked():
            return same_fields(Approval, event, status="waiting")
        case InvoiceApproved():
            return same_fields(Approval, event, status="approved", asked_by=asked_by, by=event.approved_by)
        case InvoiceRejected():
            return same_fields(Approval, event, status="rejected", asked_by=asked_by, by=event.rejected_by)
