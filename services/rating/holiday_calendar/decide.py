"""Calendars of holidays: defined once, changed as a whole, each change a version, deleted while no plan names them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import msgspec

from services.rating.holiday_calendar.messages import (
    ChangeHolidays,
    DefineHolidays,
    DeleteHolidays,
    HolidaysChanged,
    HolidaysDefined,
    HolidaysDeleted,
)
from services.rating.holiday_calendar.state import CalendarVersion, HolidayCalendar
from services.rating.plan.messages import PlanDrafted, PlanDraftEdited, PlanVersionPublished
from services.rating.plan.state import Plan, with_draft
from services.rating.plan.stored import calendars_of
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent, in_use

HolidayCommand = DefineHolidays | ChangeHolidays | DeleteHolidays
HolidayEvent = HolidaysDefined | HolidaysChanged | HolidaysDeleted


def decide_holidays(command: HolidayCommand, view: View, context: Context) -> Sequence[HolidayEvent]:
    known = view.get(HolidayCalendar, command.calendar_id)
    if isinstance(command, DefineHolidays):
        if known is not None:
            raise _exists(known)
        dates = sorted(set(command.dates))
        return [HolidaysDefined(calendar_id=command.calendar_id, name=command.name, dates=dates)]
    if known is None or known.deleted:
        raise absent("holidays", command.calendar_id)
    context.check_version(known.latest)
    match command:
        case ChangeHolidays():
            dates = sorted(set(command.dates))
            if (command.name, tuple(dates)) == (known.name, known.dates):
                return []
            return [
                HolidaysChanged(
                    calendar_id=command.calendar_id, version=known.latest + 1, name=command.name, dates=dates
                )
            ]
        case DeleteHolidays():
            if known.plans:
                raise in_use("holidays", known.calendar_id, "plan", known.plans)
            return [HolidaysDeleted(calendar_id=known.calendar_id, version=known.latest)]
        case _:
            assert_never(command)


def evolve_holidays(event: HolidayEvent, envelope: Envelope, view: View) -> list[State]:
    match event:
        case HolidaysDefined():
            version = CalendarVersion(envelope.recorded_at, tuple(event.dates))
            return [HolidayCalendar(calendar_id=event.calendar_id, name=event.name, versions=(version,))]
        case HolidaysChanged():
            version = CalendarVersion(envelope.recorded_at, tuple(event.dates))
            known = _known(event.calendar_id, view)
            return [msgspec.structs.replace(known, name=event.name, versions=(*known.versions, version))]
        case HolidaysDeleted():
            return [msgspec.structs.replace(_known(event.calendar_id, view), deleted=True)]
        case _:
            assert_never(event)


def evolve_named_calendars(
    event: PlanDrafted | PlanDraftEdited | PlanVersionPublished, envelope: Envelope, view: View
) -> list[State]:
    """The calendars that a plan begins to name, or names no more. A draft may name one that is not there yet: then it
    counts from its publication, which asks for the calendar."""
    before = view.get(Plan, event.plan_id)
    after = before if isinstance(event, PlanVersionPublished) else with_draft(before, event)
    named = calendars_of(after)
    changed: list[State] = []
    for calendar_id in sorted(calendars_of(before) | named):
        known = view.get(HolidayCalendar, calendar_id)
        if known is None:
            continue
        plans = {*known.plans, event.plan_id} if calendar_id in named else {*known.plans} - {event.plan_id}
        if plans != {*known.plans}:
            changed.append(msgspec.structs.replace(known, plans=tuple(sorted(plans))))
    return changed


def _exists(known: HolidayCalendar) -> Rejection:
    what = "was deleted, and ids are not given again; choose another" if known.deleted else "exists; change its dates"
    return Rejection("holidays_exist", f"{known.calendar_id} {what}", pointer="/id", status=409)


def _known(calendar_id: str, view: View) -> HolidayCalendar:
    known = view.get(HolidayCalendar, calendar_id)
    if known is None:
        raise NeverBegan(f"the holidays {calendar_id} were never defined")
    return known
