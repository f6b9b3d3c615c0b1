"""What a debit note adds to an invoice, and the tax that goes with it. Pure.

    invoice   line 1   60.00 at 20 %     line 2   40.00 at 5.5 %

    10.00 like line 1                     10.00 + 2.00
    10.00 like line 1, 20.00 like line 2  30.00 + 2.00 + 1.10
    10.00, and no line is named           refused `tax_unknown`: the invoice has lines of two taxes

Tax is that of the invoice's own groups, whose rates may be others by now: base × rate, rounded once a group (R39).
Where taxes stack, each takes its part of the new lines as it took of the old.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from services.invoicing.credit_note.crediting import are_apart, check_decimals
from services.invoicing.credit_note.proportion import share
from services.invoicing.debit_note.messages import LineToDebit
from services.invoicing.invoice.messages import InvoiceLine, TaxGroup
from shared.kernel.currency import Currency
from shared.kernel.decimals import exact
from shared.kernel.errors import Rejection
from shared.kernel.period import Period
from shared.kernel.rounding import HALF_UP, round_amount

DEBIT = "debit"
"""The kind of a line that a debit note adds."""
NET_MAX = Decimal(10) ** 12
"""No line is as large: what is typed so is a mistake."""


class Debitable(msgspec.Struct, frozen=True, kw_only=True):
    """An issued invoice, as far as more can be claimed of it; `lines` as they are taxed, after allowances."""

    currency: Currency
    period: Period
    lines: Sequence[InvoiceLine]
    tax_groups: Sequence[TaxGroup]
    net: Decimal


class Debit(msgspec.Struct, frozen=True, kw_only=True):
    """What is claimed beside."""

    lines: list[InvoiceLine]
    tax_groups: list[TaxGroup]
    net: Decimal
    tax: Decimal
    total: Decimal


def debit(invoice: Debitable, wanted: Sequence[LineToDebit]) -> Debit:
    """The lines that are asked for, and their tax. Raises `Rejection`."""
    made, taken = [], []
    for n, one in enumerate(wanted, 1):
        _check_net(one, invoice.currency, f"/lines/{n - 1}/net")
        made.append(_line(invoice, one, n))
        taken.append(_groups_of(invoice, one, f"/lines/{n - 1}"))
    apart = are_apart(invoice.tax_groups, invoice.net)
    groups = [
        _taxed(invoice, group, [line for line, of in zip(made, taken, strict=True) if index in of], apart=apart)
        for index, group in enumerate(invoice.tax_groups)
        if any(index in of for of in taken)
    ]
    with exact():
        net = sum((line.net for line in made), Decimal(0))
        tax = sum((group.tax for group in groups), Decimal(0))
        return Debit(lines=made, tax_groups=groups, net=net, tax=tax, total=net + tax)


def _groups_of(invoice: Debitable, one: LineToDebit, at: str) -> frozenset[int]:
    """Which of the invoice's groups tax the line. Raises `Rejection` where the invoice does not tell."""
    like: Sequence[InvoiceLine] = invoice.lines
    if one.n is not None:
        like = [line for line in invoice.lines if line.n == one.n]
        if not like:
            raise Rejection("line_not_found", f"the invoice has no line {one.n}", pointer=f"{at}/n")
    elif one.tax_class is not None:
        like = [line for line in invoice.lines if line.tax_class == one.tax_class]
        if not like:
            known = ", ".join(sorted({line.tax_class for line in invoice.lines if line.tax_class})) or "none"
            detail = f"no line of the invoice has tax class {one.tax_class}: it has {known}; name a line by n instead"
            raise Rejection("tax_class_unknown", detail, pointer=f"{at}/tax_class")
    found = {_taking(invoice.tax_groups, line.n) for line in like} or {_taking(invoice.tax_groups, 0)}
    if len(found) > 1 or (invoice.tax_groups and not like and not any(found)):
        detail = "lines of the invoice are taxed differently: give n, the line whose tax it is"
        raise Rejection("tax_unknown", detail, pointer=f"{at}/n")
    return found.pop()


def _taking(groups: Sequence[TaxGroup], n: int) -> frozenset[int]:
    return frozenset(index for index, group in enumerate(groups) if not group.lines or n in group.lines)


def _taxed(invoice: Debitable, group: TaxGroup, lines: Sequence[InvoiceLine], *, apart: bool) -> TaxGroup:
    """The group over the new lines, in proportion to what it took of the invoice's where taxes stack."""
    with exact():
        net = sum((line.net for line in lines), Decimal(0))
        whole = sum((line.net for line in _of(group, invoice.lines)), Decimal(0))
        base = net if apart or not whole else share(group.base, net, whole, invoice.currency)
        tax = round_amount(base * group.rate / 100, HALF_UP, invoice.currency)
    numbers = [line.n for line in lines] if group.lines else []
    return msgspec.structs.replace(group, base=base, tax=tax, lines=numbers)


def _of(group: TaxGroup, lines: Iterable[InvoiceLine]) -> list[InvoiceLine]:
    return [line for line in lines if not group.lines or line.n in group.lines]


def _line(invoice: Debitable, one: LineToDebit, n: int) -> InvoiceLine:
    """A line of the debit note; of the one that it is about it has subscription, plan and tax class."""
    about = next((line for line in invoice.lines if line.n == one.n), None)
    net = round_amount(one.net, HALF_UP, invoice.currency)
    return InvoiceLine(
        n=n,
        charge_id="",
        kind=DEBIT,
        description=one.description,
        subscription_id=about.subscription_id if about else "",
        plan_id=about.plan_id if about else "",
        plan_version=about.plan_version if about else 0,
        period=about.period if about else invoice.period,
        net=net,
        unrounded=net,
        tax_class=about.tax_class if about else one.tax_class,
        account_id=about.account_id if about else None,
    )


def _check_net(one: LineToDebit, currency: Currency, pointer: str) -> None:
    if one.net <= 0:
        detail = f"a debit note raises what is claimed: {one.net} is not above zero; credit the invoice instead"
        raise Rejection("amount_not_positive", detail, pointer=pointer)
    if one.net >= NET_MAX:
        raise Rejection(
            "out_of_bounds", f"{one.net} is more than a line may be; it is below {NET_MAX}", pointer=pointer
        )
    check_decimals(one.net, currency, pointer)
