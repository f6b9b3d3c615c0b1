"""What a credit note takes back of an invoice, and the tax that goes with it. Pure.

    invoice   100.00 + 20.00 tax       line 1   60.00     line 2   40.00

    whole                    100.00 + 20.00      as it was issued, to the cent
    line 2                    40.00 +  8.00
    line 1, 15.00 of it       15.00 +  3.00
    amount of 12.00           10.00 +  2.00      what the customer gets, with its tax

Tax is that of the invoice's own groups, in proportion to their base: tax is not computed anew, for the rate may be
another one by now. It is rounded over all credit notes of the invoice together, so that they never add up to more than
it, and the last one takes the cent that is left (R39, R46). A line whose price includes tax gives back the tax that is
in it, so that it comes to what its customer was told (R42). A group takes its share by the lines that it taxes, all of
the invoice where it names none. An amount is a line for each group of VAT, for a line of VAT has one rate; where taxes
stack, it is one line that all of them take.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from services.invoicing.credit_note.included_tax import CreditedNet, included_tax
from services.invoicing.credit_note.messages import LineToCredit
from services.invoicing.credit_note.proportion import share
from services.invoicing.invoice.messages import InvoiceLine, LineStep, TaxGroup
from services.invoicing.invoice.state import Credited, CreditedGroup, Issued
from services.invoicing.taxes.contract import net_of
from shared.kernel.currency import Currency, minor_units
from shared.kernel.decimals import EXACT, exact, format_decimal
from shared.kernel.errors import Rejection
from shared.kernel.money import Money
from shared.kernel.period import Period
from shared.kernel.rounding import HALF_UP, round_amount

CREDIT = "credit"
"""The kind of a line that credits an amount and no line of the invoice."""


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """What is taken back. `invoice_lines` says of each line which of the invoice it credits, 0 for none."""

    lines: list[InvoiceLine]
    invoice_lines: list[int]
    tax_groups: list[TaxGroup]
    net: Decimal
    tax: Decimal
    total: Decimal


class Creditable(msgspec.Struct, frozen=True, kw_only=True):
    """An issued invoice as far as it can be credited: what was issued, with its lines, and what was credited."""

    issued: Issued
    currency: Currency
    period: Period
    lines: Sequence[InvoiceLine]
    before: Credited

    @property
    def left(self) -> Decimal:
        """Of its total."""
        return EXACT.subtract(self.issued.total, self.before.total)

    def left_of(self, line: InvoiceLine) -> Decimal:
        return EXACT.subtract(line.net, self.before.lines.get(line.n, Decimal(0)))


def whole(invoice: Creditable) -> Credit:
    """All that is left of the invoice, to the cent."""
    lines = [line for line in (_line(line, invoice.left_of(line)) for line in invoice.lines) if line.net]
    numbers = [line.n for line in lines]
    issued, before = invoice.issued, invoice.before
    groups = [
        _group(group, EXACT.subtract(group.base, sofar.base), EXACT.subtract(group.tax, sofar.tax))
        for group, sofar in zip(issued.tax_groups, before.groups, strict=True)
    ]
    net, tax = EXACT.subtract(issued.net, before.net), EXACT.subtract(issued.tax, before.tax)
    if before.unplaced:
        nets, first = _unplaced(invoice, groups), max((line.n for line in invoice.lines), default=0) + 1
        made = _amount_lines(invoice, nets, "Credited before", first)
        groups = [_taking(group, [*group.lines, n]) for group, n in zip(groups, _taken(groups, made), strict=True)]
        more = [line for line in made if line.net]
        lines, numbers = [*lines, *more], [*numbers, *(0 for _ in more)]
    return _credit(lines, numbers, groups, net, tax)


def _unplaced(invoice: Creditable, groups: Sequence[TaxGroup]) -> list[Decimal]:
    """What amounts of no line have taken, below zero: of each group where they are apart, else in all."""
    in_all = EXACT.minus(invoice.before.unplaced)
    nets = [EXACT.subtract(group.base, _left_of_lines(invoice, group)) for group in groups]
    return nets if are_apart(invoice.issued.tax_groups, invoice.issued.net) and _sum(nets) == in_all else [in_all]


def _left_of_lines(invoice: Creditable, group: TaxGroup) -> Decimal:
    """Of the lines that a group taxes."""
    return _sum(invoice.left_of(line) for line in invoice.lines if not group.lines or line.n in group.lines)


def by_lines(invoice: Creditable, wanted: Sequence[LineToCredit]) -> Credit:
    """These lines, each in full or a part of it. Raises `Rejection`."""
    lines = [line for line in _chosen(invoice, wanted) if line.net]
    _check_groups(invoice, lines)
    net = net_of(lines, invoice.currency)
    both = zip(invoice.issued.tax_groups, invoice.before.groups, strict=True)
    groups = list(_taxed(invoice, [_base(invoice, group, sofar, lines) for group, sofar in both], lines))
    tax = _sum(group.tax for group in groups)
    return _credit(lines, [line.n for line in lines], groups, net, tax)


def _chosen(invoice: Creditable, wanted: Sequence[LineToCredit]) -> list[InvoiceLine]:
    """The lines that are asked for, with what shall be credited of them. Raises `Rejection`."""
    there = {line.n: line for line in invoice.lines}
    if len({line.n for line in wanted}) < len(wanted):
        raise Rejection("invalid", "a line is named twice; say once what of it shall be credited", pointer="/lines")
    found = []
    for index, one in enumerate(wanted):
        line = there.get(one.n)
        if line is None:
            raise Rejection("line_not_found", f"the invoice has no line {one.n}", pointer=f"/lines/{index}/n")
        found.append(_line(line, _net(invoice, line, one, f"/lines/{index}/net")))
    return found


def _check_groups(invoice: Creditable, lines: Sequence[InvoiceLine]) -> None:
    """Where each line is in one group, as with VAT, its lines take no more than amounts of no line have left of it.

    Else the bases would not add up to the lines, and the document would say of no line what VAT it has.
    """
    if not are_apart(invoice.issued.tax_groups, invoice.issued.net):
        return
    for group, sofar in zip(invoice.issued.tax_groups, invoice.before.groups, strict=True):
        taken = _sum(line.net for line in lines if not group.lines or line.n in group.lines)
        left = EXACT.subtract(group.base, sofar.base)
        if (taken > left) if group.base >= 0 else (taken < left):
            raise _over(f"{taken} of the lines taxed at {format_decimal(group.rate)} %", left, None)


def by_amount(invoice: Creditable, amount: Money, description: str) -> Credit:
    """So much of the total, with the tax that is in it, taken of what is left in proportion."""
    _check_amount(invoice, amount)
    if amount.amount == invoice.left:
        return whole(invoice)
    issued, before = invoice.issued, invoice.before
    groups = [
        _group(
            group,
            share(EXACT.subtract(group.base, sofar.base), amount.amount, invoice.left, invoice.currency),
            share(EXACT.subtract(group.tax, sofar.tax), amount.amount, invoice.left, invoice.currency),
        )
        for group, sofar in zip(issued.tax_groups, before.groups, strict=True)
    ]
    tax = _sum(group.tax for group in groups)
    net = EXACT.subtract(amount.amount, tax)
    nets = [net]
    if are_apart(issued.tax_groups, issued.net):
        groups = _summing_to(net, groups, before.groups, issued.tax_groups)
        nets = [group.base for group in groups]
    made = _amount_lines(invoice, nets, description, 1)
    groups = [_taking(group, [n]) for group, n in zip(groups, _taken(groups, made), strict=True)]
    lines = [line for line in made if line.net]
    return _credit(lines, [0] * len(lines), groups, net, tax)


def are_apart(groups: Sequence[TaxGroup], net: Decimal) -> bool:
    """Whether each line is in one group, as with VAT; taxes that stack have lines in common."""
    numbers = [n for group in groups for n in group.lines]
    named = len(groups) == 1 or (all(group.lines for group in groups) and len(set(numbers)) == len(numbers))
    return named and _sum(group.base for group in groups) == net


def _summing_to(
    net: Decimal, groups: Sequence[TaxGroup], sofar: Sequence[CreditedGroup], issued: Sequence[TaxGroup]
) -> list[TaxGroup]:
    """Bases that add up to `net`: a cent that rounding left goes where most is left of a group, or comes from there."""
    rest = EXACT.subtract(net, _sum(group.base for group in groups))
    room = [
        EXACT.subtract(EXACT.subtract(whole.base, before.base), group.base) if rest > 0 else group.base
        for group, before, whole in zip(groups, sofar, issued, strict=True)
    ]
    largest = max(range(len(groups)), key=lambda n: room[n], default=0)
    return [
        _group(group, EXACT.add(group.base, rest), group.tax) if n == largest else group
        for n, group in enumerate(groups)
    ]


def _amount_lines(invoice: Creditable, nets: Sequence[Decimal], description: str, first: int) -> Sequence[InvoiceLine]:
    """Lines that name no line of the invoice, numbered from `first` on."""
    return [_amount_line(invoice, net, description, first + n) for n, net in enumerate(nets)]


def _taken(groups: Sequence[TaxGroup], made: Sequence[InvoiceLine]) -> list[int]:
    """Which of these lines each group takes: its own, or the only one that there is."""
    return [made[n if len(made) > 1 else 0].n for n in range(len(groups))]


def _taking(group: TaxGroup, lines: list[int]) -> TaxGroup:
    """The group with these lines; one that names none takes them all."""
    return msgspec.structs.replace(group, lines=lines) if group.lines else group


def check_left(invoice: Creditable, credit: Credit) -> None:
    """It is above zero, and no more than is left. Raises `Rejection`."""
    if credit.total <= 0:
        raise Rejection("nothing_to_credit", f"that comes to {credit.total}; nothing is left to credit", status=409)
    if credit.total > invoice.left or credit.net > EXACT.subtract(invoice.issued.net, invoice.before.net):
        raise _over(f"{credit.total} with its tax", invoice.left, None)


def _base(invoice: Creditable, group: TaxGroup, sofar: CreditedGroup, lines: Iterable[InvoiceLine]) -> Decimal:
    """What of a group's base is credited with the lines, rounded over all credit notes of these lines together.

    Never more than is left of it, whatever amounts were credited of no line.
    """
    numbers = set(group.lines) or {line.n for line in invoice.lines}
    whole = _sum(line.net for line in invoice.lines if line.n in numbers)
    before = _sum(net for n, net in invoice.before.lines.items() if n in numbers)
    after = EXACT.add(before, _sum(line.net for line in lines if line.n in numbers))
    base = EXACT.subtract(
        share(group.base, after, whole, invoice.currency), share(group.base, before, whole, invoice.currency)
    )
    left = EXACT.subtract(group.base, sofar.base)
    return min(base, left) if group.base >= 0 else max(base, left)


def _taxed(invoice: Creditable, bases: Sequence[Decimal], lines: Sequence[InvoiceLine]) -> Iterable[TaxGroup]:
    apart = are_apart(invoice.issued.tax_groups, invoice.issued.net)
    for group, sofar, base in zip(invoice.issued.tax_groups, invoice.before.groups, bases, strict=True):
        of_group = [line for line in invoice.lines if not group.lines or line.n in group.lines]
        if apart and any(line.gross is not None for line in of_group):
            left = EXACT.subtract(group.base, sofar.base), EXACT.subtract(group.tax, sofar.tax)
            tax = included_tax(group.tax, left, base, of_group, _credited(invoice, lines), invoice.currency)
        else:
            tax = _tax(group, sofar, base, invoice.currency)
        yield _group(group, base, tax)


def _tax(group: TaxGroup, sofar: CreditedGroup, base: Decimal, currency: Currency) -> Decimal:
    """Of all that is credited of the group with this, less what was credited before."""
    return EXACT.subtract(share(group.tax, EXACT.add(sofar.base, base), group.base, currency), sofar.tax)


def _credited(invoice: Creditable, lines: Iterable[InvoiceLine]) -> dict[int, CreditedNet]:
    now, before = {line.n: line.net for line in lines}, invoice.before.lines
    zero = Decimal(0)
    return {line.n: CreditedNet(before.get(line.n, zero), now.get(line.n, zero)) for line in invoice.lines}


def _group(group: TaxGroup, base: Decimal, tax: Decimal) -> TaxGroup:
    return msgspec.structs.replace(group, base=base, tax=tax)


def _credit(
    lines: list[InvoiceLine], numbers: list[int], groups: Iterable[TaxGroup], net: Decimal, tax: Decimal
) -> Credit:
    some = [group for group in groups if group.base or group.tax]
    return Credit(lines=lines, invoice_lines=numbers, tax_groups=some, net=net, tax=tax, total=EXACT.add(net, tax))


def _line(line: InvoiceLine, net: Decimal) -> InvoiceLine:
    """The line as it is credited: of what it counts and how it was priced the invoice tells; what a late fee was for
    goes along, so that the document says it in the customer's words."""
    fees = [LineStep(tier=step.tier, late_fee=step.late_fee) for step in line.steps if step.late_fee is not None]
    if net == line.net:
        return msgspec.structs.replace(line, steps=fees, daily=None)
    part = msgspec.structs.replace(line, net=net, unrounded=net, quantity=None, steps=fees, fraction=None, daily=None)
    return msgspec.structs.replace(part, gross=None)


def _net(invoice: Creditable, line: InvoiceLine, wanted: LineToCredit, pointer: str) -> Decimal:
    left = invoice.left_of(line)
    if wanted.net is None:
        return left
    check_decimals(wanted.net, invoice.currency, pointer)
    if wanted.net * line.net < 0 or abs(wanted.net) > abs(left):
        raise _over(f"{wanted.net} of line {line.n}", left, pointer)
    return round_amount(wanted.net, HALF_UP, invoice.currency)


def _amount_line(invoice: Creditable, net: Decimal, description: str, n: int) -> InvoiceLine:
    return InvoiceLine(
        n=n,
        charge_id="",
        kind=CREDIT,
        description=description,
        subscription_id="",
        plan_id="",
        plan_version=0,
        period=invoice.period,
        net=net,
        unrounded=net,
    )


def _check_amount(invoice: Creditable, amount: Money) -> None:
    if amount.currency != invoice.currency:
        detail = f"the invoice is in {invoice.currency}, not {amount.currency}"
        raise Rejection("currency_mismatch", detail, pointer="/amount/currency")
    if amount.amount <= 0:
        raise Rejection("amount_not_positive", f"a credit is above zero, not {amount.amount}", pointer="/amount/amount")
    check_decimals(amount.amount, invoice.currency, "/amount/amount")
    if amount.amount > invoice.left:
        raise _over(str(amount.amount), invoice.left, "/amount/amount")


def check_decimals(amount: Decimal, currency: Currency, pointer: str) -> None:
    if round_amount(amount, HALF_UP, currency) != amount:
        detail = f"{currency} has {minor_units(currency)} decimals, {amount} has more"
        raise Rejection("too_many_decimals", detail, pointer=pointer)


def _over(asked: str, left: Decimal, pointer: str | None) -> Rejection:
    detail = f"{asked} can't be credited: {left} is left of it; credit that much at most"
    return Rejection("over_credited", detail, pointer=pointer, status=409 if pointer is None else 422)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    with exact():
        return sum(amounts, Decimal(0))
