"""Calendars of holidays: defined once, changed as a whole, each change a version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import msgspec

from services.rating.holiday_calendar.messages import (
    ChangeHolidays,
    DefineHolidays,
    HolidaysChanged,
    HolidaysDefined,
)
from services.rating.holiday_calendar.state import CalendarVersion, HolidayCalendar
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent

HolidayCommand = DefineHolidays | ChangeHolidays
HolidayEvent = HolidaysDefined | HolidaysChanged


def decide_holidays(command: HolidayCommand, view: View, context: Context) -> Sequence[HolidayEvent]:
    known = view.get(HolidayCalendar, command.calendar_id)
    dates = sorted(set(command.dates))
    match command:
        case DefineHolidays():
            if known is not None:
                detail = f"{command.calendar_id} exists already; change its dates"
                raise Rejection("holidays_exist", detail, pointer="/id", status=409)
            return [HolidaysDefined(calendar_id=command.calendar_id, name=command.name, dates=dates)]
        case ChangeHolidays():
            if known is None:
                raise absent("holidays", command.calendar_id)
            context.check_version(known.latest)
            if (command.name, tuple(dates)) == (known.name, known.dates):
                return []
            return [
                HolidaysChanged(
                    calendar_id=command.calendar_id, version=known.latest + 1, name=command.name, dates=dates
                )
            ]
        case _:
            assert_never(command)


def evolve_holidays(event: HolidayEvent, envelope: Envelope, view: View) -> list[State]:
    version = CalendarVersion(envelope.recorded_at, tuple(event.dates))
    match event:
        case HolidaysDefined():
            return [HolidayCalendar(calendar_id=event.calendar_id, name=event.name, versions=(version,))]
        case HolidaysChanged():
            known = view.get(HolidayCalendar, event.calendar_id)
            if known is None:
                raise NeverBegan(f"holidays {event.calendar_id} were changed before they were defined")
            return [msgspec.structs.replace(known, name=event.name, versions=(*known.versions, version))]
        case _:
            assert_never(event)
