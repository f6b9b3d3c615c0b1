"""A change of plan for days that are over: what was used on them is priced as had the plan been there from that day.

Whether a price looks at sums, at the largest or at every record, a customer who should have had another plan since the
3rd is billed what he would have been billed had somebody known on the 3rd.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rating.account.state import Account
from services.rating.period.live import live_spend
from services.rating.period.messages import ChargeFixed
from services.rating.plan.messages import PlanVersionPublished
from services.rating.pricing import parse_price
from services.rating.pricing.engine.aggregation import SUM
from services.rating.rated_usage.by_day import DayOfUsage, UsageByDay, by_day_key
from services.rating.rated_usage.messages import UsageMoved, UsageRated
from services.rating.subscription.messages import ChangePlan, PlanChanged
from services.usage.record.messages import GuidedRecord, GuidedUsage
from shared.kernel.message import Event
from shared.kernel.outcome import CommandRejected
from shared.kernel.period import Period
from tests.kit.decider import Specification
from tests.services.rating.period.test_bill_is_the_quote import JUNE, OWN, WITHOUT_SHRINKING, message
from tests.services.rating.pricing.random_prices import PARAMETERS, RECORDS
from tests.services.rating.subscription.story import on, other_plan
from tests.services.rating.world import (
    OCTETS,
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
    used,
)

DEAR = {**OCTETS, "unit_price": "0.02"}


class Line:
    """A customer on Fiber since the first of a month, and what the table of days would hold of his usage."""

    def __init__(self, before: Sequence[Event], after: Sequence[Event], period: Period = SEPTEMBER) -> None:
        start = period.start.isoformat()
        subscribed = subscription(start, period=period)
        now = at(f"{start} 12:00") + timedelta(days=19)
        self.story = rating(cycle(), *before, *after, account(start), subscribed, now=now)
        self.start = period.start
        self.rows: dict[tuple[Any, ...], tuple[int, int]] = {}
        self.messages = 0

    def use(self, *records: GuidedRecord) -> Line:
        origins = {record.index: ("olt", f"r-{record.started_at}-{record.quantity}") for record in records}
        self.messages += 1
        return self.take(guided(*records, n=self.messages, origins=origins))

    def take(self, message: GuidedUsage) -> Line:
        self.story.when_event(message)
        for event in self.story.events:
            if isinstance(event, UsageRated):
                for one in event.sums:
                    key = (one.period_start, one.day, one.meter, one.plan, one.version)
                    self._add(key, one.quantity, len(one.indexes))
        return self

    def change(self, day: str, plan_id: str = "office") -> Specification:
        """Ask for the plan from that day on, with the table as it is."""
        self.keep_days()
        self.story.when(on(ChangePlan, day, plan_id=plan_id))
        for event in self.story.events:
            if isinstance(event, UsageMoved):
                for one in event.moved:
                    before = (one.period_start, one.day, one.meter, one.plan_before, one.version_before)
                    assert self.rows.pop(before) == (one.quantity, one.records)
                    self._add((*before[:3], one.plan, one.version), one.quantity, one.records)
        return self.story

    def keep_days(self) -> None:
        """The table as it is."""
        name = by_day_key("sub-1", self.start)
        days = [DayOfUsage(*(*key, *counted)) for key, counted in sorted(self.rows.items())]
        self.story.state.keep({UsageByDay: {name: UsageByDay(name=name, days=days)}})

    def _add(self, key: tuple[Any, ...], quantity: int, records: int) -> None:
        held = self.rows.get(key, (0, 0))
        self.rows[key] = (held[0] + quantity, held[1] + records)

    def unbilled(self) -> str:
        held = self.story.get(Account, "acc-1")
        assert held is not None and held.open_period is not None
        return str(live_spend(held, held.open_period.end - timedelta(days=1), self.story.state).amount)


def _fiber(*prices: dict[str, Any], **aggregations: str) -> tuple[Event, ...]:
    return plan(*prices, aggregations=aggregations)


def _office(*prices: dict[str, Any], **aggregations: str) -> tuple[Event, ...]:
    drafted, published = other_plan(*prices)
    return drafted, PlanVersionPublished(
        plan_id="office", version=1, effective_from=published.effective_from, aggregations=aggregations
    )


def test_r16_usage_since_a_backdated_change_is_priced_by_the_new_plan() -> None:
    line = Line(_fiber(OCTETS), _office(DEAR))
    line.use(used(100, "2026-09-15 10:00"), used(30, "2026-09-02 10:00", index=1))
    story = line.change("2026-09-03")
    assert [type(event) for event in story.events[:2]] == [PlanChanged, UsageMoved]
    assert line.unbilled() == "2.30"
    assert bill(close(story)) == [
        ("usage", "2026-09-01", "2026-09-03", "30", "0.30"),
        ("usage", "2026-09-03", "2026-10-01", "100", "2.00"),
    ]


def test_r16_tiers_of_the_new_plan_count_what_was_used_before_the_change_was_known() -> None:
    line = Line(_fiber(OCTETS), _office({**TIERED, "meter": "data.octets"}))
    line.use(used(100, "2026-09-10 10:00"))
    line.change("2026-09-03")
    line.use(used(11, "2026-09-21 10:00"))
    assert bill(close(line.story)) == [("usage", "2026-09-03", "2026-10-01", "111", "110.50")]


def test_a_change_back_gives_the_first_bill() -> None:
    line = Line(_fiber(OCTETS), _office(DEAR))
    line.use(used(100, "2026-09-15 10:00"))
    line.change("2026-09-03")
    line.change("2026-09-03", plan_id="fiber")
    assert bill(close(line.story)) == [("usage", "2026-09-01", "2026-10-01", "100", "1.00")]


def test_usage_of_the_batch_that_the_table_does_not_have_yet_asks_for_another_try() -> None:
    line = Line(_fiber(OCTETS), _office(DEAR))
    line.use(used(100, "2026-09-15 10:00"))
    line.rows.clear()
    line.change("2026-09-03").then_refused("usage_arriving", pointer="/effective_on")


def test_usage_that_the_new_plan_does_not_price_refuses_the_days_before_today() -> None:
    line = Line(_fiber(OCTETS, {**OCTETS, "meter": "data.octets.in"}), _office(DEAR))
    line.use(used(1, "2026-09-15 10:00", meter="data.octets.in"))
    line.change("2026-09-03").then_refused("usage_rated", pointer="/effective_on")
    line.change("2026-09-16")
    assert isinstance(line.story.events[0], PlanChanged)


def test_samples_that_were_never_kept_refuse_a_percentile_for_past_days() -> None:
    line = Line(_fiber({**OCTETS, "meter": "ports"}), _office(P95))
    line.use(used(1, "2026-09-15 10:00", meter="ports"))
    line.change("2026-09-03").then_refused("usage_rated", pointer="/effective_on")


def test_r20_a_call_that_the_new_plan_has_no_price_for_refuses_its_day() -> None:
    line = Line(_fiber(_calls("33", "44")), _office(_calls("33")))
    line.use(used(60, "2026-09-15 10:00", meter="voice.seconds", attributes={"destination": "4420"}))
    line.change("2026-09-03").then_refused("usage_rated", pointer="/effective_on")
    line.change("2026-09-16")
    assert isinstance(line.story.events[0], PlanChanged)


def test_r12_usage_of_closed_periods_stays_where_it_was_charged() -> None:
    line = Line(_fiber(OCTETS), _office(DEAR))
    line.use(used(100, "2026-09-15 10:00"))
    close(line.story)
    story = line.story.when(on(ChangePlan, "2026-09-03", plan_id="office"))
    story.then_refused("period_closed", pointer="/effective_on")
    (refused,) = [event for event in story.events if isinstance(event, CommandRejected)]
    assert "/v1/reratings" in refused.detail


# -- every model -------------------------------------------------------------------------------------------------------

P95 = {"model": "percentile", "meter": "ports", "percentile": "95", "sample_s": "300", "unit_price": "2"}


def _calls(*prefixes: str, cents: str = "0.12") -> dict[str, Any]:
    bands = [{"unit_price": cents, "per_s": "60"}]
    table = [{"prefix": prefix, "name": prefix, "bands": bands} for prefix in prefixes]
    return {"model": "rated_call", "meter": "voice.seconds", "rate_table": table}


def _priced(model: str, drawn: dict[str, Any]) -> dict[str, Any]:
    return {"model": model, **({} if model == "capacity" else {"meter": "a"}), **drawn}


def _own(price: dict[str, Any]) -> dict[str, str]:
    """How meters aggregate that have something of their own."""
    measures = parse_price(price).measures
    return {one.meter or "": one.aggregation or SUM for one in measures if one.aggregation in OWN}


def _lines(story: Specification) -> list[tuple[Any, ...]]:
    return [
        (one.plan_id, one.kind, one.period, one.amount, one.unrounded, one.quantity, one.records, one.steps)
        for one in close(story).events
        if isinstance(one, ChargeFixed)
    ]


@pytest.mark.parametrize("model", PARAMETERS)
@settings(max_examples=15, phases=WITHOUT_SHRINKING)
@given(data=st.data())
def test_r16_a_plan_known_late_bills_what_it_had_billed_known_in_time(model: str, data: st.DataObject) -> None:
    before, after = (_priced(model, data.draw(PARAMETERS[model])) for _ in range(2))
    records = data.draw(RECORDS)
    cut = data.draw(st.integers(0, len(records)))
    day = f"2026-06-{data.draw(st.integers(1, 19)):02}"
    # Meters are what they are for both plans.
    own = {**_own(before), **_own(after)}
    messages = [
        message(n, [record.source if model == "capacity" else "a" for record in some], some)
        for n, some in enumerate((records[:cut], records[cut:]), start=1)
    ]

    def line() -> Line:
        return Line(_fiber(before, **own), _office(after, **own), JUNE)

    late = line().take(messages[0])
    late.change(day)
    if any(isinstance(event, CommandRejected) for event in late.story.events):
        # It says of which day and why, and nothing has changed.
        late.story.then_refused("usage_rated", pointer="/effective_on")
        return
    in_time = line()
    in_time.change(day)
    for one in messages:
        in_time.take(one)
    late.take(messages[1])
    assert late.unbilled() == in_time.unbilled()
    assert _lines(late.story) == _lines(in_time.story)
