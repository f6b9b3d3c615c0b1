"""Which money pays which invoice (R48, R49), as a pure function of what is owed and what is there.

A payment pays the invoice it names, then the one due first, then the one with the lowest number; the rest is credit:

    owed   INV-000001  40.00  due 15 Oct        INV-000002  25.00  due 15 Nov
    paid   50.00, naming INV-000002   ->   25.00 to INV-000002, then 25.00 to INV-000001, no credit
    paid   70.00, naming none         ->   40.00 to INV-000001, then 25.00 to INV-000002, 5.00 credit
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from shared.kernel.decimals import EXACT


class OpenInvoice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An invoice that is not fully paid: `open` > 0 is still owed. `series_n` is its place in its numbering series;
    an invoice from before that was told has none, and is older than those that have.
    """

    invoice_id: str
    number: str
    due_on: date
    open: Decimal
    series_n: int | None = None


class Credit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is `left` (> 0) of a payment after all that could be paid was paid; or of a credit note or a credit that was
    `granted`, whose id it has. It counts up to the day `expires_on`.
    """

    payment_id: str
    left: Decimal
    credit_note: bool = False
    granted: bool = False
    expires_on: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether it may still pay something."""
        return self.expires_on is None or day <= self.expires_on


class Allocation(msgspec.Struct, frozen=True, kw_only=True):
    """`amount` goes from a payment or a credit note to an invoice. `open` and `left` are what remains of each."""

    credit: Credit
    invoice_id: str
    amount: Decimal
    open: Decimal
    left: Decimal


def spend(credit: Credit, invoices: Iterable[OpenInvoice], *, named: str | None = None) -> Iterator[Allocation]:
    """Pay invoices out of one payment until it or they are used up."""
    left = credit.left
    for invoice in sorted(invoices, key=lambda invoice: _order(invoice, named)):
        amount = min(left, invoice.open)
        if not amount:
            return
        left = EXACT.subtract(left, amount)
        yield Allocation(
            credit=credit,
            invoice_id=invoice.invoice_id,
            amount=amount,
            open=EXACT.subtract(invoice.open, amount),
            left=left,
        )


def settle(invoice: OpenInvoice, credits: Sequence[Credit]) -> Iterator[Allocation]:
    """Pay a new invoice out of the credit there is: first what expires, the soonest before others, then the oldest.

    So nothing expires that could have been used.
    """
    for credit in sorted(credits, key=lambda credit: credit.expires_on or date.max):
        if not invoice.open:
            return
        for allocation in spend(credit, [invoice]):
            yield allocation
            invoice = msgspec.structs.replace(invoice, open=allocation.open)


def _order(invoice: OpenInvoice, named: str | None) -> tuple[bool, date, int, int, str]:
    """The named one first, then by due date, then by place in the series, whatever the number looks like.

    Without a place the number has to do; INV-1000000 comes after INV-999999.
    """
    return invoice.invoice_id != named, invoice.due_on, invoice.series_n or 0, len(invoice.number), invoice.number
