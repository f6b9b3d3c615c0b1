"""A calendar of holidays, and what it was at any time.

calendar.dates                               the days it has now
calendar.known_at(closed_at)                 those it had when a period was closed
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import msgspec

from shared.kernel.decider import Home, State


class CalendarVersion(msgspec.Struct, frozen=True):
    """The days of a calendar from `since` (an instant) on."""

    since: datetime
    dates: tuple[date, ...]


class HolidayCalendar(State, frozen=True, kw_only=True):
    """A calendar and all its versions, in order; never without one. `plans` are those that name it, by their ids.

    A deleted one stays: reratings of closed periods were priced with its days.
    """

    KEY_FIELD = "calendar_id"
    HOME: ClassVar[Home] = Home.REFERENCE

    calendar_id: str
    name: str
    versions: tuple[CalendarVersion, ...]
    plans: tuple[str, ...] = ()
    deleted: bool = False

    @property
    def latest(self) -> int:
        return len(self.versions)

    @property
    def dates(self) -> tuple[date, ...]:
        return self.versions[-1].dates

    def known_at(self, instant: datetime) -> tuple[date, ...]:
        """The days it had at an instant; before it was defined, those it was defined with."""
        found = [version.dates for version in self.versions if version.since <= instant]
        return found[-1] if found else self.versions[0].dates
