"""Documents with prices that include tax: what of each line is net, and what of each discount (R42).

    9.99 at 20 %                        8.33 net, 1.66 tax, and the customer pays 9.99
    9.99 at 20 %, 10 % off              1.00 off 9.99; 0.83 off 8.33; 7.50 net, 1.49 tax: 8.99
    9.99, reverse charge or exempt      9.99 net, no tax: the price is what the customer was told, whatever tax takes

The tax profile says which tax a price includes, so that is known when a draft is complete, and final when it is locked.
A discount is taken of what the customer was told, and an allowance of a document is before tax (EN 16931, BG-20): each
line bears of it the share of its net that the discount is of its price.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, Protocol

import msgspec

from services.invoicing.discounting import Taken
from services.invoicing.invoice.messages import Allowance, AllowancePart, InvoiceLine
from services.invoicing.spreading import less
from services.invoicing.taxes.contract import Totals, net_of
from shared.kernel.currency import Currency
from shared.kernel.decimals import EXACT
from shared.kernel.rounding import HALF_UP, round_amount

_PLACES: Final = 12
"""Decimals of a line's share before it is rounded to the currency."""


class Tax(Protocol):
    """Lines with the tax of an account; `divided`: the nets of those that include tax are told, too."""

    def __call__(self, lines: Sequence[InvoiceLine], *, divided: bool = False) -> Totals: ...


def any_includes_tax(lines: Iterable[InvoiceLine]) -> bool:
    """Whether a document has a price that includes tax."""
    return any(line.gross is not None for line in lines)


def with_nets(lines: Sequence[InvoiceLine], nets: Mapping[int, Decimal]) -> tuple[InvoiceLine, ...]:
    """The lines with the nets that are told of them by their numbers; as they are where none is."""
    if not nets:
        return tuple(lines)
    return tuple(
        msgspec.structs.replace(line, net=nets[line.n]) if line.gross is not None and line.n in nets else line
        for line in lines
    )


def taxed_with_tax_included(taken: Taken, tax: Tax, currency: Currency) -> Totals:
    """The sums of a document, with its allowances before tax and the nets of its lines. Raises what `tax` raises."""
    sums = tax(taken.whole)
    if not taken.allowances:
        return sums
    left: Sequence[InvoiceLine] = with_nets(taken.whole, sums.nets)
    found: list[tuple[Allowance, Mapping[int, Decimal]]] = []
    for allowance, parts in taken.allowances:
        told = in_net(left, parts, currency)
        found.append((_before_tax(allowance, left, told, currency), {part.n: part.net for part in told}))
        by_n = {part.n: part for part in told}
        left = [less(line, by_n[line.n]) if line.n in by_n else line for line in left]
    after = tax(left, divided=True)
    return msgspec.structs.replace(after, nets=sums.nets, allowances=Taken(left, found).shared(after.groups))


def in_net(lines: Sequence[InvoiceLine], parts: Mapping[int, Decimal], currency: Currency) -> list[AllowancePart]:
    """`parts` of lines as they are priced, and what they are before tax.

    Each is what the sum up to it comes to, rounded, less those before it: no line bears more than it has.
    """
    told: list[AllowancePart] = []
    running, given = Decimal(0), Decimal(0)
    for line in lines:
        part = parts.get(line.n)
        if part is None:
            continue
        if line.gross is None:
            told.append(AllowancePart(n=line.n, net=part))
            continue
        running = EXACT.add(running, _share(line, part))
        due = round_amount(running, HALF_UP, currency)
        told.append(
            AllowancePart(n=line.n, net=round_amount(EXACT.subtract(due, given), HALF_UP, currency), gross=part)
        )
        given = due
    return told


def _share(line: InvoiceLine, part: Decimal) -> Decimal:
    """Of the line's net what `part` is of its price."""
    if not line.gross:
        return Decimal(0)
    exactly = Fraction(line.net) * Fraction(part) / Fraction(line.gross)
    return Decimal(round(exactly * 10**_PLACES)).scaleb(-_PLACES, EXACT)


def _before_tax(
    allowance: Allowance, lines: Sequence[InvoiceLine], told: Sequence[AllowancePart], currency: Currency
) -> Allowance:
    borne = {part.n for part in told}
    amount = round_amount(Decimal(0), HALF_UP, currency)
    for part in told:
        amount = EXACT.add(amount, part.net)
    base = net_of([line for line in lines if line.n in borne], currency)
    return msgspec.structs.replace(allowance, amount=amount, base=base, gross=allowance.amount, parts=list(told))
