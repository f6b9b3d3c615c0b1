"""When a schedule runs, by the clock of its time zone, and which days it asks about. Pure.

    monthly = Every(frequency="month", at="07:00", day_of_month=31, time_zone="Europe/Paris")
    monthly.after(instant)        the next last day of a month (31 is a month's end), at seven in Paris
    days_of("last_month", date(2026, 12, 1))      (2026-11-01, 2026-11-30)

A local time that is skipped in spring is as much later; one that comes twice in autumn is meant the first time.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

import msgspec

from shared.kernel.calendar import zone

Frequency = Literal["day", "week", "month"]
Span = Literal["yesterday", "last_week", "last_month", "month_to_date"]

_LOOKED_AT: Final = 64
"""Days; each kind has one among so many."""


class Every(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`weekday` is 1 (Monday) to 7, of `week`; `day_of_month` 1 to 31, of `month`, where it is its end at most."""

    frequency: Frequency
    at: str
    time_zone: str
    weekday: int = 1
    day_of_month: int = 1

    def after(self, instant: datetime) -> datetime:
        """The first time after an instant.

        >>> daily = Every(frequency="day", at="02:30", time_zone="Europe/Paris")
        >>> daily.after(datetime(2027, 3, 28, 0, tzinfo=UTC)).isoformat()
        '2027-03-28T01:30:00+00:00'
        """
        day = self.local_date(instant) - timedelta(days=1)
        return next(at for at in self._times(day, 1) if at > instant)

    def latest(self, instant: datetime) -> datetime:
        """The last time up to an instant."""
        day = self.local_date(instant) + timedelta(days=1)
        return next(at for at in self._times(day, -1) if at <= instant)

    def local_date(self, instant: datetime) -> date:
        return instant.astimezone(zone(self.time_zone)).date()

    def _times(self, day: date, step: int) -> Iterator[datetime]:
        here, at = zone(self.time_zone), time.fromisoformat(self.at)
        for n in range(_LOOKED_AT):
            one = day + timedelta(days=n * step)
            if self._is_on(one):
                yield datetime.combine(one, at, here).astimezone(UTC)

    def _is_on(self, day: date) -> bool:
        match self.frequency:
            case "day":
                return True
            case "week":
                return day.isoweekday() == self.weekday
            case "month":
                return day.day == min(self.day_of_month, calendar.monthrange(day.year, day.month)[1])


def days_of(span: Span, today: date) -> tuple[date, date]:
    """The days that a run asks about, both included.

    >>> days_of("last_week", date(2026, 11, 30))
    (datetime.date(2026, 11, 23), datetime.date(2026, 11, 29))
    >>> days_of("month_to_date", date(2026, 11, 1))
    (datetime.date(2026, 11, 1), datetime.date(2026, 11, 1))
    """
    match span:
        case "yesterday":
            return today - timedelta(days=1), today - timedelta(days=1)
        case "last_week":
            monday = today - timedelta(days=today.isoweekday() - 1)
            return monday - timedelta(days=7), monday - timedelta(days=1)
        case "last_month":
            end = today.replace(day=1) - timedelta(days=1)
            return end.replace(day=1), end
        case "month_to_date":
            return today.replace(day=1), today
