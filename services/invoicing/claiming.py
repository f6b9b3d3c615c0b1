"""Which invoices can be corrected: those that claim something.

claiming(invoice, "credited")    ->  the invoice as it was issued; refused where it is a draft, void or being made void
"""

from __future__ import annotations

from services.invoicing.invoice.state import Invoice, Issued, Void
from shared.kernel.errors import Rejection


def claiming(invoice: Invoice, done: str) -> Issued:
    """The invoice as it was issued, for it to be `done`. Raises `Rejection` where it claims nothing."""
    match invoice.stage:
        case Issued(void_asked=None) as issued:
            return issued
        case Issued(number=number):
            code, why = "void_pending", f"{number} is being made void; read it again"
        case Void(number=number):
            code, why = "invoice_void", f"{number} is void and claims nothing"
        case _:
            code, why = "not_issued", f"only an issued invoice is {done}; a draft claims nothing yet"
    raise Rejection(code, f"invoice {invoice.invoice_id} can't be {done}: {why}", status=409)
