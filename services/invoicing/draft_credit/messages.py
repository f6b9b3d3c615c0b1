"""A draft below zero that no later draft will take over is given back: by credit notes of what was billed before.

CreditDraft(invoice_id="inv-9", against=("inv-8", "inv-7"), reason="cancellation", ...)
-> CreditNoteLocked of inv-8, CreditNoteLocked of inv-7, DraftCredited(total=-35.00, credit_notes=[...], left=0.00)
"""

from __future__ import annotations

from decimal import Decimal

from services.invoicing.invoice.messages import Seller
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event
from shared.kernel.period import Period


class CreditDraft(Command, frozen=True, kw_only=True):
    """Give back what a complete draft is below zero. `against` are invoices of the account, credited in this order.

    Refused: `invoice_not_found`, `not_below_zero`, `version_mismatch`, what `FinaliseInvoice` refuses of a draft that
    is none any more, and what is missing to tax it.
    """

    invoice_id: str
    account_id: str
    reason: str
    note: str = ""
    against: tuple[str, ...] = ()
    seller: Seller | None = None


class DraftCredited(Event, frozen=True, kw_only=True):
    """The draft is done with: `total`, below zero, is given back by these `credit_notes`.

    `left` is what no invoice of the account had left to credit: payments grants it as credit.
    """

    invoice_id: str
    account_id: str
    currency: Currency
    period: Period
    net: Decimal
    tax: Decimal
    total: Decimal
    credit_notes: list[str]
    reason: str
    left: Decimal
    note: str = ""
