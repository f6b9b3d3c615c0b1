"""A candidate beside what was charged: like with like, from the sums that are kept, and never guessed.

Amounts are computed by hand.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rating.plan.messages import PlanDrafted, PlanTerms, PlanVersionPublished
from services.rating.plan.state import Plan
from services.rating.subscription.messages import PlanChanged, QuantityChanged, SubscriptionSuspended
from services.rating.what_if.comparing import ALLOWANCES, BEYOND_SUMS, METER_NOT_RATED, compare
from shared.kernel.calendar import Cycle, period_containing
from shared.kernel.period import Period
from tests.services.rating.allowance.story import allowance, plan_with
from tests.services.rating.pricing.random_prices import NUMBERS, PARAMETERS, optional
from tests.services.rating.what_if.book import Story, candidate, seen
from tests.services.rating.world import FLAT, OCTETS, account, cycle, guided, plan, priced, subscription, used

SEPTEMBER, OCTOBER = Period(date(2026, 9, 1), date(2026, 10, 1)), Period(date(2026, 10, 1), date(2026, 11, 1))

CHANGE: dict[str, Any] = {
    "change_id": "c-1",
    "subscription_id": "sub-1",
    "account_id": "acc-1",
    "effective_on": date(2026, 9, 16),
}


def customer(*prices: dict[str, Any], start: str = "2026-09-01", end: str | None = None) -> Story:
    return Story(cycle(), *plan(*prices), account(), subscription(start, end=end))


def test_usage_of_a_month_is_priced_again_by_the_candidate() -> None:
    story = (
        customer(OCTETS).used(guided(used(250, "2026-09-05 10:00"), used(100, "2026-09-06 10:00", index=1))).closed()
    )
    # 350 at 0.01, and 350 less 100 included at 0.02.
    dearer = candidate({"model": "per_unit", "unit_price": "0.02", "included": "100", "meter": "data.octets"})
    (september,) = story.compared(dearer)
    assert (september.charged, september.candidate, september.difference) == (
        Decimal("3.50"),
        Decimal(5),
        Decimal("1.50"),
    )
    assert september.records == 2


def test_tiers_of_the_candidate_count_from_the_first_unit_of_the_period_r13() -> None:
    story = customer(OCTETS).used(guided(used(100, "2026-09-05 10:00"), used(11, "2026-09-06 10:00", index=1))).closed()
    tiers = [
        {"up_to": "10", "unit_price": "1.5"},
        {"up_to": "110", "unit_price": "1.0"},
        {"up_to": None, "unit_price": "0.5"},
    ]
    graduated = candidate({"model": "graduated", "meter": "data.octets", "tiers": tiers})
    # 10 × 1.50 + 100 × 1.00 + 1 × 0.50
    assert seen(story.compared(graduated)) == [("2026-09-01", "1.11", "115.50")]


def test_a_flat_price_counts_in_the_period_in_which_its_service_begins() -> None:
    """The close of September charges October too; that is October's."""
    story = customer(FLAT).closed(2)
    dearer = candidate({"model": "flat", "amount": "25.00"})
    assert seen(story.compared(dearer)) == [("2026-09-01", "20.00", "25.00"), ("2026-10-01", "20.00", "25.00")]


def test_a_part_of_the_first_month_is_a_part_of_the_candidate_r5() -> None:
    # 15 of 30 days
    story = customer(FLAT, start="2026-09-16").closed()
    dearer = candidate({"model": "flat", "amount": "25.00"})
    assert seen(story.compared(dearer)) == [("2026-09-01", "10.00", "12.50")]


def test_what_is_due_in_arrears_after_the_last_close_is_charged_to_nobody() -> None:
    story = customer(FLAT).closed(2)
    yearly = candidate({"model": "flat", "amount": "120.00", "interval": "year", "bill": "arrears"})
    assert seen(story.compared(yearly)) == [("2026-09-01", "20.00", "0"), ("2026-10-01", "20.00", "0")]


def test_years_before_the_first_period_change_nothing() -> None:
    story = Story(
        cycle(), *plan(FLAT, effective_from="2020-01-01"), account("2026-01-01"), subscription("2026-01-10")
    ).closed(10)
    quarterly = {"model": "flat", "amount": "90.00", "interval": "quarter"}
    some = story.compared(candidate(FLAT, quarterly), OCTOBER)
    assert some == [one for one in story.compared(candidate(FLAT, quarterly)) if one.period == OCTOBER]
    # A quarter begins in October: 20.00 and 90.00.
    assert seen(some) == [("2026-10-01", "20.00", "110.00")]


def test_a_commitment_of_the_candidate_is_made_up_for_r17() -> None:
    story = customer(OCTETS, start="2026-09-16").used(guided(used(1000, "2026-09-20 10:00"))).closed()
    # 15 of 30 days of 50.00 are 25.00; usage is 10.00.
    committed = candidate({**OCTETS, "modifiers": {"minimum_commitment": "50.00"}})
    assert seen(story.compared(committed)) == [("2026-09-01", "10.00", "25.00")]


def test_two_versions_in_a_month_are_one_candidate() -> None:
    story = Story(
        cycle(),
        *plan(OCTETS),
        *plan({**OCTETS, "unit_price": "0.02"}, version=2, effective_from="2026-09-16"),
        account(),
        subscription(),
    )
    story.used(guided(used(100, "2026-09-05 10:00"), used(100, "2026-09-20 10:00", index=1))).closed()
    # 100 at 0.01 and 100 at 0.02; the candidate has all 200 at 0.02.
    assert seen(story.compared(candidate({**OCTETS, "unit_price": "0.02"}))) == [("2026-09-01", "3.00", "4.00")]


def test_what_the_sums_do_not_know_is_not_computed() -> None:
    story = customer(OCTETS).used(guided(used(250, "2026-09-05 10:00"))).closed(2)
    single = candidate({"model": "dynamic", "meter": "data.octets"})
    september, october = story.compared(single)
    assert (september.candidate, september.reason, september.meter) == (None, BEYOND_SUMS, "data.octets")
    # There was nothing in October, and that costs nothing.
    assert (october.candidate, october.reason) == (Decimal(0), None)


def test_usage_of_a_meter_that_nothing_priced_is_not_guessed() -> None:
    story = customer(OCTETS).used(guided(used(250, "2026-09-05 10:00"))).closed()
    calls = candidate(OCTETS, {"model": "per_unit", "unit_price": "0.10", "meter": "voice.seconds"})
    (september,) = story.compared(calls)
    assert (september.candidate, september.reason, september.meter) == (None, METER_NOT_RATED, "voice.seconds")


def test_only_the_days_with_the_plan_are_compared_r8() -> None:
    """On September 16 the subscription goes over to another plan: 15 of 30 days of each."""
    other = PlanDrafted(plan_id="other", version=1, name="Other", currency="EUR", prices=priced(FLAT))
    published = PlanVersionPublished(plan_id="other", version=1, effective_from=date(2026, 1, 1))
    moved = PlanChanged(**CHANGE, plan_id="other", plan_before="fiber")
    story = Story(cycle(), *plan(FLAT), other, published, account(), subscription(), moved).closed()
    dearer = candidate({"model": "flat", "amount": "30.00"})
    assert seen(story.compared(dearer)) == [("2026-09-01", "10.00", "15.00")]


def test_rests_and_quantities_are_the_candidates_too_r57() -> None:
    """Three of them; from September 16 service rests for free."""
    several = QuantityChanged(
        **{**CHANGE, "change_id": "c-0", "effective_on": date(2026, 9, 1)}, quantity=3, quantity_before=1
    )
    rests = SubscriptionSuspended(**CHANGE, billing="free")
    story = Story(cycle(), *plan(FLAT), account(), subscription(), several, rests).closed()
    dearer = candidate({"model": "flat", "amount": "30.00"})
    assert seen(story.compared(dearer)) == [("2026-09-01", "30.00", "45.00")]


def test_a_pinned_version_is_compared_with_the_candidate_all_the_same() -> None:
    pinned = PlanChanged(
        **{**CHANGE, "effective_on": date(2026, 9, 1)}, plan_id="fiber", plan_before="fiber", plan_version=1
    )
    newer = plan({"model": "flat", "amount": "25.00"}, version=2, effective_from="2026-08-01")
    story = Story(cycle(), *plan(FLAT), *newer, account(), subscription(), pinned).closed()
    assert seen(story.compared(story.current())) == [("2026-09-01", "20.00", "25.00")]


def test_usage_that_came_late_counts_in_its_own_period_r34() -> None:
    story = customer(OCTETS).used(guided(used(250, "2026-09-05 10:00"))).closed()
    story.used(guided(used(100, "2026-09-06 10:00"), n=2)).closed()
    assert seen(story.compared(candidate({**OCTETS, "unit_price": "0.02"}))) == [
        ("2026-09-01", "3.50", "7.00"),
        ("2026-10-01", "0", "0"),
    ]


MODIFIERS = optional(
    modifiers=optional(minimum_commitment=NUMBERS, maximum=NUMBERS, free_quantity=NUMBERS),
    rounding=st.just("half_even"),
)
SUMMED = st.sampled_from(["per_unit", "graduated", "volume", "package"]).flatmap(
    lambda model: st.builds(
        lambda terms, more: {"model": model, "meter": "data.octets", **terms, **more}, PARAMETERS[model], MODIFIERS
    )
)
TIME = st.builds(
    lambda amount, rest: {"model": "flat", "amount": amount, **rest},
    NUMBERS,
    optional(bill=st.sampled_from(["advance", "arrears"]), interval=st.sampled_from(["month", "quarter"])),
)
USED = st.lists(st.tuples(st.integers(1, 28), st.integers(9, 11), st.integers(0, 3000)), max_size=6)


@settings(max_examples=60, deadline=None)
@given(
    prices=st.lists(SUMMED | TIME, min_size=1, max_size=3),
    records=USED,
    anchor=st.integers(1, 31),
    start=st.integers(1, 30),
)
def test_the_version_in_force_as_its_own_candidate_changes_nothing(
    prices: list[dict[str, Any]], records: list[tuple[int, int, int]], anchor: int, start: int
) -> None:
    began = f"2026-09-{start:02}"
    first = period_containing(Cycle("month", anchor), date.fromisoformat(began))
    story = Story(
        cycle(anchor_day=anchor),
        *plan(*prices),
        account(began, anchor_day=anchor),
        subscription(began, period=first),
    )
    happened = [
        used(quantity, f"2026-{month:02}-{day:02} 12:00", index=index)
        for index, (day, month, quantity) in enumerate(records)
        if date(2026, month, day) >= date.fromisoformat(began)
    ]
    story.used(guided(*happened)).closed(4)
    compared = story.compared(story.current())
    assert [one.difference for one in compared] == [Decimal(0)] * 4, seen(compared)


def test_r18_the_same_allowances_on_the_same_usage_change_nothing_and_larger_ones_do() -> None:
    """100 a month, what is left is valid for one more: 40 leave 60 for October, where 170 are 10 too many."""
    rule = allowance("100", rollover=1)
    story = Story(cycle(), *plan_with(rule), account(), subscription())
    story.used(guided(used(40, "2026-09-05 10:00"))).closed().used(guided(used(170, "2026-10-05 10:00"), n=2)).closed()
    assert seen(story.compared(story.current())) == [("2026-09-01", "0.00", "0.00"), ("2026-10-01", "10.00", "10.00")]
    larger = msgspec.structs.replace(story.current(), terms=PlanTerms(allowances=(allowance("170"),)))
    assert seen(story.compared(larger)) == [("2026-09-01", "0.00", "0.00"), ("2026-10-01", "10.00", "0.00")]


def test_r18_buckets_from_elsewhere_are_not_guessed() -> None:
    """October alone: what September left of a bucket that rolls over is not known."""
    rolls = allowance("100", rollover=1)
    story = Story(cycle(), *plan_with(rolls), account(), subscription())
    story.used(guided(used(40, "2026-09-05 10:00"))).closed().used(guided(used(170, "2026-10-05 10:00"), n=2)).closed()
    (october,) = story.compared(story.current(), OCTOBER)
    assert (october.candidate, october.reason) == (None, ALLOWANCES)
    shared = msgspec.structs.replace(allowance("100"), shared=True)
    candidate_shared = msgspec.structs.replace(story.current(), terms=PlanTerms(allowances=(shared,)))
    assert [one.reason for one in story.compared(candidate_shared)] == [ALLOWANCES, ALLOWANCES]


def test_r18_usage_that_a_bought_bucket_paid_for_is_not_guessed() -> None:
    story = customer(OCTETS).used(guided(used(250, "2026-09-05 10:00"))).closed()
    bought = replace(story.billed(), buckets={SEPTEMBER.start: {"top-1"}})
    known = story.rating.get(Plan, "fiber")
    assert known is not None
    (september,) = compare(bought, known, story.current(), story.rating.state)
    assert (september.candidate, september.reason, september.meter) == (None, ALLOWANCES, None)
