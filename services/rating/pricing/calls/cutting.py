"""A call becomes parts: cut where another band begins, by the clock on the wall, and where another rate takes over.

A call from 19:59:30 for 60 s with peak until 20:00 has two parts of 30 s. In the night that clocks go back from 03:00
to 02:00, a band until 02:30 covers 02:00 to 02:30 both times; in the night they go forward it ends at the jump.

Seconds that an increment adds are no part of the call: they are paid at the price of its last part, and cut nowhere.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from services.rating.pricing.calls.rate import CallRate, Increment
from services.rating.pricing.calls.timetable import DAY_US, Timetable, timetable_of
from shared.kernel.calendar import known_zone, zone
from shared.kernel.decimals import EXACT
from shared.kernel.instants import EPOCH

LENGTH_US_MAX: Final = 366 * DAY_US
"""A call that lasts longer is none: nothing says how its days should be cut."""

_EPOCH_DAY: Final = EPOCH.date().toordinal()


class DatedRate(NamedTuple):
    """The rate of a destination while a version of its table is in force: from `start` (`None`: ever since) on.

    `rate` is `None` where that version has no prefix of the number. `version` is 0 where a rate has none. `later`
    counts the prices that have taken the place of the one a call began under; 0 is that one.
    """

    start: date | None
    rate: CallRate | None
    version: int = 0
    later: int = 0


class Part(NamedTuple):
    """`length_us` of a call, at the band with that place in the rate with that place among the dated ones."""

    rate: int
    band: int
    length_us: int


@dataclass(frozen=True, slots=True)
class Rates:
    """All that may price the calls to one destination, in the order in which it comes into force; never empty."""

    dated: tuple[DatedRate, ...]
    timetables: tuple[Timetable | None, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, dated: Sequence[DatedRate]) -> Rates:
        timetables = tuple(None if one.rate is None else timetable_of(one.rate.bands) for one in dated)
        starts = tuple(0 if one.start is None else one.start.toordinal() for one in dated)
        return cls(tuple(dated), timetables, starts)

    @property
    def each(self) -> Iterator[Rates]:
        """Each of the rates as if it had always been in force, the latest first."""
        return (Rates.of((one._replace(start=None),)) for one in reversed(self.dated) if one.rate is not None)

    @property
    def always(self) -> int | None:
        """The band that is in force at every moment, of the one rate that there is; `None` where it depends."""
        timetable = self.timetables[0] if len(self.dated) == 1 and self.dated[0].start is None else None
        return None if timetable is None else timetable.always

    def on(self, day: int) -> int | None:
        """Which of them is in force on the day with that ordinal."""
        place = bisect_right(self.starts, day) - 1
        return place if place >= 0 and self.dated[place].rate is not None else None


class WallClock:
    """What clocks in a time zone show."""

    def __init__(self, time_zone: str) -> None:
        self._zone = zone(known_zone(time_zone))

    def offset_us(self, instant_us: int) -> int:
        """How far clocks are ahead of UTC."""
        there = (EPOCH + timedelta(microseconds=instant_us)).astimezone(self._zone).utcoffset()
        return 0 if there is None else there // timedelta(microseconds=1)

    def change_us(self, after_us: int, until_us: int, offset_us: int) -> int:
        """The first instant, later than `after_us` and at most `until_us`, at which clocks are no longer at the offset
        they have at `after_us`; `until_us` where they stay."""
        if self.offset_us(until_us) == offset_us:
            return until_us
        while until_us - after_us > 1:
            middle = (after_us + until_us) // 2
            if self.offset_us(middle) == offset_us:
                after_us = middle
            else:
                until_us = middle
        return until_us


def cut(
    rates: Rates, started_us: int, length_us: int, *, clock: WallClock, holidays: Collection[date]
) -> list[Part] | None:
    """The parts of a call of `length_us` (> 0) from `started_us` on, in order; `None` where no band covers a moment."""
    always = rates.always
    if always is not None:
        return [Part(0, always, length_us)]
    if length_us > LENGTH_US_MAX:
        return None
    parts: list[Part] = []
    at, end = started_us, started_us + length_us
    while at < end:
        found = _band_at(rates, at, clock, holidays)
        if found is None:
            return None
        place, band, lasts_us, offset_us = found
        until = clock.change_us(at, min(end, at + lasts_us), offset_us)
        length = until - at
        if parts and parts[-1][:2] == (place, band):
            length += parts.pop().length_us
        parts.append(Part(place, band, length))
        at = until
    return parts


def band_at(rates: Rates, instant_us: int, *, clock: WallClock, holidays: Collection[date]) -> Part | None:
    """The band at an instant, as a part of no length; `None` where none covers it."""
    found = _band_at(rates, instant_us, clock, holidays)
    return None if found is None else Part(found[0], found[1], 0)


def _band_at(
    rates: Rates, at_us: int, clock: WallClock, holidays: Collection[date]
) -> tuple[int, int, int, int] | None:
    """(place of the rate, band, how long it lasts if clocks stay as they are, how far they are ahead of UTC)."""
    offset_us = clock.offset_us(at_us)
    days, time_us = divmod(at_us + offset_us, DAY_US)
    ordinal = _EPOCH_DAY + days
    place = rates.on(ordinal)
    timetable = None if place is None else rates.timetables[place]
    if place is None or timetable is None:
        return None
    band, until_us = timetable.at(date.fromordinal(ordinal), time_us, holidays)
    return None if band is None else (place, band, until_us - time_us, offset_us)


def billed_us(length_us: int, increments: Sequence[tuple[int, int]]) -> int:
    """What is billed of `length_us` (> 0): up to the end of its started block. Increments as (after, unit) in µs.

    >>> [billed_us(s, ((0, 60), (60, 1))) for s in (1, 60, 61)], billed_us(61, ((0, 60),)), billed_us(61, ())
    ([60, 60, 61], 120, 61)
    """
    for after, unit in reversed(increments):
        if length_us > after:
            return after - (after - length_us) // unit * unit
    return length_us


def in_us(increments: tuple[Increment, ...] | None) -> tuple[tuple[int, int], ...]:
    """Increments in µs; nothing where a call is billed as long as it was."""
    return tuple((micros_of(one.after_s), micros_of(one.unit_s)) for one in increments or ())


def micros_of(seconds: Decimal) -> int:
    """Seconds of at most 6 decimals in µs."""
    return int(seconds.scaleb(6, context=EXACT))
