"""Calendars of holidays: what was closed keeps the days it was closed with."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from services.rating.holiday_calendar.lookup import holidays_of
from services.rating.holiday_calendar.messages import (
    ChangeHolidays,
    DefineHolidays,
    DeleteHolidays,
    HolidaysChanged,
    HolidaysDefined,
    HolidaysDeleted,
)
from services.rating.plan.messages import PlanDrafted, PlanDraftEdited
from services.rating.pricing import parse_price
from shared.kernel.errors import Rejection
from shared.kernel.outcome import CommandRejected
from tests.services.rating.world import OCTETS, at, plan, rating

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


CALLS = {
    "model": "rated_call",
    "meter": "voice.seconds",
    "holidays": "fr",
    "bands": [{"days": ["holiday"], "unit_price": "0.05", "per_s": "60"}, {"unit_price": "0.10", "per_s": "60"}],
}


def test_a_calendar_that_a_plan_names_is_not_deleted_and_the_refusal_says_which() -> None:
    voice = [msgspec.structs.replace(event, plan_id="voice") for event in plan(CALLS)]
    story = rating(DEFINED, *plan(CALLS), *voice)
    story.when(DeleteHolidays(calendar_id="fr")).then_refused("holidays_in_use")
    refusal = story.events[0]
    assert isinstance(refusal, CommandRejected) and "fiber, voice" in refusal.detail


def test_a_calendar_that_only_a_draft_named_is_deleted_when_the_draft_names_it_no_more() -> None:
    drafted, _ = plan(CALLS)
    story = rating(DEFINED, drafted).when(DeleteHolidays(calendar_id="fr")).then_refused("holidays_in_use")
    assert isinstance(drafted, PlanDrafted)
    edited = PlanDraftEdited(plan_id="fiber", version=1, revision=2, name="Fiber", prices=[parse_price(OCTETS)])
    story.given(edited).when(DeleteHolidays(calendar_id="fr"))
    story.then(HolidaysDeleted(calendar_id="fr", version=1))


def test_a_deleted_calendar_is_none_to_what_is_new_and_keeps_its_days_for_what_was_priced() -> None:
    story = rating(DEFINED).when(DeleteHolidays(calendar_id="fr"))
    story.when(change(ASSUMPTION)).then_refused("holidays_not_found")
    story.when(DefineHolidays(calendar_id="fr", name="France", dates=[])).then_refused("holidays_exist", pointer="/id")
    story.when(DeleteHolidays(calendar_id="fr")).then_refused("holidays_not_found")
    assert holidays_of(story.state)("fr") == {BASTILLE}
    with pytest.raises(Rejection) as unknown:
        holidays_of(story.state, deleted_too=False)("fr")
    assert unknown.value.code == "holidays_not_found"
