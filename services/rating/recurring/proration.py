"""What part of a whole period a part of it is (R5, R6, R7).

    policy      the last 14 days of a period of 31, [18 May, 1 June)
    actual      14 ÷ 31 = 0.451612903
    fixed_30    13 ÷ 30 = 0.433333333   every month has 30 days: from the 18th to the 30th
    seconds     as actual, by the second: a day of 23 hours counts 23
    inclusive   as actual; the engine has made the last day of service count already
    none        0      a part period costs nothing
    full        1      a part period costs the whole

A whole period is exactly 1 under every policy. Shares are rounded half up to 9 decimals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, assert_never

from services.rating.pricing.engine.contract import ONE, ZERO, Proration
from services.rating.pricing.engine.price import Price
from shared.kernel.calendar import Cycle, EveryDays, Frequency
from shared.kernel.rounding import round_share

# Policies under which the parts of a period add up to it. Of the others one part decides for the whole.
ADDITIVE: Final[frozenset[Proration]] = frozenset({"actual", "fixed_30", "seconds", "inclusive"})

_MICROSECOND: Final = timedelta(microseconds=1)
_DAYS_30_360: Final[dict[Frequency, int]] = {"month": 30, "quarter": 90, "year": 360}


@dataclass(frozen=True, slots=True)
class Point:
    """An instant (UTC) with the date that it has in the cycle's time zone."""

    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """The time from `start` (included) to `end` (excluded); may be empty."""

    start: Point
    end: Point

    @property
    def empty(self) -> bool:
        """Whether no time lies in it."""
        return self.start.at >= self.end.at

    def overlap(self, other: Span) -> Span:
        """The time in both; empty when there is none."""
        return Span(later(self.start, other.start), earlier(self.end, other.end))


def later(one: Point, other: Point) -> Point:
    """The later of two points."""
    return one if one.at >= other.at else other


def earlier(one: Point, other: Point) -> Point:
    """The earlier of two points."""
    return one if one.at <= other.at else other


def share_of(proration: Proration, part: Span, whole: Span, frequency: Frequency) -> Decimal:
    """The share of `whole` that `part` (inside it) is charged at: 0 when `part` is empty, 1 when it is the whole."""
    if part.empty:
        return ZERO
    if part == whole:
        return ONE
    match proration:
        case "actual" | "inclusive":
            return round_share((part.end.day - part.start.day).days, (whole.end.day - whole.start.day).days)
        case "seconds":
            return round_share(
                (part.end.at - part.start.at) // _MICROSECOND, (whole.end.at - whole.start.at) // _MICROSECOND
            )
        case "fixed_30":
            # A clamped period, 28 February to 31 March, counts 32 such days: a part never costs more than the whole.
            return min(ONE, round_share(_day_30(part.end.day) - _day_30(part.start.day), _DAYS_30_360[frequency]))
        case "none":
            return ZERO
        case "full":
            return ONE
        case _:
            assert_never(proration)


def countable(price: Price, cycle: Cycle) -> Price:
    """The price itself; where it counts months of 30 days and the account has periods of n days, by actual days."""
    if price.recurring_terms.proration != "fixed_30" or not isinstance(cycle.frequency, EveryDays):
        return price
    return Price.from_wire({**price.to_wire(), "proration": "actual"})


def _day_30(day: date) -> int:
    """The number of `day` in a calendar whose months all have 30 days; the 31st is the 30th."""
    return day.year * 360 + day.month * 30 + min(day.day, 30)
