"""What a late fee comes to. Exact, rounded once, half up, to the currency (R3, R54).

flat 5.00                                            5.00
2 % of 40.00                                         0.80
the greater of 5.00 and 2 % of 400.00                8.00
9 % a year on 200.00 for 10 days, 365 to a year      200.00 × 0.09 × 10 ÷ 365 = 0.493…    0.49
the same with 360                                    0.50
`actual`, 30 Dec 2027 to 3 Jan 2028                  two days ÷ 365 and two ÷ 366
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from services.invoicing.late_fee.messages import InterestSpan
from services.invoicing.late_fee_policy.messages import DaysInYear, Fee
from services.payments.late_fee.state import Watch
from shared.kernel.decimals import EXACT, exact
from shared.kernel.rounding import HALF_UP, round_amount, round_quotient, round_share


def once(fee: Fee, base: Decimal, currency: str) -> Decimal:
    """What a flat fee, a percentage or the greater of both comes to; 0 of interest, which comes by day."""
    with exact():
        of_base = base * (fee.percent or Decimal(0)) / 100
    return round_amount(max(fee.flat or Decimal(0), of_base), HALF_UP, currency)


class Overdue(NamedTuple):
    """Days from `start` until before `end` on which `base` was overdue."""

    start: date
    end: date
    base: Decimal


def interest(days: Iterable[Overdue], *, annual_rate: Decimal, days_in_year: DaysInYear) -> Fraction:
    """Exact, of all days together: no fraction of a cent is lost between them."""
    total = sum((Fraction(of.base) * _years(of, days_in_year) for of in days), Fraction(0))
    return total * Fraction(annual_rate) / 100


def rounded(amount: Fraction, currency: str) -> Decimal:
    """Half up, to the currency."""
    return round_quotient(Decimal(amount.numerator), Decimal(amount.denominator), currency)


def explained(days: Iterable[Overdue], *, annual_rate: Decimal, days_in_year: DaysInYear) -> Iterator[InterestSpan]:
    """What each span comes to, to 9 decimals: as a reader adds them up."""
    for of in days:
        exactly = interest([of], annual_rate=annual_rate, days_in_year=days_in_year)
        yield InterestSpan(start=of.start, end=of.end, base=of.base, amount=_to_9_decimals(exactly))


def spans(watch: Watch, open: Decimal, until: date) -> list[Overdue]:
    """The days since interest was asked for last until before that day, with what was overdue on them."""
    if watch.interest is None:
        return []
    since = watch.interest.since
    changes = sorted({paid.day for paid in watch.paid if since < paid.day < until})
    edges = [since, *changes, until]
    found = (
        Overdue(start, end, base)
        for start, end in pairwise(edges)
        if start < end and (base := overdue_on(watch, open, start))
    )
    return list(found)


def overdue_on(watch: Watch, open: Decimal, day: date) -> Decimal:
    """What a fee is asked for on a day, where `open` is open now: without late fees of the invoice itself, unless the
    policy says so, and 0 below the policy's minimum."""
    with exact():
        then = open + sum((paid.amount for paid in watch.paid if paid.day > day), Decimal(0))
        base = then if watch.policy.terms.fee_on_fees else then - watch.late_fees
    return base if base > 0 and base >= (watch.policy.terms.minimum_overdue or 0) else Decimal(0)


def room(watch: Watch) -> Decimal | None:
    """How much may still be asked for below the cap; `None` where there is none."""
    terms = watch.policy.terms
    cap = terms.cap
    if terms.cap_percent is not None:
        with exact():
            cap = round_amount(watch.amount * terms.cap_percent / 100, HALF_UP, watch.currency)
    return None if cap is None else max(EXACT.subtract(cap, watch.charged), Decimal(0))


def cap_is_reached(watch: Watch) -> bool:
    """Whether no more is asked for, whatever comes; unlike `room` of any number that an event may have."""
    terms = watch.policy.terms
    with exact():
        if terms.cap_percent is not None:
            return watch.charged * 100 >= watch.amount * terms.cap_percent
        return terms.cap is not None and watch.charged >= terms.cap


def _to_9_decimals(amount: Fraction) -> Decimal:
    return round_share(amount.numerator, amount.denominator)


def _years(span: Overdue, days_in_year: DaysInYear) -> Fraction:
    if days_in_year != "actual":
        return Fraction((span.end - span.start).days, int(days_in_year))
    return sum((Fraction(days, length) for days, length in _by_year(span.start, span.end)), Fraction(0))


def _by_year(start: date, end: date) -> Iterator[tuple[int, int]]:
    """Days in each calendar year of the span, and how many that year has."""
    for year in range(start.year, end.year + 1):
        first = max(start, date(year, 1, 1))
        last = min(end, date(year + 1, 1, 1)) if year < date.max.year else end
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        yield (last - first).days, 366 if leap else 365
