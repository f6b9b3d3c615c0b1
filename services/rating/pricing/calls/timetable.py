"""Which band of a rate is in force at a moment, and until when: a day is looked up, never searched.

peak = Band(days=("mon", …, "fri"), start="08:00", end="20:00", …); other = Band(…)
timetable_of((peak, other)).at(date(2026, 6, 1), 9 * 3_600_000_000, ())       # band 0, until 20:00
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from services.rating.pricing.calls.rate import DAY_MINUTES, HOLIDAY, WEEKDAYS, Band, Times, minutes

MINUTE_US: Final = 60_000_000
DAY_US: Final = DAY_MINUTES * MINUTE_US


class Segment(NamedTuple):
    """The band in force, by its place in the rate (`None`: no band is), and the time of day (µs) it ends at."""

    band: int | None
    until_us: int


def timetable_of(bands: Sequence[Band]) -> Timetable:
    """The timetable of these bands. The rates of a table have a handful between them."""
    return _timetable(tuple(band.times for band in bands))


@lru_cache(maxsize=1024)
def _timetable(bands: tuple[Times, ...]) -> Timetable:
    return Timetable(bands)


class Timetable:
    """The times of the bands of a rate, cut up by kind of day."""

    def __init__(self, bands: Sequence[Times]) -> None:
        self._knows_holidays = any(HOLIDAY in (days or ()) for days, _, _ in bands)
        kinds = (*WEEKDAYS, HOLIDAY) if self._knows_holidays else WEEKDAYS
        self._days = {kind: _segments(bands, kind) for kind in kinds}
        first = self._days[WEEKDAYS[0]][0]
        alike = all(segments == (first,) for segments in self._days.values())
        self.always: int | None = first.band if alike else None
        """The band that is in force at every moment; `None` where it depends."""

    def at(self, day: date, time_us: int, holidays: Collection[date]) -> Segment:
        """The segment that contains `time_us` (µs since midnight on the wall) of a day."""
        kind = HOLIDAY if self._knows_holidays and day in holidays else WEEKDAYS[day.weekday()]
        segments = self._days[kind]
        return segments[bisect_right(segments, time_us, key=_until)]


def _until(segment: Segment) -> int:
    return segment.until_us


def _segments(bands: Sequence[Times], kind: str) -> tuple[Segment, ...]:
    there = [
        (index, minutes(start), minutes(end))
        for index, (days, start, end) in enumerate(bands)
        if days is None or kind in days
    ]
    cuts = sorted({0, DAY_MINUTES, *(minute for _, start, end in there for minute in (start, end))})
    found: list[Segment] = []
    for start, end in pairwise(cuts):
        band = next((index for index, first, last in there if _within(start, first, last)), None)
        if found and found[-1].band == band:
            found.pop()
        found.append(Segment(band, end * MINUTE_US))
    return tuple(found)


def _within(minute: int, first: int, last: int) -> bool:
    return first <= minute < last if first <= last else minute >= first or minute < last
