"""Closing: what a period costs, in which order, and that it happens once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.rating.account.state import Account
from services.rating.meter.messages import MeterKnown
from services.rating.period.messages import ChargeFixed, ClosePeriod, PeriodClosed, PeriodClosing
from services.rating.pricing.engine.price import UnknownModel
from services.rating.rated_usage.state import UsageSum
from services.usage.meter.messages import MeterDefined
from shared.kernel.decider import Due
from shared.kernel.outcome import InputParked
from shared.kernel.period import Period
from tests.kit.decider import Specification
from tests.services.rating.world import (
    FLAT,
    GRACE,
    OCTETS,
    OCTOBER,
    PARIS,
    SEPTEMBER,
    TIERED,
    account,
    at,
    bill,
    close,
    cycle,
    guided,
    plan,
    rating,
    subscription,
    timer_of,
    used,
)


def customer(*prices: dict[str, Any], **options: Any) -> Specification:
    return rating(cycle(), *plan(*prices), account(), subscription(**options))


def test_a_period_closes_with_its_charges_and_opens_the_next() -> None:
    story = customer(OCTETS)
    story.when_event(guided(used(250, "2026-09-05 10:00"), used("0.5", "2026-09-30 23:59", index=1)))

    close(story)

    closing, charge, closed = story.events
    assert closing == PeriodClosing(
        account_id="acc-1",
        period=SEPTEMBER,
        lines=1,
        sum=Decimal("2.51"),
        currency="EUR",
        watermark=at("2026-10-01 01:00"),
    )
    assert isinstance(charge, ChargeFixed)
    assert (charge.quantity, charge.records, charge.amount, charge.unrounded) == (
        Decimal("250.5"),
        2,
        Decimal("2.51"),
        Decimal("2.505"),
    )
    assert (charge.meter, charge.unit, charge.description) == ("data.octets", "octets", "Fiber: Data volume")
    assert closed == PeriodClosed(
        account_id="acc-1", period=SEPTEMBER, lines=1, sum=Decimal("2.51"), currency="EUR", next_period=OCTOBER
    )
    assert story.get(UsageSum, "sub-1") is None


def test_a_line_is_described_by_the_meters_name_and_counts_in_its_unit() -> None:
    texts = {"model": "per_unit", "unit_price": "0.10", "meter": "sms.messages"}
    story = customer(texts)
    story.when_event(MeterDefined(meter_id="sms.messages", unit="message", aggregation="sum", name="Text messages"))
    assert story.events == [MeterKnown(meter_id="sms.messages", name="Text messages", unit="message")]
    story.when_event(guided(used(3, "2026-09-05 10:00", meter="sms.messages")))
    close(story)
    charge = next(event for event in story.events if isinstance(event, ChargeFixed))
    assert (charge.description, charge.unit, charge.quantity) == ("Fiber: Text messages", "message", Decimal(3))


def test_a_meter_that_nobody_named_is_called_by_its_id() -> None:
    story = customer({"model": "per_unit", "unit_price": "0.10", "meter": "sms.messages"})
    story.when_event(guided(used(3, "2026-09-05 10:00", meter="sms.messages")))
    close(story)
    charge = next(event for event in story.events if isinstance(event, ChargeFixed))
    assert (charge.description, charge.unit) == ("Fiber: sms.messages", None)


def test_a_price_whose_model_is_gone_keeps_the_period_open() -> None:
    story = customer({"model": "never_heard_of", "meter": "data.octets"})
    with pytest.raises(UnknownModel):
        close(story)
    known = story.get(Account, "acc-1")
    assert known is not None and known.open_period == SEPTEMBER


def test_a_meter_told_of_twice_is_known_once() -> None:
    story = customer(FLAT)
    told = MeterDefined(meter_id="sms.messages", unit="message", aggregation="sum")
    story.when_event(told)
    assert story.events == [MeterKnown(meter_id="sms.messages", name="sms.messages", unit="message")]
    story.when_event(told)
    assert story.events == []


def test_graduated_tiers_count_from_the_first_unit_of_the_period_r13() -> None:
    story = customer(TIERED)
    story.when_event(guided(used(100, "2026-09-05 10:00"), used(11, "2026-09-06 10:00", index=1)))
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "111", "110.50")]


def test_a_flat_price_in_advance_is_charged_for_the_period_that_begins_at_the_close() -> None:
    story = customer(FLAT)
    assert bill(close(story)) == [
        ("recurring", "2026-09-01", "2026-10-01", None, "20.00"),
        ("recurring", "2026-10-01", "2026-11-01", None, "20.00"),
    ]
    assert bill(close(story)) == [("recurring", "2026-11-01", "2026-12-01", None, "20.00")]


def test_a_flat_price_in_arrears_is_charged_when_its_period_is_over() -> None:
    story = customer({**FLAT, "bill": "arrears"})
    assert bill(close(story)) == [("recurring", "2026-09-01", "2026-10-01", None, "20.00")]
    assert bill(close(story)) == [("recurring", "2026-10-01", "2026-11-01", None, "20.00")]


def test_a_late_start_costs_its_share_of_the_whole_period_r5() -> None:
    story = rating(cycle(), *plan({"model": "flat", "amount": "10.00", "bill": "arrears"}), account("2026-10-01"))
    story.given(subscription("2026-10-18", period=OCTOBER))
    assert bill(close(story)) == [("recurring", "2026-10-18", "2026-11-01", None, "4.52")]


def test_an_anchor_on_the_31st_is_clamped_and_returns_r10() -> None:
    january = Period(date(2026, 1, 31), date(2026, 2, 28))
    story = rating(
        cycle(anchor_day=31),
        *plan({**FLAT, "bill": "arrears"}),
        account("2026-02-01", anchor_day=31),
        subscription("2026-01-31", period=january),
        now=at("2026-02-01 00:00"),
    )
    assert [line[1:3] for _ in range(3) for line in bill(close(story))] == [
        ("2026-01-31", "2026-02-28"),
        ("2026-02-28", "2026-03-31"),
        ("2026-03-31", "2026-04-30"),
    ]


def test_a_subscription_that_ends_is_charged_to_its_end() -> None:
    story = customer({**FLAT, "bill": "arrears"}, end="2026-09-16")
    assert bill(close(story)) == [("recurring", "2026-09-01", "2026-09-16", None, "10.00")]
    assert bill(close(story)) == []


def test_usage_is_priced_by_the_version_in_force_on_its_day() -> None:
    story = rating(
        cycle(),
        *plan(OCTETS),
        *plan({**OCTETS, "unit_price": "0.02"}, effective_from="2026-09-16", version=2),
        account(),
        subscription(),
    )
    story.when_event(guided(used(100, "2026-09-15 23:59"), used(100, "2026-09-16 00:00", index=1)))
    close(story)
    assert bill(story) == [
        ("usage", "2026-09-01", "2026-09-16", "100", "1.00"),
        ("usage", "2026-09-16", "2026-10-01", "100", "2.00"),
    ]
    assert [e.plan_version for e in story.events if isinstance(e, ChargeFixed)] == [1, 2]


def test_a_new_version_credits_what_was_charged_of_the_old_one_r8() -> None:
    story = customer(FLAT)
    close(story)
    story.given(*plan({**FLAT, "amount": "30.00"}, effective_from="2026-10-16", version=2))
    assert bill(close(story)) == [
        ("credit", "2026-10-16", "2026-11-01", None, "-10.32"),
        ("recurring", "2026-10-16", "2026-11-01", None, "15.48"),
        ("recurring", "2026-11-01", "2026-12-01", None, "30.00"),
    ]
    assert bill(close(story)) == [("recurring", "2026-12-01", "2027-01-01", None, "30.00")]


def test_included_units_cover_their_records() -> None:
    story = customer({**OCTETS, "included": "100"})
    story.when_event(guided(used(60, "2026-09-05 10:00"), used(40, "2026-09-06 10:00", index=1)))
    close(story)
    charge = story.events[1]
    assert isinstance(charge, ChargeFixed)
    assert (charge.amount, charge.records, charge.covered_records) == (Decimal("0.00"), 2, 2)

    story.when_event(guided(used("100.5", "2026-10-05 10:00"), n=2))
    close(story)
    charge = story.events[1]
    assert isinstance(charge, ChargeFixed)
    assert (charge.amount, charge.records, charge.covered_records) == (Decimal("0.01"), 1, 0)


def test_a_record_of_nothing_still_has_its_line() -> None:
    story = customer(OCTETS)
    story.when_event(guided(used(0, "2026-09-05 10:00")))
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "0", "0.00")]


def test_a_minimum_commitment_is_trued_up_for_the_days_of_service_r17() -> None:
    price = {**OCTETS, "modifiers": {"minimum_commitment": "50.00"}}
    story = rating(cycle(), *plan(price), account(), subscription("2026-09-16"))
    assert bill(close(story)) == [("true_up", "2026-09-16", "2026-10-01", None, "25.00")]


def test_a_period_without_usage_and_prices_still_closes() -> None:
    story = customer(OCTETS)
    close(story)
    assert [type(e) for e in story.events] == [PeriodClosing, PeriodClosed]
    assert story.events[1] == PeriodClosed(
        account_id="acc-1", period=SEPTEMBER, lines=0, sum=Decimal(0), currency="EUR", next_period=OCTOBER
    )


def test_closing_again_creates_nothing_r12() -> None:
    story = customer(FLAT)
    command = ClosePeriod(account_id="acc-1", period=SEPTEMBER, due_at=timer_of(story).due_at)
    story.when(command, now=at("2026-10-01 01:00"))
    assert len(story.events) == 4
    story.when(command, now=at("2026-10-01 01:00"), command_id="again").then_nothing()


def test_a_timer_that_was_put_off_closes_nothing() -> None:
    story = customer(FLAT)
    stale = timer_of(story).due_at - timedelta(minutes=1)
    story.when(ClosePeriod(account_id="acc-1", period=SEPTEMBER, due_at=stale)).then_nothing()


def test_nothing_closes_while_usage_waits_for_an_operator() -> None:
    story = customer(FLAT)
    due_at = timer_of(story).due_at
    parked = InputParked(
        parking_key="usage/2",
        n=1,
        topic="usage.guided",
        type="usage.GuidedUsage.v2",
        offset=7,
        payload="{}",
        error="bug",
    )
    story.given(parked)
    command = ClosePeriod(account_id="acc-1", period=SEPTEMBER, due_at=due_at)
    story.when(command, now=due_at).then_refused("account_parked")


def test_usage_rated_on_the_day_a_version_is_put_in_force_keeps_its_price() -> None:
    """Version 1 rated the morning, version 2 was published at noon for the same day: both are charged, none twice."""
    story = rating(cycle(), *plan(OCTETS), account(), subscription("2026-09-16"), now=at("2026-09-16 12:00"))
    story.when_event(guided(used(100, "2026-09-16 08:00")))
    story.given(*plan({**OCTETS, "unit_price": "0.02"}, effective_from="2026-09-16", version=2))
    story.when_event(guided(used(100, "2026-09-16 13:00"), n=2))
    assert bill(close(story)) == [
        ("usage", "2026-09-16", "2026-10-01", "100", "1.00"),
        ("usage", "2026-09-16", "2026-10-01", "100", "2.00"),
    ]


def test_the_timer_waits_for_the_collection_grace_after_the_local_end() -> None:
    story = rating(cycle(time_zone=PARIS), *plan(FLAT), account(time_zone=PARIS), subscription())
    timer = timer_of(story)
    assert (timer.gate, timer.due_at) == ("intake", at("2026-09-30 22:00") + GRACE)


def test_a_period_that_was_over_when_it_became_known_waits_from_then() -> None:
    story = rating(cycle(), *plan(OCTETS), account(), now=at("2026-12-24 18:00")).given(subscription())
    assert timer_of(story).due_at == at("2026-12-24 19:00")


def test_a_backlog_closes_one_period_after_the_other() -> None:
    story = rating(cycle(), *plan(OCTETS), account(), now=at("2026-12-24 18:00")).given(subscription())
    story.when_event(guided(used(100, "2026-11-05 10:00"), used(200, "2026-09-05 10:00", index=1)))
    bills, names = [], []
    while (timer := timer_of(story)).due_at <= at("2026-12-24 19:00"):
        names.append(timer.name)
        bills.append((bill(close(story)), timer.due_at))
    assert bills == [
        ([("usage", "2026-09-01", "2026-10-01", "200", "2.00")], at("2026-12-24 19:00")),
        ([], at("2026-12-24 19:00")),
        ([("usage", "2026-11-01", "2026-12-01", "100", "1.00")], at("2026-12-24 19:00")),
    ]
    # A timer's command is known by name and instant: one name for all would close the first period only.
    assert len(set(names)) == 3
    assert timer_of(story).due_at == at("2027-01-01 01:00")


def test_an_account_without_subscriptions_has_no_timer() -> None:
    story = rating(cycle(), account())
    assert story.state.all(Due) == []
    known = story.get(Account, "acc-1")
    assert known is not None and known.open_period is None


def test_lines_stand_in_canonical_order_whatever_order_usage_came_in_r16() -> None:
    records = [
        used(1, "2026-09-05 10:00", subscription_id="sub-2"),
        used(2, "2026-09-06 10:00", subscription_id="sub-1", index=1),
        used(3, "2026-09-04 10:00", subscription_id="sub-2", index=2),
    ]
    seen: set[str] = set()
    for order in permutations(records):
        story = customer(TIERED, subscription_id="sub-2").given(subscription(subscription_id="sub-1"))
        for n, record in enumerate(order, start=1):
            story.when_event(guided(record, n=n))
        close(story)
        seen.add(repr(story.events))
    assert len(seen) == 1


@for_all(
    st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=12).flatmap(
        lambda quantities: st.tuples(st.just(quantities), st.permutations(quantities))
    )
)
def test_out_of_order_usage_gives_the_same_amounts_r16(orders: tuple[list[int], list[int]]) -> None:
    amounts = []
    for quantities in orders:
        story = customer(TIERED)
        for n, micro in enumerate(quantities, start=1):
            story.when_event(guided(used(str(Decimal(micro).scaleb(-6)), "2026-09-05 10:00"), n=n))
        amounts.append(bill(close(story)))
    assert amounts[0] == amounts[1]


@pytest.mark.parametrize(
    ("time_zone", "instant", "period"),
    [
        #  zone               UTC instant          service period of the line
        ("UTC",               "2026-09-30 23:59", ("2026-09-01", "2026-10-01")),
        ("Europe/Paris",      "2026-09-30 21:59", ("2026-09-01", "2026-10-01")),
        ("Europe/Paris",      "2026-09-30 22:00", ("2026-10-01", "2026-11-01")),
        ("America/New_York",  "2026-10-01 03:59", ("2026-09-01", "2026-10-01")),
        ("America/New_York",  "2026-10-01 04:00", ("2026-10-01", "2026-11-01")),
        ("Asia/Kathmandu",    "2026-09-30 18:14", ("2026-09-01", "2026-10-01")),
        ("Asia/Kathmandu",    "2026-09-30 18:15", ("2026-10-01", "2026-11-01")),
        ("Europe/Paris",      "2026-10-31 22:59", ("2026-10-01", "2026-11-01")),
        ("Europe/Paris",      "2026-10-31 23:00", ("2026-11-01", "2026-12-01")),
    ],
)  # fmt: skip
def test_a_record_belongs_to_the_period_of_its_local_day(time_zone: str, instant: str, period: tuple[str, str]) -> None:
    story = rating(cycle(time_zone=time_zone), *plan(OCTETS), account(time_zone=time_zone), subscription())
    story.when_event(guided(used(100, instant)))
    lines = [line[1:3] for _ in range(3) for line in bill(close(story))]
    assert lines == [period]
