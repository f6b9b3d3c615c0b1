"""HolidaysDefined, HolidaysChanged -> a row for each version of a calendar; HolidaysDeleted -> when, on the latest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from services.rating.holiday_calendar.messages import HolidaysChanged, HolidaysDefined, HolidaysDeleted
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update


class HolidayCalendarRow(Row, frozen=True, kw_only=True):
    """The days of a calendar from `changed_at` on, until its next version."""

    TABLE = "holiday_calendar_row"
    KEY = ("calendar_id", "version")

    calendar_id: str
    version: int
    name: str
    dates: Jsonb
    changed_at: datetime
    deleted_at: datetime | None = None


class DeletedCalendar(Change, frozen=True, kw_only=True):
    TABLE = "holiday_calendar_row"
    KEY = ("calendar_id", "version")

    calendar_id: str
    version: int
    deleted_at: datetime


TABLES: Final = Tables(insert(HolidayCalendarRow), update(DeletedCalendar))


def rows(applied: AppliedOf[HolidaysDefined | HolidaysChanged | HolidaysDeleted]) -> Iterator[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    if isinstance(event, HolidaysDefined | HolidaysChanged):
        version = event.version if isinstance(event, HolidaysChanged) else 1
        yield HolidayCalendarRow.of(event, version=version, dates=jsonb(event.dates), changed_at=at)
    elif isinstance(event, HolidaysDeleted):
        yield DeletedCalendar.of(event, deleted_at=at)
