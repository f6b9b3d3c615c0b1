"""Billing calendars: defined, renamed; other days, or gone, only while no account uses them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.rating.billing_cycle.decide import REMEDY
from services.rating.billing_cycle.definition import CycleFields
from services.rating.billing_cycle.messages import (
    BillingCycleChanged,
    BillingCycleDefined,
    BillingCycleDeleted,
    ChangeBillingCycle,
    CycleTerms,
    DefineBillingCycle,
    DeleteBillingCycle,
)
from services.rating.billing_cycle.state import BillingCycle, CycleUse
from services.rating.recurring.calendar import cycle_of
from shared.kernel.calendar import EveryDays, midnight, periods
from shared.kernel.errors import Rejection
from shared.kernel.outcome import CommandRejected
from tests.kit.decider import Specification
from tests.services.rating.world import at, cycle, rating, terms


def starts(defined: CycleTerms, day: str, count: int) -> list[str]:
    return [str(period.start) for period in periods(cycle_of(defined), date.fromisoformat(day), count)]


def fields(**given: Any) -> CycleFields:
    return CycleFields.model_validate({"name": "A cycle", "time_zone": "Europe/Paris", **given})


def used(story: Specification, accounts: int, *examples: str) -> Specification:
    """So many accounts of any partition are on the cycle."""
    story.state.keep({CycleUse: {"monthly": CycleUse(cycle_id="monthly", accounts=accounts, examples=examples)}})
    return story


def test_a_cycle_is_defined_once() -> None:
    story = rating().when(DefineBillingCycle(name="Monthly", terms=terms()))
    story.then(BillingCycleDefined(name="Monthly", terms=terms()))
    story.when(DefineBillingCycle(name="Again", terms=terms())).then_refused("billing_cycle_exists", pointer="/id")


def test_a_quarterly_cycle_counts_from_january_unless_told() -> None:
    story = rating().when(DefineBillingCycle(name="Quarterly", terms=terms(frequency="quarter")))
    defined = story.events[0]
    assert isinstance(defined, BillingCycleDefined)
    assert defined.terms.anchor_month == 1


def test_a_cycle_of_days_counts_from_the_day_it_names_or_from_today() -> None:
    story = rating().when(
        DefineBillingCycle(name="Weekly", terms=terms(frequency=EveryDays(7))), now=at("2026-09-02 10:00")
    )
    (defined,) = story.events
    assert isinstance(defined, BillingCycleDefined)
    assert defined.terms.counts_from == date(2026, 9, 2)
    assert starts(defined.terms, "2026-09-10", 2) == ["2026-09-09", "2026-09-16"]


@pytest.mark.parametrize(
    ("given",                                    "day",        "begins"),
    [
        # R10: clamped to the month's end, and back
        ({"anchor_day": 31},                     "2026-01-31", "2026-01-31 2026-02-28 2026-03-31"),
        ({"anchor_day": 29},                     "2028-01-29", "2028-01-29 2028-02-29 2028-03-29"),
        ({"anchor_day": 30},                     "2026-02-15", "2026-01-30 2026-02-28 2026-03-30"),
        ({"frequency": "year", "anchor_day": 29, "anchor_month": 2},
                                                 "2027-06-01", "2027-02-28 2028-02-29 2029-02-28"),
        ({"frequency": "quarter", "anchor_day": 31, "anchor_month": 2},
                                                 "2026-03-01", "2026-02-28 2026-05-31 2026-08-31"),
        # 2026-09-07 is a Monday, 2026-09-06 a Sunday
        ({"frequency": "week"},                  "2026-09-09", "2026-09-07 2026-09-14 2026-09-21"),
        ({"frequency": "week", "anchor_day": 7}, "2026-09-09", "2026-09-06 2026-09-13 2026-09-20"),
        ({"frequency": {"days": 7}, "counts_from": "2026-09-07"},
                                                 "2026-09-09", "2026-09-07 2026-09-14 2026-09-21"),
        # across a leap day
        ({"frequency": {"days": 28}, "counts_from": "2028-02-01"},
                                                 "2028-02-29", "2028-02-29 2028-03-28 2028-04-25"),
    ],
)  # fmt: skip
def test_r10_periods_begin_where_the_cycle_says(given: dict[str, Any], day: str, begins: str) -> None:
    (defined,) = rating().when(DefineBillingCycle(name="A cycle", terms=fields(**given).to_terms("monthly"))).events
    assert isinstance(defined, BillingCycleDefined)
    assert starts(defined.terms, day, 3) == begins.split()


def test_a_week_over_the_end_of_summer_time_has_169_hours() -> None:
    defined = fields(frequency="week", anchor_day=7).to_terms("weekly")
    (week,) = periods(cycle_of(defined), date(2026, 10, 25), 1)
    begin, end = (midnight(day, "Europe/Paris") for day in (week.start, week.end))
    assert (begin, end) == (at("2026-10-24 22:00"), at("2026-10-31 23:00"))
    assert end - begin == at("2026-01-08 01:00") - at("2026-01-01 00:00")


@pytest.mark.parametrize(
    ("given",                                                    "pointer"),
    [
        ({"frequency": "week", "anchor_day": 8},                 "/anchor_day"),
        ({"anchor": "subscription", "anchor_day": 3},            "/anchor_day"),
        ({"anchor": "subscription", "counts_from": "2026-09-07"}, "/counts_from"),
    ],
)  # fmt: skip
def test_days_that_cannot_be_are_refused(given: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Rejection) as refused:
        fields(**given).to_terms("monthly")
    assert refused.value.pointer == pointer


def test_a_month_counts_from_no_day() -> None:
    command = DefineBillingCycle(name="Monthly", terms=fields(counts_from="2026-09-07").to_terms("monthly"))
    rating().when(command).then_refused("invalid", pointer="/counts_from")


def test_a_cycle_in_use_is_renamed_and_keeps_its_days() -> None:
    story = used(rating(cycle()), 2, "acc-1", "acc-2")
    story.when(ChangeBillingCycle(name="On the first", terms=terms()))
    story.then(BillingCycleChanged(name="On the first", terms=terms(), version=2))
    story.when(ChangeBillingCycle(name="On the first", terms=terms(anchor_day=15))).then_refused("cycle_in_use")


def test_a_refusal_says_how_many_use_a_cycle_some_of_them_and_the_remedy() -> None:
    story = used(rating(cycle()), 7, "acc-1", "acc-2").when(DeleteBillingCycle(cycle_id="monthly"))
    (refused,) = story.events
    assert isinstance(refused, CommandRejected)
    assert (refused.code, refused.status) == ("cycle_in_use", 409)
    assert refused.detail == f"accounts that bill by monthly: 7 (acc-1, acc-2, …), so it can't be deleted; {REMEDY}"


def test_a_cycle_that_nobody_uses_gets_other_days_and_goes() -> None:
    story = rating(cycle()).when(ChangeBillingCycle(name="Monthly", terms=terms(anchor_day=15)))
    story.then(BillingCycleChanged(name="Monthly", terms=terms(anchor_day=15), version=2))
    story.when(DeleteBillingCycle(cycle_id="monthly")).then(BillingCycleDeleted(cycle_id="monthly"))
    assert story.get(BillingCycle, "monthly") is None
    story.when(DefineBillingCycle(name="Monthly", terms=terms())).then(cycle())


def test_of_two_edits_at_once_the_second_is_refused() -> None:
    story = rating(cycle()).when(ChangeBillingCycle(name="One", terms=terms()), expected_version=1)
    story.when(ChangeBillingCycle(name="Other", terms=terms()), expected_version=1).then_refused("version_mismatch")
    story.when(DeleteBillingCycle(cycle_id="monthly"), expected_version=1).then_refused("version_mismatch")


def test_what_changes_nothing_leaves_no_event() -> None:
    rating(cycle()).when(ChangeBillingCycle(name="Monthly", terms=terms())).then_nothing()


def test_a_cycle_that_is_not_there_is_told() -> None:
    rating().when(DeleteBillingCycle(cycle_id="monthly")).then_refused("cycle_not_found")
