"""The sums of a document: taxes on its lines, by group, with what is taken off and added on the document (R39, R42).

A line of 10.00, 20.01 and 0.02 at 20 %, group rounding:

    total([line("10.00"), line("20.01"), line("0.02")], currency="EUR").tax      # 30.03 × 20 % = 6.006, so 6.01

A **levy** is one tax on a line; a line has one in Europe, and several where authorities stack. Lines of the same levy
are a group. Group rounding takes base × rate and rounds once; line rounding rounds each line's tax and adds. Where the
jurisdictions of a document differ in this, each group is rounded as its own says.

A levy's base is the line's net, after its share of what is taken off the document. Of a fee that takes only a part of
the price it is that `share`; of a tax on tax it holds the tax of the levies that it `includes`, exactly as they come
out, before they are rounded.

A line with a `gross` includes its tax: net = gross ÷ (1 + rate) rounded, tax = gross − net, so that lines sum to what
their customer was told (R42). Lines that are taxed alike are divided as one, unless their tax is rounded by line: each
line's net is what the sum up to it comes to, less the nets before it. So the tax of a hundred lines is that of their
sum, as near to base × rate as one line's would be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final, Literal, NamedTuple

import msgspec

from shared.kernel.decimals import exact, format_decimal
from shared.kernel.rounding import HALF_UP, round_amount, round_quotient

RoundBy = Literal["group", "line"]

_HUNDRED: Final = Decimal(100)
_ZERO: Final = Decimal(0)


class Levy(msgspec.Struct, frozen=True, kw_only=True):
    """One tax on a line. `rate` in percent, `share` of the net that it takes in percent.

    `rate_id` names it on its line, so that others can include it. What explains it: `jurisdiction` whose tax it is,
    `rule` that put it there, `rate_version` of the table, `reason` why there is none (BT-120).
    """

    category: str
    rate: Decimal
    name: str
    reason: str | None = None
    kind: str = "percent"
    jurisdiction: str | None = None
    rule: str | None = None
    rate_id: str | None = None
    rate_version: int | None = None
    share: Decimal = _HUNDRED
    includes: tuple[str, ...] = ()
    round_by: RoundBy = "group"

    @property
    def group(self) -> tuple[object, ...]:
        """Lines with the same are one group; a rate of 25.00 is one of 25."""
        where = (self.jurisdiction, self.rate_id, self.kind, self.share, self.includes)
        return (self.category, format_decimal(self.rate), self.round_by, *where)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What is taxed. `net` is rounded to the currency; with a `gross` it follows from that, unless it is `divided`.

    `share`: what the document takes off (below zero: adds) of which this line bears a part.
    """

    id: str
    levies: tuple[Levy, ...]
    net: Decimal = _ZERO
    gross: Decimal | None = None
    share: Decimal = _ZERO
    divided: bool = False


class Adjustment(msgspec.Struct, frozen=True, kw_only=True):
    """An amount on the document, taxed by itself: a charge is above zero, an allowance below."""

    amount: Decimal
    levies: tuple[Levy, ...]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """All that one levy takes: tax = base × rate, rounded once, or the sum of what its lines were rounded to."""

    levy: Levy
    base: Decimal
    tax: Decimal


class TaxedLine(msgspec.Struct, frozen=True, kw_only=True):
    """`tax` is the line's part in the tax of its groups; of each group the last line takes the residue."""

    id: str
    net: Decimal
    share: Decimal
    tax: Decimal


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """`net` is after what the document takes off and adds, `total` with tax."""

    lines: list[TaxedLine]
    groups: list[Group]
    net: Decimal
    tax: Decimal
    total: Decimal


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    """What a line (`line` is its place) or an adjustment (`None`) has of a levy, exactly and as rounded by itself."""

    line: int | None
    levy: Levy
    base: Decimal
    tax: Decimal
    included: bool


def total(lines: Sequence[Line], *, currency: str, adjustments: Sequence[Adjustment] = ()) -> Document:
    """The sums of a document, exact but where a rule says that they are rounded."""
    with exact():
        nets = _nets(lines, currency)
        parts = [part for n, line in enumerate(lines) for part in _line_parts(n, line, nets[n], currency)]
        parts += [part for one in adjustments for part in _parts(one.levies, None, one.amount, currency)]
        groups, taxes = _grouped(parts, currency)
        zero = round_amount(_ZERO, HALF_UP, currency)
        net = sum(nets, zero) - sum((line.share for line in lines), zero) + sum((a.amount for a in adjustments), zero)
        tax = sum((group.tax for group in groups), zero)
        taxed = [
            TaxedLine(id=line.id, net=nets[n], share=line.share, tax=taxes.get(n, zero)) for n, line in enumerate(lines)
        ]
        return Document(lines=taxed, groups=groups, net=net, tax=tax, total=net + tax)


def spread(amount: Decimal, nets: Sequence[Decimal], *, currency: str) -> list[Decimal]:
    """`amount` over lines by their nets, each part rounded, the last taking the residue. The nets do not sum to 0.

    >>> spread(Decimal("10.00"), [Decimal("10"), Decimal("10"), Decimal("10")], currency="EUR")
    [Decimal('3.33'), Decimal('3.33'), Decimal('3.34')]
    """
    with exact():
        whole = sum(nets, _ZERO)
        parts = [round_quotient(amount * net, whole, currency) for net in nets[:-1]]
        return [*parts, round_amount(amount - sum(parts, _ZERO), HALF_UP, currency)]


class Takes(NamedTuple):
    """What a levy takes of 1 of net: its base, and its tax."""

    base: Decimal
    tax: Decimal


def takes(levies: Iterable[Levy]) -> list[Takes]:
    """What each levy takes: a tax on tax has the tax that it includes in its base.

    Levies stand in the order in which they are taken; one that includes a later one does not find it.
    """
    found: list[Takes] = []
    by_id: dict[str, Decimal] = {}
    for levy in levies:
        base = levy.share / _HUNDRED + sum((by_id.get(rate_id, _ZERO) for rate_id in levy.includes), _ZERO)
        found.append(Takes(base, base * levy.rate / _HUNDRED))
        if levy.rate_id is not None:
            by_id[levy.rate_id] = found[-1].tax
    return found


def _nets(lines: Sequence[Line], currency: str) -> list[Decimal]:
    """Each line's net. Of those that include tax, of all that are taxed alike the sum is divided."""
    nets: list[Decimal] = []
    so_far: dict[object, tuple[Decimal, Decimal]] = {}
    for n, line in enumerate(lines):
        if line.gross is None or line.divided:
            nets.append(round_amount(line.net, HALF_UP, currency))
            continue
        alone = any(levy.round_by == "line" for levy in line.levies)
        alike: object = n if alone else tuple(levy.group for levy in line.levies)
        gross, net = so_far.get(alike, (_ZERO, _ZERO))
        whole = round_quotient(gross + line.gross, 1 + sum((one.tax for one in takes(line.levies)), _ZERO), currency)
        so_far[alike] = (gross + line.gross, whole)
        nets.append(round_amount(whole - net, HALF_UP, currency))
    return nets


def _line_parts(n: int, line: Line, net: Decimal, currency: str) -> list[_Part]:
    parts = _parts(line.levies, n, net - line.share, currency)
    if line.gross is None or not parts:
        return parts
    return _out_of(line.gross - net, parts, net, line.share, currency)


def _parts(levies: Sequence[Levy], line: int | None, net: Decimal, currency: str) -> list[_Part]:
    return [
        _Part(
            line=line,
            levy=levy,
            base=net * of_one.base,
            tax=round_amount(net * of_one.tax, HALF_UP, currency),
            included=False,
        )
        for levy, of_one in zip(levies, takes(levies), strict=True)
    ]


def _out_of(tax: Decimal, parts: Sequence[_Part], net: Decimal, share: Decimal, currency: str) -> list[_Part]:
    """The tax that a gross price holds, over its levies; less that of what the document takes off (R42)."""
    rates = [one.tax for one in takes(part.levy for part in parts)]
    held = [round_amount(net * rate, HALF_UP, currency) for rate in rates[:-1]]
    held.append(tax - sum(held, _ZERO))
    off = [round_amount(share * rate, HALF_UP, currency) for rate in rates]
    return [msgspec.structs.replace(part, tax=held[n] - off[n], included=True) for n, part in enumerate(parts)]


def _grouped(parts: Sequence[_Part], currency: str) -> tuple[list[Group], dict[int, Decimal]]:
    """The groups in the order in which they are met, and each line's tax by its place."""
    by_group: dict[tuple[object, ...], list[_Part]] = {}
    for part in parts:
        by_group.setdefault(part.levy.group, []).append(part)
    groups: list[Group] = []
    taxes: dict[int, Decimal] = {}
    for members in by_group.values():
        group = _group(members, currency)
        groups.append(group)
        for line, tax in _of_lines(members, group.tax):
            taxes[line] = taxes.get(line, _ZERO) + tax
    return groups, taxes


def _group(members: Sequence[_Part], currency: str) -> Group:
    levy = members[0].levy
    base = round_amount(sum((part.base for part in members), _ZERO), HALF_UP, currency)
    if levy.round_by == "line" or any(part.included for part in members):
        apart = members if levy.round_by == "line" else [part for part in members if part.included]
        once = () if levy.round_by == "line" else [part for part in members if not part.included]
        tax = round_amount(sum((part.base for part in once), _ZERO) * levy.rate / _HUNDRED, HALF_UP, currency)
        tax += sum((part.tax for part in apart), _ZERO)
    else:
        tax = round_amount(base * levy.rate / _HUNDRED, HALF_UP, currency)
    reasons = dict.fromkeys(part.levy.reason for part in members if part.levy.reason)
    levy = msgspec.structs.replace(levy, reason="; ".join(reasons) or None)
    return Group(levy=levy, base=base, tax=tax)


def _of_lines(members: Sequence[_Part], tax: Decimal) -> list[tuple[int, Decimal]]:
    """Each line's part in a group's tax as it is rounded by itself; the last takes what is left."""
    of_lines = [(part.line, part.tax) for part in members if part.line is not None]
    if not of_lines:
        return []
    left = tax - sum((part.tax for part in members), _ZERO)
    line, last = of_lines[-1]
    return [*of_lines[:-1], (line, last + left)]
