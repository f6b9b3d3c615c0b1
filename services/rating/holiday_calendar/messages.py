"""Days that prices call `holiday`, by calendar: a country's, a region's, an operator's own.

    DefineHolidays(calendar_id="fr", name="France", dates=[date(2026, 7, 14)])                    -> HolidaysDefined
    ChangeHolidays(calendar_id="fr", name="France", dates=[date(2026, 7, 14), date(2026, 8, 15)]) -> HolidaysChanged
    DeleteHolidays(calendar_id="fr")                                                              -> HolidaysDeleted

Each change is a version with the instant it was made: what was closed before it keeps the days it was closed with.
Reference data: calendars live in partition 0.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from shared.kernel.bounds import Count
from shared.kernel.message import Command, Event, Message


class OfCalendar(Message, frozen=True, kw_only=True):
    """What is asked or said of a calendar."""

    KEY_FIELD = "calendar_id"
    REFERENCE: ClassVar[bool] = True

    calendar_id: str


class DefineHolidays(OfCalendar, Command, frozen=True, kw_only=True):
    """Name a calendar and its days. Refused: `holidays_exist`."""

    name: str
    dates: list[date]


class ChangeHolidays(OfCalendar, Command, frozen=True, kw_only=True):
    """Give a calendar other days; nothing happens where they are the same. Refused: `holidays_not_found`."""

    name: str
    dates: list[date]


class DeleteHolidays(OfCalendar, Command, frozen=True, kw_only=True):
    """Forget a calendar that no version of a plan names. Refused: `holidays_not_found`, `holidays_in_use`."""


class HolidaysDefined(OfCalendar, Event, frozen=True, kw_only=True):
    """`dates` rise."""

    name: str
    dates: list[date]


class HolidaysChanged(OfCalendar, Event, frozen=True, kw_only=True):
    """From now on the calendar has these days, all of them; `version` counts from 1, the first definition."""

    version: Count
    name: str
    dates: list[date]


class HolidaysDeleted(OfCalendar, Event, frozen=True, kw_only=True):
    """Nothing new may name the calendar, whose latest version is `version`; its id is not given again."""

    version: Count
