"""The invoices that were issued, by id and by number; what each still owes is part of the account's balance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shared.kernel.decider import State, View
from shared.kernel.errors import NeverBegan


class KnownInvoice(State, frozen=True, kw_only=True):
    """That an invoice of `amount` was issued to an account, or a debit adjustment made; a payment may name it even when
    it is paid. `late_fees` are part of the amount."""

    KEY_FIELD = "invoice_id"

    invoice_id: str
    account_id: str
    amount: Decimal = Decimal(0)
    withdrawn: bool = False
    late_fees: Decimal = Decimal(0)
    number: str = ""
    due_on: date | None = None
    series_n: int | None = None


class InvoiceNumber(State, frozen=True, kw_only=True):
    """The invoice that bears a number: what customers quote when they pay."""

    KEY_FIELD = "number"

    number: str
    invoice_id: str


def known_invoice(view: View, invoice_id: str) -> KnownInvoice:
    """The invoice, which must be known. Raises `NeverBegan`."""
    known = view.get(KnownInvoice, invoice_id)
    if known is None:
        raise NeverBegan(f"invoice {invoice_id} was never issued here")
    return known
