"""An invoice that should never have been issued is made void: it claims nothing, and keeps its number (R46).

Whether anything was paid of it only payments knows, and there one partition decides it: a payment that comes at the
same moment either pays the invoice, which then is not void, or is credit.

    VoidInvoice     in p(account) of invoicing   -> InvoiceVoidAsked       nothing else may happen to it
    (payments)      in p(account) of payments    -> takes the claim back, or says what was paid
    CompleteVoid    in p(account) of invoicing   -> InvoiceVoided, or InvoiceVoidRefused
"""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.bill_profile.state import profile_of
from services.invoicing.invoice.state import Invoice, Issued, Void, invoice_of
from services.invoicing.void.messages import (
    CompleteVoid,
    InvoiceVoidAsked,
    InvoiceVoided,
    InvoiceVoidRefused,
    VoidInvoice,
)
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_void(command: VoidInvoice, view: View, context: Context) -> Sequence[Event]:
    """Raises `Rejection`; see `VoidInvoice`."""
    invoice = view.get(Invoice, command.invoice_id)
    if invoice is None or invoice.account_id != command.account_id:
        raise absent("invoice", command.invoice_id)
    context.check_version(invoice.version)
    issued = _voidable(invoice)
    return [same_fields(InvoiceVoidAsked, command, number=issued.number)]


def decide_completion(command: CompleteVoid, view: View, context: Context) -> Sequence[Event]:
    """What payments has said; nothing where it was said before."""
    invoice = invoice_of(view, command.invoice_id)
    stage = invoice.stage
    if not isinstance(stage, Issued) or stage.void_asked is None:
        return []
    about = {"number": stage.number, "currency": invoice.currency}
    if command.paid is not None:
        return [same_fields(InvoiceVoidRefused, command, **about)]
    voided_on = max(stage.issued_on, local_date(context.now, profile_of(view, command.account_id).time_zone))
    asked = stage.void_asked
    return [
        same_fields(
            InvoiceVoided,
            command,
            **about,
            total=stage.total,
            reason=asked.reason,
            note=asked.note,
            voided_on=voided_on,
        )
    ]


def _voidable(invoice: Invoice) -> Issued:
    clearance = invoice.clearance.status if invoice.clearance else "none"
    match invoice.stage:
        case Issued(number=number) if clearance == "submitted":
            code, why = "clearance_pending", f"{number} is with the tax authority; wait for what it says"
        case Issued(number=number) if clearance == "cleared":
            code, why = "invoice_cleared", f"the tax authority has cleared {number}; credit it"
        case Issued(void_asked=None, credited=None) as issued:
            return issued
        case Issued(void_asked=None, number=number):
            code, why = "invoice_credited", f"{number} is credited in part or in full; credit what is left of it"
        case Issued(number=number):
            code, why = "void_pending", f"{number} is being made void; read it again"
        case Void(number=number):
            code, why = "invoice_void", f"{number} is void already"
        case _:
            code, why = "not_issued", "only an issued invoice can be void; a draft claims nothing"
    raise Rejection(code, f"invoice {invoice.invoice_id} can't be made void: {why}", status=409)
