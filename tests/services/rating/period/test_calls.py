"""Calls through the whole flow: rated as they come, priced by stored tables and calendars when their period closes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from services.rating.holiday_calendar.messages import HolidaysChanged, HolidaysDefined
from services.rating.period.messages import ChargeFixed
from services.rating.plan.messages import DraftPlan, PlanVersionPublished, PublishPlanVersion
from services.rating.pricing.calls.rate import Band, CallRate
from services.rating.rate_table.messages import (
    RatesAdded,
    RateTableDefined,
    RateTableVersionDrafted,
    RateTableVersionPublished,
)
from services.rating.rated_usage.messages import UsageRated
from services.usage.quarantine.messages import ReturnUsage
from services.usage.record.messages import GuidedRecord
from shared.kernel.message import Event
from tests.kit.decider import Specification
from tests.services.rating.world import (
    PARIS,
    account,
    at,
    close,
    cycle,
    guided,
    plan,
    priced,
    rating,
    subscription,
    used,
)

CALLS = {
    "model": "rated_call",
    "meter": "voice.seconds",
    "rate_table": "world",
    "connect_fee": "0.05",
    "holidays": "fr",
}
ASSUMPTION = HolidaysDefined(calendar_id="fr", name="France", dates=[date(2026, 9, 15)])


def rate(prefix: str, price: str, **options: Any) -> CallRate:
    return CallRate(prefix, (Band(unit_price=Decimal(price), per_s=Decimal(60)),), **options)


def table(*rates: CallRate, version: int = 1, effective_from: str = "2026-01-01") -> tuple[Event, ...]:
    defined = (RateTableDefined(table_id="world", name="World"),) if version == 1 else ()
    return (
        *defined,
        RateTableVersionDrafted(table_id="world", version=version, rows=len(rates), parts=1, draft_id=f"d{version}"),
        RatesAdded(table_id="world", version=version, part=0, rates=list(rates)),
        RateTableVersionPublished(table_id="world", version=version, effective_from=date.fromisoformat(effective_from)),
    )


def customer(*tables: Event, price: dict[str, Any] = CALLS, time_zone: str = "UTC") -> Specification:
    known = (cycle(time_zone=time_zone), ASSUMPTION, *tables, *plan(price))
    return rating(*known, account(time_zone=time_zone), subscription())


def call(seconds: int, when: str, number: str, *, index: int = 0) -> GuidedRecord:
    return used(seconds, when, index=index, meter="voice.seconds", attributes={"destination": number})


def billed(story: Specification) -> list[tuple[str, list[tuple[str, str | None, str | None, str]]]]:
    """The amount of each usage charge, and its steps: tier, label, calls, amount."""
    charges = [event for event in story.events if isinstance(event, ChargeFixed) and event.kind == "usage"]
    return [(str(c.amount), [(s.tier, s.label, s.count, s.amount) for s in c.steps]) for c in charges]


WORLD = (rate("33", "0.06", name="France"), rate("336", "0.18", name="France mobile"))


def test_calls_of_a_period_are_one_line_explained_by_destination() -> None:
    """0.05 + 0.06 twice, 0.05 + 0.36; the one of no second costs nothing."""
    story = customer(*table(*WORLD)).when_event(
        guided(
            call(60, "2026-09-05 12:00", "+33 1 12 34 56 78", index=1),
            call(60, "2026-09-06 12:00", "0033112345678", index=2),
            call(120, "2026-09-07 12:00", "33612345678", index=3),
            call(0, "2026-09-07 13:00", "33612345678", index=4),
        )
    )
    assert billed(close(story)) == [
        ("0.63", [("33/1/v1", "France 33", "2", "0.22"), ("336/1/v1", "France mobile 336", "1", "0.41")])
    ]
    (charge,) = [event for event in story.events if isinstance(event, ChargeFixed)]
    assert (charge.quantity, charge.records, charge.description) == (Decimal(240), 4, "Fiber: Call time")


def test_r20_a_call_to_nowhere_goes_back_and_is_never_free() -> None:
    story = customer(*table(*WORLD)).when_event(
        guided(call(60, "2026-09-05 12:00", "4930123456", index=1), call(60, "2026-09-05 12:00", "331", index=2))
    )
    (rated,) = [event for event in story.events if isinstance(event, UsageRated)]
    assert sum(len(one.indexes) for one in rated.sums) == 1
    (returned,) = [send.message for send in story.sends if isinstance(send.message, ReturnUsage)]
    assert "no_price" in str(returned)
    assert [amount for amount, _ in billed(close(story))] == ["0.11"]


def test_r21_a_call_over_the_midnight_of_a_new_table_is_cut_there() -> None:
    """From 23:59:30 in Paris: 30 s at 0.06, 30 s at 0.12, one fee."""
    new = table(rate("33", "0.12", name="France"), version=2, effective_from="2026-09-10")
    story = customer(*table(*WORLD), *new, time_zone=PARIS)
    story.when_event(guided(call(60, "2026-09-09 21:59:30", "331")))
    assert billed(close(story)) == [
        ("0.14", [("33/1/v1", "France 33", "1", "0.08"), ("33/1/v2", "France 33", "1", "0.06")])
    ]


def test_r21_a_call_over_the_midnight_of_a_new_plan_version_is_cut_there() -> None:
    """30 s at 0.06 and the fee of 0.05, then 30 s at 0.20."""
    bands = {"model": "rated_call", "meter": "voice.seconds", "bands": [{"unit_price": "0.20", "per_s": "60"}]}
    known = (cycle(), ASSUMPTION, *table(*WORLD), *plan(CALLS), *plan(bands, version=2, effective_from="2026-09-10"))
    story = rating(*known, account(), subscription())
    story.when_event(guided(call(60, "2026-09-09 23:59:30", "331"), call(60, "2026-09-10 12:00", "331", index=1)))
    assert billed(close(story)) == [
        ("0.18", [("33/1/v1", "France 33", "1", "0.08"), ("1/later1", "all destinations", "1", "0.10")]),
        ("0.20", [("1", "all destinations", "1", "0.20")]),
    ]


def test_what_was_rated_stays_priced_where_a_later_version_of_the_table_ends_within_it() -> None:
    """The call was taken when version 1 was all there was; version 2, from midnight on, has no such prefix."""
    story = customer(*table(*WORLD)).when_event(guided(call(60, "2026-09-09 23:59:30", "33612345678")))
    story.given(*table(rate("1", "0.01"), version=2, effective_from="2026-09-10"))
    assert billed(close(story)) == [("0.23", [("336/1/v1", "France mobile 336", "1", "0.23")])]


HOLIDAY_BANDS = {
    "model": "rated_call",
    "meter": "voice.seconds",
    "holidays": "fr",
    "bands": [
        {"days": ["sat", "sun", "holiday"], "unit_price": "0.01", "per_s": "60"},
        {"unit_price": "0.10", "per_s": "60"},
    ],
}


def test_a_day_added_later_does_not_change_what_was_closed() -> None:
    """15 September 2026, a Tuesday, is a holiday: 60 s before it at 0.10, 60 s in it at 0.01; in October none is."""
    story = customer(price=HOLIDAY_BANDS).when_event(guided(call(120, "2026-09-14 23:59", "331")))
    assert billed(close(story)) == [
        ("0.11", [("1", "all destinations, sat sun holiday", "1", "0.01"), ("2", "all destinations", "1", "0.10")])
    ]
    closed = list(story.events)
    added = HolidaysChanged(calendar_id="fr", version=2, name="France", dates=[date(2026, 9, 14), date(2026, 10, 6)])
    story.given(added)
    story.when_event(guided(call(60, "2026-10-06 12:00", "331"), n=2))
    assert [amount for amount, _ in billed(close(story))] == ["0.01"]
    assert [event.amount for event in closed if isinstance(event, ChargeFixed)] == [Decimal("0.11")]


def test_a_plan_names_only_tables_and_calendars_that_are_there() -> None:
    publish = PublishPlanVersion(plan_id="fiber", version=1, effective_from=date(2026, 9, 1))

    def published(*known: Event, currency: str = "EUR") -> Specification:
        story = rating(*known, now=at("2026-09-01 12:00"))
        story.when(DraftPlan(plan_id="fiber", name="Fiber", currency=currency, prices=priced(CALLS)))
        return story.when(publish)

    published(ASSUMPTION).then_refused("rate_table_not_found", pointer="/prices/0/rate_table")
    published(*table(*WORLD)).then_refused("holidays_not_found", pointer="/prices/0/holidays")
    published(ASSUMPTION, *table(*WORLD)[:3]).then_refused("rate_table_unpublished", pointer="/prices/0/rate_table")
    dollars = RateTableDefined(table_id="world", name="World", currency="USD")
    published(ASSUMPTION, dollars, *table(*WORLD)[1:]).then_refused("currency_mismatch", pointer="/prices/0/rate_table")
    assert isinstance(published(ASSUMPTION, *table(*WORLD)).events[0], PlanVersionPublished)


def test_a_call_whose_number_is_hidden_but_for_its_beginning_costs_what_it_always_did() -> None:
    shown = (
        call(60, "2026-09-05 12:00", "33112345678", index=1),
        call(60, "2026-09-06 12:00", "+33612345678", index=2),
    )
    cut = (call(60, "2026-09-05 12:00", "3311234*", index=1), call(60, "2026-09-06 12:00", "+3361234*", index=2))
    bills = [billed(close(customer(*table(*WORLD)).when_event(guided(*calls)))) for calls in (shown, cut)]
    assert bills[0] == bills[1]
    assert [amount for amount, _ in bills[1]] == ["0.34"]


def test_a_call_goes_back_where_a_table_reaches_into_what_is_hidden_of_its_number() -> None:
    """33612345 has a price of its own, and nobody can see any more whether this was it."""
    known = (cycle(), ASSUMPTION, *table(*WORLD, rate("33612345", "1.50")))
    bands = [{"unit_price": "0.10", "per_s": "60"}]
    written = {**CALLS, "rate_table": [{"prefix": prefix, "bands": bands} for prefix in ("33", "33612345")]}
    for prices in (CALLS, written):
        story = rating(*known, *plan(prices), account(), subscription())
        story.when_event(
            guided(call(60, "2026-09-05 12:00", "3361234*", index=1), call(60, "2026-09-05 12:00", "3361299*", index=2))
        )
        (returned,) = [send.message for send in story.sends if isinstance(send.message, ReturnUsage)]
        assert returned.items == [(1, "no_price")]
