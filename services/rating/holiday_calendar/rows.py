"""HolidaysDefined, HolidaysChanged -> a row for each version of a calendar; HolidaysDeleted -> when, on the latest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.rating.holiday_calendar.messages import HolidaysChanged, HolidaysDefined, HolidaysDeleted
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import Applied
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


_TABLES: Final = Tables(insert(HolidayCalendarRow), update(DeletedCalendar))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[Columns] = []
    for event, envelope, _ in batch:
        match event:
            case HolidaysDefined():
                at = envelope.recorded_at
                rows.append(HolidayCalendarRow.of(event, version=1, dates=jsonb(event.dates), changed_at=at))
            case HolidaysChanged():
                rows.append(HolidayCalendarRow.of(event, dates=jsonb(event.dates), changed_at=envelope.recorded_at))
            case HolidaysDeleted():
                rows.append(DeletedCalendar.of(event, deleted_at=envelope.recorded_at))
    await _TABLES.write(connection, partition, rows)
