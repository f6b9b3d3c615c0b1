"""A person lets a draft be issued, or does not.

Whoever comes second at one moment finds the version gone on: 412 with `If-Match`, else `already_approved`.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.approval.checks import standing
from services.invoicing.approval.messages import ApproveInvoice, InvoiceApproved, InvoiceRejected, RejectInvoice
from services.invoicing.bill_profile.state import profile_of
from services.invoicing.invoice.decide import check_finalisable
from services.invoicing.invoice.state import Approval, Invoice
from services.invoicing.invoice_policy.state import InvoicePolicy, invoice_policy
from services.invoicing.locking import lock
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_approval(command: ApproveInvoice | RejectInvoice, view: View, context: Context) -> Sequence[Event]:
    invoice = view.get(Invoice, command.invoice_id)
    if invoice is None or invoice.account_id != command.account_id:
        raise absent("invoice", command.invoice_id)
    context.check_version(invoice.version)
    check_finalisable(invoice)
    would_be = lock(invoice, profile_of(view, command.account_id), context, view, seller=command.seller)
    stands = standing(invoice, would_be)
    if stands is None:
        path = f"POST /v1/invoices/{invoice.invoice_id}/issue"
        detail = f"nobody has asked for an approval of it as it is now; {path} asks, where one is needed"
        raise Rejection("approval_not_asked", detail, status=409)
    version = invoice.version + 1
    match command:
        case ApproveInvoice():
            _check_approver(stands, invoice_policy(view), context)
            said = {"approved_by": context.actor, "note": command.note}
            return [same_fields(InvoiceApproved, would_be, version=version, **said)]
        case RejectInvoice():
            if stands.status == "rejected":
                raise Rejection("already_rejected", f"{stands.by} has rejected it as it is now", status=409)
            said = {"rejected_by": context.actor, "reason": command.reason}
            return [same_fields(InvoiceRejected, would_be, version=version, **said)]


def _check_approver(stands: Approval, policy: InvoicePolicy, context: Context) -> None:
    if stands.status == "approved":
        raise Rejection("already_approved", f"{stands.by} has approved it as it is now", status=409)
    if policy.approval.four_eyes and stands.asked_by == context.actor:
        detail = f"{stands.asked_by} has asked for this approval; somebody else gives it"
        raise Rejection("own_approval", detail, status=409)
