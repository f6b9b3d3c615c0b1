"""Which money pays which invoice (R48, R49), as a pure function of what is owed and what is there.

A payment pays the invoice it names, then the one due first, then the one with the lowest number; the rest is credit:

    owed   INV-000001  40.00  due 15 Oct        INV-000002  60.00  due 15 Nov
    paid   50.00, naming INV-000002   ->   50.00 to INV-000002
    paid   70.00, naming none         ->   40.00 to INV-000001, then 30.00 to INV-000002        `oldest_due`
    paid   70.00, naming none         ->   60.00 to INV-000002, then 10.00 to INV-000001        `highest_first`
    paid   70.00, naming none         ->   28.00 to INV-000001, 42.00 to INV-000002             `pro_rata`

Shares of `pro_rata` are rounded down to the currency's minor unit; the cents that remain go to the last that has room.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from shared.kernel.currency import minor_units
from shared.kernel.decimals import EXACT, exact

Policy = Literal["oldest_due", "highest_first", "pro_rata"]
"""Which invoices a payment pays that names none."""


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


def spend(
    credit: Credit,
    invoices: Iterable[OpenInvoice],
    *,
    named: Sequence[str] = (),
    policy: Policy = "oldest_due",
    currency: str = "EUR",
) -> Iterator[Allocation]:
    """Pay invoices out of one payment until it or they are used up: those it names first, in this order."""
    owed = sorted(invoices, key=_order)
    places = {invoice_id: place for place, invoice_id in enumerate(named)}
    first = sorted((one for one in owed if one.invoice_id in places), key=lambda one: places[one.invoice_id])
    left = credit.left
    for invoice in first:
        left = yield from _pay(credit, invoice, min(left, invoice.open), left)
    rest = [invoice for invoice in owed if invoice.invoice_id not in places]
    for invoice, amount in _shares(left, rest, policy, currency):
        left = yield from _pay(credit, invoice, amount, left)


def _pay(credit: Credit, invoice: OpenInvoice, amount: Decimal, left: Decimal) -> Generator[Allocation, None, Decimal]:
    """What is left of the payment afterwards."""
    if not amount:
        return left
    left = EXACT.subtract(left, amount)
    open_ = EXACT.subtract(invoice.open, amount)
    yield Allocation(credit=credit, invoice_id=invoice.invoice_id, amount=amount, open=open_, left=left)
    return left


def _shares(
    left: Decimal, owed: Sequence[OpenInvoice], policy: Policy, currency: str
) -> Iterable[tuple[OpenInvoice, Decimal]]:
    """How much of what is left each invoice gets, by the policy."""
    if policy == "pro_rata" and (total := _total(owed)) > left:
        return zip(owed, _pro_rata(left, owed, total, currency), strict=True)
    if policy == "highest_first":
        owed = sorted(owed, key=lambda invoice: -invoice.open)
    return _in_turn(left, owed)


def _in_turn(left: Decimal, owed: Sequence[OpenInvoice]) -> Iterator[tuple[OpenInvoice, Decimal]]:
    for invoice in owed:
        amount = min(left, invoice.open)
        if not amount:
            return
        left = EXACT.subtract(left, amount)
        yield invoice, amount


def _pro_rata(left: Decimal, owed: Sequence[OpenInvoice], total: Decimal, currency: str) -> list[Decimal]:
    """Each its share of `left`, which is less than `total`; the residue goes to the last ones that have room."""
    with exact():
        shares = [_rounded_down(left * invoice.open, total, currency) for invoice in owed]
        residue = left - sum(shares, Decimal(0))
        for place in reversed(range(len(owed))):
            more = min(residue, owed[place].open - shares[place])
            shares[place] += more
            residue -= more
    return shares


def _rounded_down(dividend: Decimal, divisor: Decimal, currency: str) -> Decimal:
    places = minor_units(currency)
    quotient = Fraction(dividend) / Fraction(divisor) * 10**places
    return Decimal(quotient.numerator // quotient.denominator).scaleb(-places)


def _total(owed: Sequence[OpenInvoice]) -> Decimal:
    with exact():
        return sum((invoice.open for invoice in owed), Decimal(0))


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


def after_spending(credits: Iterable[Credit], made: Iterable[Allocation]) -> Iterator[Credit]:
    """What is left of the credits after these allocations."""
    left = {allocation.credit: allocation.left for allocation in made}
    for credit in credits:
        if remains := left.get(credit, credit.left):
            yield msgspec.structs.replace(credit, left=remains)


def _order(invoice: OpenInvoice) -> tuple[date, int, int, str]:
    """By due date, then by place in the series, whatever the number looks like.

    Without a place the number has to do; INV-1000000 comes after INV-999999.
    """
    return invoice.due_on, invoice.series_n or 0, len(invoice.number), invoice.number
