"""Whether a draft may be locked, as far as approvals go. Pure.

    policy: above 1,000.00 EUR      draft of 1,200.00    not asked      ->  ApprovalAsked, it waits
                                                         asked          ->  it waits
                                                         approved       ->  it is locked
                                                         rejected       ->  it waits, until it has changed
                                    draft of 900.00                     ->  it is locked

Where the account's bill profile says `always`, every draft of it is asked for, whatever the policy leaves out.

An approval is of one version of the draft and of one total: what changes either, a line or a rate of tax, asks anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.invoicing.approval.messages import ApprovalAsked
from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.invoice.messages import InvoiceLocked
from services.invoicing.invoice.state import Approval, Invoice
from services.invoicing.invoice_policy.state import InvoicePolicy
from shared.kernel.decider import Context
from shared.kernel.errors import Rejection
from shared.kernel.same_fields import same_fields

NEEDED: Final = "approval_required"


def hindrance(
    locked: InvoiceLocked, invoice: Invoice, profile: BillProfile, policy: InvoicePolicy, context: Context
) -> Rejection | None:
    """Why what would be locked so may not be yet; `None` where nothing speaks against it."""
    if not profile.always_approved and not policy.approval.wants(locked.total, locked.currency):
        return None
    path = f"POST /v1/invoices/{invoice.invoice_id}/approve"
    match standing(invoice, locked):
        case Approval(status="approved", by=by) if policy.approval.four_eyes and by == context.actor:
            code, why = "own_approval", f"{by} has approved it; somebody else issues it"
        case Approval(status="approved"):
            return None
        case Approval(status="rejected", by=by, reason=reason):
            code, why = "approval_rejected", f"{by} has rejected it ({reason}); change it, or {path}"
        case _:
            code, why = "approval_required", f"it waits for an approval: {path}"
    return Rejection(code, f"invoice {invoice.invoice_id} is not issued: {why}", status=409)


def ask(
    locked: InvoiceLocked, invoice: Invoice, why: Rejection, context: Context, *, run_id: str | None = None
) -> Sequence[ApprovalAsked]:
    """Ask for the approval that is missing; nothing where it was asked for."""
    if why.code != NEEDED or standing(invoice, locked) is not None:
        return []
    return [same_fields(ApprovalAsked, locked, asked_by=context.actor, version=invoice.version + 1, run_id=run_id)]


def asked_or_refused(asked: Sequence[ApprovalAsked], why: Rejection) -> Sequence[ApprovalAsked]:
    """What one who would issue a draft gets: that it was asked for, or why that does not help. Raises `Rejection`."""
    if not asked:
        raise why
    return asked


def standing(invoice: Invoice, locked: InvoiceLocked) -> Approval | None:
    """What was asked or said of the draft as it is now; `None` where it has changed since."""
    approval = invoice.approval
    if approval is None or (approval.version, approval.total) != (invoice.version, locked.total):
        return None
    return approval
