"""Revenue day by day (R59): what of an amount is earned by a day, and in which month. Pure.

36.50 for a year from 16 October: 0.10 a day

>>> parts = spread(Decimal("36.50"), date(2026, 10, 16), date(2027, 10, 16), "EUR")
>>> parts[0], parts[-1].amount, len(parts)
(Part(first=datetime.date(2026, 10, 16), last=datetime.date(2026, 10, 31), amount=Decimal('1.60')), Decimal('1.50'), 13)

Cumulative recognised = round(total × elapsed ÷ total days), half up: each part is the difference of two such sums, so
that rounding never adds up, the last day takes the residue, and the parts sum to the total.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from shared.kernel.currency import is_currency
from shared.kernel.decimals import EXACT
from shared.kernel.rounding import round_quotient

PARTS_MAX: Final = 120
"""Ten years of months; of what is longer the last part has the rest."""
_DAY: Final = timedelta(days=1)


class Part(NamedTuple):
    """What is earned from `first` to `last`, both included and of one month."""

    first: date
    last: date
    amount: Decimal


def recognised(total: Decimal, elapsed: int, days: int, currency: str) -> Decimal:
    """What of `total` is earned after `elapsed` of `days`: rounded half up to the currency, with `total`'s sign.

    Nothing before the first day, and all of it behind the last one.

    >>> [str(recognised(Decimal("10.00"), day, 3, "EUR")) for day in range(4)]
    ['0.00', '3.33', '6.67', '10.00']
    """
    if elapsed >= days:
        return total
    return _share(total, max(elapsed, 0), days, currency)


def spread(total: Decimal, start: date, end: date, currency: str) -> Sequence[Part]:
    """The parts of `total` by months of [start, end), in their order; their amounts sum to it.

    No days: all of it on `start`. Months that come to nothing are left out.
    """
    days = (end - start).days
    if days <= 0:
        return [Part(start, start, total)] if total else []
    parts: list[Part] = []
    first, before, n = start, Decimal(0), 1
    while first < end:
        until = end if n == PARTS_MAX else min(_next_month(first), end)
        now = recognised(total, (until - start).days, days, currency)
        if now != before:
            parts.append(Part(first, until - _DAY, EXACT.subtract(now, before)))
        first, before, n = until, now, n + 1
    return parts


def shares(amount: Decimal, weights: Sequence[Decimal], currency: str) -> Sequence[Decimal]:
    """`amount` by weights of one sign, each rounded to the currency, the last that has weight taking the residue.

    >>> [str(share) for share in shares(Decimal("10.00"), [Decimal(1), Decimal(0), Decimal(2)], "EUR")]
    ['3.33', '0.00', '6.67']
    """
    whole, reached, given = sum(weights, Decimal(0)), Decimal(0), Decimal(0)
    found: list[Decimal] = []
    for weight in weights:
        reached = EXACT.add(reached, weight)
        upto = amount if reached == whole else _share(amount, reached, whole, currency)
        found.append(EXACT.subtract(upto, given))
        given = upto
    return found


def _share(amount: Decimal, part: Decimal | int, whole: Decimal | int, currency: str) -> Decimal:
    """`amount` × part ÷ whole, rounded once; of a currency that is not known to two decimals, as documents have it."""
    known = currency if is_currency(currency) else "EUR"
    return round_quotient(EXACT.multiply(amount, Decimal(part)), Decimal(whole), known)


def _next_month(day: date) -> date:
    """The last day there is, behind the last month there is."""
    return date.max if (day.year, day.month) == (9999, 12) else date(day.year + day.month // 12, day.month % 12 + 1, 1)
