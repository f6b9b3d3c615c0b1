"""The invoices that were issued, by id and by number; what each still owes is part of the account's balance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shared.kernel.bounds import Checked
from shared.kernel.decider import State, View
from shared.kernel.decimals import exact
from shared.kernel.errors import NeverBegan


class GivenUp(Checked, frozen=True, kw_only=True):
    """What of an invoice a write-off still gives up."""

    write_off_id: str
    amount: Decimal


class KnownInvoice(State, frozen=True, kw_only=True):
    """That an invoice of `amount` was issued to an account, or a debit adjustment made; a payment may name it even when
    it is paid. `late_fees` are part of the amount.

    `noted` is what credit notes credited of it, `corrected` what did so without a document: accepted disputes,
    adjustments that name it, refunds that lower it, cents that a payment lacked. `given_up` was written off, the oldest
    first."""

    KEY_FIELD = "invoice_id"

    invoice_id: str
    account_id: str
    amount: Decimal = Decimal(0)
    withdrawn: bool = False
    late_fees: Decimal = Decimal(0)
    number: str = ""
    due_on: date | None = None
    series_n: int | None = None
    noted: Decimal = Decimal(0)
    corrected: Decimal = Decimal(0)
    given_up: tuple[GivenUp, ...] = ()

    @property
    def written_off(self) -> Decimal:
        with exact():
            return sum((one.amount for one in self.given_up), Decimal(0))

    @property
    def creditable(self) -> Decimal:
        """What of it is not credited yet, never below zero."""
        with exact():
            return max(self.amount - self.noted - self.corrected, Decimal(0))

    def with_given_up(self, write_off_id: str, amount: Decimal) -> tuple[GivenUp, ...]:
        """What is given up of it, where so much is by one write-off."""
        others = tuple(one for one in self.given_up if one.write_off_id != write_off_id)
        return (*others, GivenUp(write_off_id=write_off_id, amount=amount)) if amount else others


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
