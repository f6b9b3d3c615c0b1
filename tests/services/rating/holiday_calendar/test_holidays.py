"""Calendars of holidays: what was closed keeps the days it was closed with."""

from __future__ import annotations

from datetime import date

import pytest

from services.rating.holiday_calendar.lookup import holidays_of
from services.rating.holiday_calendar.messages import (
    ChangeHolidays,
    DefineHolidays,
    HolidaysChanged,
    HolidaysDefined,
)
from shared.kernel.errors import Rejection
from shared.kernel.outcome import CommandRejected
from tests.services.rating.world import at, rating

BASTILLE, ASSUMPTION = date(2026, 7, 14), date(2026, 8, 15)
DEFINED = HolidaysDefined(calendar_id="fr", name="France", dates=[BASTILLE])


def change(*dates: date) -> ChangeHolidays:
    return ChangeHolidays(calendar_id="fr", name="France", dates=list(dates))


def test_a_calendar_is_defined_once_its_days_in_order() -> None:
    dates = [ASSUMPTION, BASTILLE, BASTILLE]
    story = rating().when(DefineHolidays(calendar_id="fr", name="France", dates=dates))
    story.then(HolidaysDefined(calendar_id="fr", name="France", dates=[BASTILLE, ASSUMPTION]))
    story.when(DefineHolidays(calendar_id="fr", name="France", dates=[])).then_refused("holidays_exist", pointer="/id")


def test_a_change_is_a_version_and_nothing_where_nothing_changes() -> None:
    story = rating(DEFINED).when(change(BASTILLE)).then_nothing()
    story.when(change(BASTILLE, ASSUMPTION))
    story.then(HolidaysChanged(calendar_id="fr", version=2, name="France", dates=[BASTILLE, ASSUMPTION]))
    story.when(change(BASTILLE), expected_version=1)
    refusal = story.events[0]
    assert isinstance(refusal, CommandRejected) and refusal.status == 412
    rating().when(change(BASTILLE)).then_refused("holidays_not_found")


def test_a_day_added_later_was_none_before() -> None:
    story = rating(now=at("2026-06-01 12:00")).given(DEFINED)
    story.when(change(BASTILLE, ASSUMPTION), now=at("2026-09-01 12:00"))
    assert holidays_of(story.state)("fr") == {BASTILLE, ASSUMPTION}
    assert holidays_of(story.state, known_at=at("2026-08-31 23:00"))("fr") == {BASTILLE}
    assert holidays_of(story.state, known_at=at("2026-01-01 00:00"))("fr") == {BASTILLE}
    with pytest.raises(Rejection) as unknown:
        holidays_of(story.state)("de")
    assert (unknown.value.code, unknown.value.pointer) == ("holidays_not_found", "/holidays")
