"""Billing calendars: defined once, of months, quarters or years."""

from __future__ import annotations

from services.rating.billing_cycle.messages import BillingCycleDefined, DefineBillingCycle
from shared.kernel.calendar import EveryDays
from tests.services.rating.world import rating, terms


def test_a_cycle_is_defined_once() -> None:
    story = rating().when(DefineBillingCycle(name="Monthly", terms=terms()))
    story.then(BillingCycleDefined(name="Monthly", terms=terms()))
    story.when(DefineBillingCycle(name="Again", terms=terms())).then_refused("billing_cycle_exists", pointer="/id")


def test_a_quarterly_cycle_counts_from_january_unless_told() -> None:
    story = rating().when(DefineBillingCycle(name="Quarterly", terms=terms(frequency="quarter")))
    defined = story.events[0]
    assert isinstance(defined, BillingCycleDefined)
    assert defined.terms.anchor_month == 1


def test_a_cycle_of_days_is_unsupported() -> None:
    command = DefineBillingCycle(name="Weekly", terms=terms(frequency=EveryDays(7)))
    rating().when(command).then_refused("unsupported", pointer="/frequency")
