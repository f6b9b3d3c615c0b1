"""Usage that comes after its period was closed is settled with the next close, as f(total) − f(billed) (R34, R16)."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from services.rating.account.state import Account
from services.rating.period.messages import ChargeFixed
from services.rating.pricing.engine.aggregation import aggregations
from services.rating.rated_usage.state import BilledUsage
from tests.kit.decider import Specification
from tests.services.rating.world import (
    OCTETS,
    OCTOBER,
    SEPTEMBER,
    TIERED,
    account,
    bill,
    close,
    cycle,
    guided,
    plan,
    rating,
    subscription,
    used,
)

COMMITTED = {**OCTETS, "unit_price": "0.10", "modifiers": {"minimum_commitment": "50.00"}}


def customer(*prices: dict[str, Any], aggregations: dict[str, str] | None = None, **options: Any) -> Specification:
    return rating(cycle(), *plan(*prices, aggregations=aggregations), account(), subscription(**options))


def fixed(story: Specification) -> list[ChargeFixed]:
    return [event for event in story.events if isinstance(event, ChargeFixed)]


def test_r34_late_usage_is_charged_with_the_next_close_in_its_own_period() -> None:
    story = customer(OCTETS)
    story.when_event(guided(used(100, "2026-09-05 10:00")))
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "100", "1.00")]

    story.when_event(guided(used(50, "2026-09-30 23:00", index=3), used(7, "2026-10-02 10:00"), n=2))
    assert bill(close(story)) == [
        ("usage", "2026-09-01", "2026-10-01", "50", "0.50"),
        ("usage", "2026-10-01", "2026-11-01", "7", "0.07"),
    ]
    late, october = fixed(story)
    assert (late.settles, late.billing_period, late.records) == (SEPTEMBER, OCTOBER, 1)
    assert late.description == "Fiber: Data volume, late usage"
    assert (october.settles, october.records) == (None, 1)
    assert bill(close(story)) == []


def test_r34_late_usage_goes_on_in_the_tier_that_its_period_had_reached() -> None:
    """8 units in time cost 8 × 1.50 = 12.00; 5 more are 2 × 1.50 + 3 × 1.00 = 6.00, and not 5 × 1.50."""
    story = customer(TIERED)
    story.when_event(guided(used(8, "2026-09-05 10:00")))
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "8", "12.00")]
    story.when_event(guided(used(5, "2026-09-06 10:00"), n=2))
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "5", "6.00")]
    assert [(step.tier, str(step.quantity), str(step.amount)) for step in fixed(story)[0].steps] == [
        ("1", "2", "3.00"),
        ("2", "3", "3.00"),
    ]


def test_r34_several_late_batches_compose_within_a_close_and_over_several() -> None:
    """2 units in time, 1 and 3 late, 6 later still: 10 × 1.50 and 2 × 1.00 = 17.00."""
    story = customer(TIERED)
    amounts: list[list[str]] = []
    for n, quantities in enumerate([(2,), (1, 3), (6,)]):
        for index, quantity in enumerate(quantities):
            story.when_event(guided(used(quantity, f"2026-09-0{n + 1} 1{index}:00"), n=2 * n + index + 1 - (n > 0)))
        close(story)
        amounts.append([str(charge.amount) for charge in fixed(story)])
    assert amounts == [["3.00"], ["6.00"], ["8.00"]]


def test_r34_late_usage_of_a_period_that_had_none_is_charged() -> None:
    story = customer(OCTETS)
    close(story)
    story.when_event(guided(used(100, "2026-09-05 10:00")))
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "100", "1.00")]


def test_r15_a_fee_that_was_charged_for_no_usage_is_not_charged_again() -> None:
    fee = {"model": "graduated", "meter": "data.octets", "tiers": [{"up_to": None, "unit_price": "1", "flat_fee": "5"}]}
    story = customer(fee)
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "0", "5.00")]
    story.when_event(guided(used(2, "2026-09-05 10:00")))
    assert ("usage", "2026-09-01", "2026-10-01", "2", "2.00") in bill(close(story))


def test_r17_late_usage_takes_the_place_of_the_true_up_that_was_charged() -> None:
    """300 units at 0.10 are 30.00, with a true-up of 20.00; 100 more cost 10.00, and the true-up gives 10.00 back."""
    story = customer(COMMITTED)
    story.when_event(guided(used(300, "2026-09-05 10:00")))
    assert bill(close(story)) == [
        ("true_up", "2026-09-01", "2026-10-01", None, "20.00"),
        ("usage", "2026-09-01", "2026-10-01", "300", "30.00"),
    ]
    story.when_event(guided(used(100, "2026-09-06 10:00"), n=2))
    september = [line for line in bill(close(story)) if line[1] == "2026-09-01"]
    assert september == [
        ("true_up", "2026-09-01", "2026-10-01", None, "-10.00"),
        ("usage", "2026-09-01", "2026-10-01", "100", "10.00"),
    ]


def test_r18_late_usage_within_the_included_units_is_a_line_of_zero_that_covers_it() -> None:
    story = customer({**OCTETS, "included": "100"})
    story.when_event(guided(used(60, "2026-09-05 10:00")))
    close(story)
    story.when_event(guided(used(30, "2026-09-06 10:00"), n=2))
    close(story)
    (late,) = fixed(story)
    assert (late.amount, late.records, late.covered_records) == (Decimal("0.00"), 1, 1)


def test_the_version_that_was_in_force_prices_late_usage() -> None:
    story = rating(
        cycle(),
        *plan(OCTETS),
        *plan({**OCTETS, "unit_price": "0.02"}, version=2, effective_from="2026-09-10"),
        account(),
        subscription(),
    )
    close(story)
    story.when_event(guided(used(100, "2026-09-09 10:00"), used(100, "2026-09-10 10:00", index=1)))
    assert bill(close(story)) == [
        ("usage", "2026-09-01", "2026-09-10", "100", "1.00"),
        ("usage", "2026-09-10", "2026-10-01", "100", "2.00"),
    ]


def test_r3_late_lines_round_so_that_all_of_a_period_add_up_to_what_it_costs_at_once() -> None:
    """Thrice 0.5 units at 0.01: 0.005, 0.010 and 0.015 in all, rounded half up 0.01, 0.01 and 0.02."""
    story = customer(OCTETS)
    lines: list[tuple[str, str]] = []
    for n in (1, 2, 3):
        story.when_event(guided(used("0.5", "2026-09-05 10:00"), n=n))
        close(story)
        lines += [(str(charge.amount), str(charge.unrounded.normalize())) for charge in fixed(story)]
    assert lines == [("0.01", "0.005"), ("0.00", "0.005"), ("0.01", "0.005")]


def test_r21_a_level_that_began_in_a_closed_period_is_late_for_it_and_in_time_for_the_open_one() -> None:
    story = customer({**OCTETS, "unit_price": "0.001", "meter": "servers"}, aggregations={"servers": "level"})
    close(story)
    story.when_event(guided(used(4, "2026-09-30 22:00", until="2026-10-01 03:00", meter="servers")))
    assert bill(close(story)) == [
        ("usage", "2026-09-01", "2026-10-01", "28800", "28.80"),
        ("usage", "2026-10-01", "2026-11-01", "43200", "43.20"),
    ]
    assert [(charge.records, charge.settles) for charge in fixed(story)] == [(1, SEPTEMBER), (0, None)]


def test_closed_periods_are_known_as_long_as_usage_may_come_for_them() -> None:
    story = customer(OCTETS)
    story.when_event(guided(used(1, "2026-09-05 10:00")))
    known: list[tuple[list[str], bool]] = []
    for _ in range(3):
        close(story)
        state = story.get(Account, "acc-1")
        assert state is not None
        known.append(([str(period.start) for period in state.closed], story.get(BilledUsage, "sub-1") is not None))
    assert known == [
        (["2026-09-01"], True),
        (["2026-09-01", "2026-10-01"], True),
        (["2026-10-01", "2026-11-01"], False),
    ]


VALUES = sorted(aggregations())
EVENTS = {"model": "percentage", "rate": "1.2", "fixed": "0.30", "free_events": "2", "free_amount": "25"}
BY_TIERS = {
    "model": "graduated",
    "tiers": [{"up_to": "9", "unit_price": "1.115"}, {"up_to": None, "unit_price": "0.5"}],
}
RECORDS = st.lists(
    st.tuples(
        st.sampled_from(VALUES), st.integers(0, 20), st.integers(1, 30), st.integers(0, 23), st.sampled_from("ab")
    ),
    min_size=1,
    max_size=12,
)


def september(batches: list[list[Any]]) -> tuple[dict[str, Decimal], dict[str, int]]:
    """What September cost by meter, and how many records: the first batch in time, others a month later each."""
    prices = [{**(EVENTS if name == "per_record" else BY_TIERS), "meter": f"m.{name}"} for name in VALUES]
    named = {f"m.{name}": name for name in VALUES if name != "sum"}
    story = customer(*prices, aggregations=named)
    amounts, records = dict.fromkeys(named, Decimal(0)), dict.fromkeys(named, 0)
    for n, batch in enumerate(batches, start=1):
        message = guided(
            *(
                used(
                    quantity, f"2026-09-{day:02} {hour:02}:00", until="2026-10-01 00:00", meter=f"m.{name}", index=index
                )
                for index, (name, quantity, day, hour, _) in enumerate(batch)
            ),
            n=n,
            seq=n,
            origins={index: ("olt", identity) for index, (*_, identity) in enumerate(batch)},
        )
        story.when_event(message)
        close(story)
        for charge in fixed(story):
            if charge.period == SEPTEMBER and charge.meter:
                amounts[charge.meter] = amounts.get(charge.meter, Decimal(0)) + charge.amount
                records[charge.meter] = records.get(charge.meter, 0) + charge.records
    return amounts, records


@settings(max_examples=60, deadline=None)
@for_all(RECORDS, st.data())
def test_r34_late_and_in_time_cost_to_the_cent_what_all_in_time_would(records: list[Any], data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(records)), max_size=2)))
    bounds = [0, *cuts, len(records)]
    batches = [records[start:end] for start, end in pairwise(bounds)]
    assert september(batches) == september([records])
