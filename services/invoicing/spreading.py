"""What a document takes off before tax, line by line (R41; EN 16931, BG-20).

    lines of 10.00, 10.00 and 10.00, an allowance of 10.00    ->  3.33, 3.33 and 3.34 are taken off, as a tax quote does

An allowance is spread over the lines by their nets, the last one taking the residue. Where that would be more than the
last line has (half of a hundred lines of 0.01), each line's part is what the sum up to it comes to, less the parts
before it, so that no line bears more than it has. Of several allowances each is spread over what those before it left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

import msgspec

from services.invoicing.invoice.messages import Allowance, AllowancePart, InvoiceLine
from services.invoicing.taxes.engine.sums import spread
from shared.kernel.decimals import EXACT, exact
from shared.kernel.rounding import HALF_UP, round_amount, round_quotient

_ZERO: Final = Decimal(0)


def parts_of(amount: Decimal, nets: Sequence[Decimal], *, currency: str) -> list[Decimal]:
    """`amount` (0 to the sum of the nets, which is above zero) over lines: none bears more than its net.

    >>> parts_of(Decimal("10.00"), [Decimal(10), Decimal(10), Decimal(10)], currency="EUR")
    [Decimal('3.33'), Decimal('3.33'), Decimal('3.34')]
    >>> parts_of(Decimal("0.02"), [Decimal("0.01")] * 4, currency="EUR")
    [Decimal('0.01'), Decimal('0.00'), Decimal('0.01'), Decimal('0.00')]
    """
    parts = spread(amount, nets, currency=currency)
    if min(nets[-1], _ZERO) <= parts[-1] <= max(nets[-1], _ZERO):
        return parts
    with exact():
        whole = sum(nets, _ZERO)
        running, given = _ZERO, _ZERO
        found: list[Decimal] = []
        for net in nets:
            running += net
            due = round_quotient(amount * running, whole, currency)
            found.append(round_amount(due - given, HALF_UP, currency))
            given = due
        return found


def after(lines: Sequence[InvoiceLine], allowances: Iterable[Allowance], currency: str) -> list[InvoiceLine]:
    """The lines with what is to be paid for them, after these allowances."""
    left = list(lines)
    for allowance in allowances:
        if allowance.parts:
            told = {part.n: part for part in allowance.parts}
            left = [less(line, told[line.n]) if line.n in told else line for line in left]
            continue
        taken = set(allowance.lines)
        places = [n for n, line in enumerate(lines) if not taken or line.n in taken]
        parts = parts_of(allowance.amount, [left[n].net for n in places], currency=currency)
        for n, part in zip(places, parts, strict=True):
            left[n] = with_net(left[n], EXACT.subtract(left[n].net, part))
    return left


def less(line: InvoiceLine, part: AllowancePart) -> InvoiceLine:
    """The line without what an allowance takes off it."""
    gross = None if line.gross is None else EXACT.subtract(line.gross, part.gross or _ZERO)
    return msgspec.structs.replace(with_net(line, EXACT.subtract(line.net, part.net)), gross=gross)


def with_net(line: InvoiceLine, net: Decimal) -> InvoiceLine:
    """The line with another net; how it was priced no longer says what it comes to."""
    if net == line.net:
        return line
    return msgspec.structs.replace(line, net=net, unrounded=net, fraction=None, steps=[])


def with_amount(line: InvoiceLine, amount: Decimal) -> InvoiceLine:
    """The line with another price: of one that includes tax the net follows from that again."""
    if line.gross is None or amount == line.gross:
        return with_net(line, amount) if line.gross is None else line
    return msgspec.structs.replace(with_net(line, amount), gross=amount)
