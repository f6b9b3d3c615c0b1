"""The billing calendar: where periods begin, and when a date begins in a time zone (R10).

A cycle with anchor day 31 is clamped to the end of short months and returns to its anchor:

    >>> cycle = Cycle(anchor_day=31)
    >>> [str(period.start) for period in periods(cycle, date(2026, 1, 31), 4)]
    ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']

Time zones are those of the IANA database in the package `tzdata`, whatever the machine has: two machines with the same
packages compute the same periods.

Quarters and years count from `anchor_month`; cycles of n days from `counts_from`. Both can be filled in from the day a
subscription starts: `anchored(cycle, start)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib import resources
from itertools import islice
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from shared.kernel.instants import EPOCH, clamped
from shared.kernel.period import Period

DAYS_MAX: Final = 3660  # ten years: a cycle longer than that is a typing error

Recurrence = Literal["month", "quarter", "year"]
_MONTHS: Final[dict[Recurrence, int]] = {"month": 1, "quarter": 3, "year": 12}


class EveryDays(msgspec.Struct, frozen=True):
    """A period of a fixed number of days, on the wire `{"days": 30}`."""

    days: Annotated[int, msgspec.Meta(ge=1, le=DAYS_MAX)]

    def __post_init__(self) -> None:
        if not 1 <= self.days <= DAYS_MAX:
            raise ValueError(f"days must be 1 to {DAYS_MAX}, not {self.days}")


Frequency = Recurrence | EveryDays


class Cycle(msgspec.Struct, frozen=True):
    """A recurring period.

    `anchor_day` 1 to 31 is clamped to the month's end. `anchor_month` 1 to 12 matters to quarters and years only;
    `None` is the month of `counts_from`. `counts_from` is the day that periods of n days count from. `time_zone` (IANA)
    says when a date of the cycle begins.
    """

    frequency: Frequency = "month"
    anchor_day: int = 1
    anchor_month: int | None = None
    time_zone: str = "UTC"
    counts_from: date | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.anchor_day <= 31:
            raise ValueError(f"anchor_day must be 1 to 31, not {self.anchor_day}")
        if self.anchor_month is not None and not 1 <= self.anchor_month <= 12:
            raise ValueError(f"anchor_month must be 1 to 12, not {self.anchor_month}")
        zone(self.time_zone)


class UnknownTimeZone(ValueError):
    """The name is not in the IANA time zone database."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} is not a time zone of the IANA database; give a name such as Europe/Paris")
        self.name = name


def anchored(cycle: Cycle, start: date) -> Cycle:
    """The cycle counting from `start` where it does not say itself: anchor month and first day of n-day periods."""
    return cycle if cycle.counts_from is not None else msgspec.structs.replace(cycle, counts_from=start)


def period_containing(cycle: Cycle, day: date) -> Period:
    """The whole period that `day` lies in; before `counts_from` too. Raises `ValueError` for an unanchored cycle."""
    if isinstance(cycle.frequency, EveryDays):
        return _days_containing(cycle.frequency.days, _counts_from(cycle), day)
    months = _MONTHS[cycle.frequency]
    index = _month_index(day)
    if _clamped(index, cycle.anchor_day) > day:
        index -= 1
    if months > 1:
        index -= (index - (_anchor_month(cycle) - 1)) % months
    return Period(_clamped(index, cycle.anchor_day), _clamped(index + months, cycle.anchor_day))


def next_period(cycle: Cycle, period: Period) -> Period:
    """The period that begins where `period` ends."""
    return period_containing(cycle, period.end)


def periods_from(cycle: Cycle, day: date) -> Iterator[Period]:
    """The period containing `day`, and all that follow, without end."""
    period = period_containing(cycle, day)
    while True:
        yield period
        period = next_period(cycle, period)


def periods(cycle: Cycle, day: date, count: int) -> list[Period]:
    """The period containing `day` and those after it, `count` in all."""
    return list(islice(periods_from(cycle, day), count))


def zone(name: str) -> ZoneInfo:
    """The time zone of that name, spelled exactly. Raises `UnknownTimeZone`; the request is at fault."""
    if name not in _zone_names():
        raise UnknownTimeZone(name)
    return _zone(name)


def known_zone(name: str) -> str:
    """The name, or UTC for one that an old event has and that is none (`localtime` was whatever the machine said)."""
    return name if name in _zone_names() else "UTC"


@cache
def _zone_names() -> frozenset[str]:
    """Every name of the database, links such as Europe/Kiev included. `Factory` stands for a clock never set."""
    return frozenset(resources.files("tzdata").joinpath("zones").read_text().split()) - {"Factory"}


@cache
def _zone(name: str) -> ZoneInfo:
    # `ZoneInfo(name)` would ask the machine first, whose database may be older, newer, or somebody's own.
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


# A batch has one instant, and asks for its date with each account.
@lru_cache(maxsize=1024)
def local_date(instant: datetime, time_zone: str) -> date:
    """The date that clocks in `time_zone` show at `instant` (aware). An unknown zone of an old event is UTC."""
    try:
        return instant.astimezone(zone(known_zone(time_zone))).date()
    except OverflowError:  # beyond the calendar there: its first or last day
        return clamped((instant - EPOCH) // timedelta(microseconds=1)).date()


# Closing a day asks for the same few midnights once per account.
@lru_cache(maxsize=16_384)
def midnight(day: date, time_zone: str) -> datetime:
    """The first instant of `day` in `time_zone`, in UTC; an unknown zone of an old event is UTC.

    Where clocks skip midnight (Cairo and Beirut in spring) it is the instant they jump to, where 00:00 comes twice
    (Havana in autumn) the first of the two. A date that a zone left out whole (Apia, 2011-12-30) begins when the next
    one does. In the first and the last year of the calendar it is no earlier or later than UTC can say.
    """
    here = zone(known_zone(time_zone))
    local = datetime.combine(day, time(), tzinfo=here)
    instant = clamped((local - EPOCH) // timedelta(microseconds=1))
    if day.year in (date.min.year, date.max.year):
        return instant
    if instant.astimezone(here).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    # In a gap: the wall time read with the offset after it lies before the jump, read with the one before it, after.
    return _first_instant_of(day, here, local.replace(fold=1).astimezone(UTC), instant)


def _first_instant_of(day: date, here: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Halve (before, after] down to the second in which the date becomes `day` or later."""
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if middle.astimezone(here).date() < day:
            before = middle
        else:
            after = middle
    return after


def _days_containing(days: int, origin: date, day: date) -> Period:
    start = origin + timedelta(days=(day - origin).days // days * days)
    return Period(start, start + timedelta(days=days))


def _counts_from(cycle: Cycle) -> date:
    if cycle.counts_from is None:
        raise ValueError("a cycle of n days needs the day it counts from; see anchored()")
    return cycle.counts_from


def _anchor_month(cycle: Cycle) -> int:
    if cycle.anchor_month is not None:
        return cycle.anchor_month
    if cycle.counts_from is None:
        raise ValueError("a cycle of quarters or years needs anchor_month or the day it counts from; see anchored()")
    return cycle.counts_from.month


def _month_index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _clamped(month_index: int, anchor_day: int) -> date:
    """Day `anchor_day` of the month, or its last day when the month is shorter (R10)."""
    year, month = divmod(month_index, 12)
    first_of_next = date((month_index + 1) // 12, (month_index + 1) % 12 + 1, 1)
    last_day = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(anchor_day, last_day))
