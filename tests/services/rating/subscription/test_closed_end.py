"""An end in a period that is closed: the days behind it are credited with the next close, flat prices and usage.

In all it costs what it had cost if the end had been known in time. Amounts are computed by hand.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from services.rating.account.state import Account
from services.rating.lineage import RecordPosition, pack
from services.rating.period.messages import ChargeFixed
from services.rating.rated_usage.by_day import ClosedRow, ClosedUsage, closed_key
from services.rating.rated_usage.messages import UsageRated, UsageTakenBack
from services.rating.subscription.messages import ChangePlan, TerminateSubscription
from services.usage.record.messages import GuidedRecord
from shared.kernel.message import Command
from shared.kernel.outcome import CommandRejected
from shared.kernel.period import Period
from tests.kit.decider import Specification
from tests.services.rating.pricing.random_prices import PARAMETERS
from tests.services.rating.subscription.story import ARREARS, on, other_plan
from tests.services.rating.subscription.test_backdated_end import given_back
from tests.services.rating.world import (
    FLAT,
    OCTETS,
    TIERED,
    account,
    at,
    bill,
    close,
    cycle,
    guided,
    plan,
    subscription,
    used,
)
from tests.services.rating.world import rating as story_of

RowKey = tuple[date, date, str, str, int, date | None]


class Known:
    """A customer since September 1, and what the tables of days hold of closed periods."""

    def __init__(self, *prices: dict[str, Any], now: str = "2026-09-01 12:00", **aggregations: str) -> None:
        plans = (*plan(*prices, aggregations=aggregations), *other_plan({**FLAT, "amount": "30.00"}, OCTETS))
        self.story = story_of(cycle(), *plans, account(), subscription(), now=at(now))
        self.rows: dict[RowKey, list[Any]] = {}
        self.messages = 0
        self.amounts = Decimal(0)

    def use(self, *records: GuidedRecord) -> Known:
        self.messages += 1
        origins = {record.index: ("olt", f"r-{record.started_at}-{record.quantity}") for record in records}
        self.story.when_event(guided(*records, n=self.messages, seq=self.messages, origins=origins))
        for event in self.story.events:
            if isinstance(event, UsageRated):
                late = {one.of: one.billed_in for one in event.late}
                for place, one in enumerate(event.sums):
                    key = (one.period_start, one.day, one.meter, one.plan, one.version, late.get(place))
                    row = self.rows.setdefault(key, [0, [], []])
                    row[0] += one.quantity
                    row[1] += [RecordPosition(event.source, event.usage_seq, index) for index in one.indexes]
        return self

    def close(self) -> list[tuple[Any, ...]]:
        close(self.story)
        self.amounts += sum((c.amount for c in self.story.events if isinstance(c, ChargeFixed)), Decimal(0))
        return bill(self.story)

    def end(self, day: str, now: datetime | None = None, **options: Any) -> Specification:
        """Ask for the end, with the tables as they are."""
        held = self.story.get(Account, "acc-1")
        assert held is not None and held.open_period is not None
        opened, wanted = held.open_period.start, date.fromisoformat(day)
        reached = [period for period in held.closed if period.end > wanted]
        if reached:
            name = closed_key("sub-1", reached[0].start, wanted, opened)
            rows = [self._row(key, row) for key, row in self.rows.items() if reached[0].start <= key[0] < opened]
            self.story.state.keep({ClosedUsage: {name: ClosedUsage(name=name, rows=rows)}})
        self.story.when(on(TerminateSubscription, day, **options), now=now)
        self._project()
        return self.story

    def _row(self, key: RowKey, row: list[Any]) -> ClosedRow:
        quantity, positions, credited = row
        return ClosedRow(
            *key[:5], quantity, len(positions) - len(credited), key[5], _packed(positions), _packed(credited)
        )

    def _project(self) -> None:
        """As the tables take it: what was charged is credited, what was not is in no row any more."""
        for event in self.story.events:
            for one in event.closed if isinstance(event, UsageTakenBack) else ():
                key = (one.period_start, one.day, one.meter, one.plan, one.version, one.billed_in)
                row = self.rows.setdefault(key, [0, [], []])
                row[0] -= one.quantity
                places = [
                    RecordPosition(source, seq, index) for source, seq, indexes in one.behind for index in indexes
                ]
                row[2] += [place for place in places if place not in row[1]]
                row[1] = [place for place in row[1] if place not in places]


def _packed(positions: list[RecordPosition]) -> bytes:
    return b"".join(pack(one.partition, one.seq, [one.record]) for one in positions)


def test_r8_r9_the_days_behind_an_end_in_a_closed_period_are_credited_with_the_next_close() -> None:
    """20.00 a month in advance. September 10 to 30 are 21 of 30 days, 14.00; October comes back whole."""
    line = Known(FLAT)
    assert line.close() == [
        ("recurring", "2026-09-01", "2026-10-01", None, "20.00"),
        ("recurring", "2026-10-01", "2026-11-01", None, "20.00"),
    ]
    line.end("2026-09-10")
    assert line.close() == [
        ("credit", "2026-09-10", "2026-10-01", None, "-14.00"),
        ("credit", "2026-10-01", "2026-11-01", None, "-20.00"),
    ]
    assert line.close() == []
    assert line.amounts == Decimal("6.00")


def test_r8_a_price_in_arrears_comes_back_too() -> None:
    line = Known(ARREARS)
    assert line.close() == [("recurring", "2026-09-01", "2026-10-01", None, "20.00")]
    line.end("2026-09-10")
    assert line.close() == [("credit", "2026-09-10", "2026-10-01", None, "-14.00")]


@pytest.mark.parametrize(
    ("price", "left"),
    [
        ({**FLAT, "proration": "none"}, "0"),
        ({**FLAT, "proration": "full"}, "20.00"),
        ({**FLAT, "proration": "inclusive"}, "6.67"),
        ({**FLAT, "modifiers": {"minimum": "12.00"}}, "12.00"),
    ],
    ids=["none", "full", "inclusive", "minimum"],
)
def test_r9_what_is_left_of_a_closed_period_is_what_its_days_had_cost(price: dict[str, Any], left: str) -> None:
    known = Known(price)
    known.end("2026-09-10")
    known.close()
    late = Known(price)
    late.close()
    late.end("2026-09-10")
    late.close()
    assert known.amounts == late.amounts == Decimal(left)


def test_r34_usage_behind_the_end_is_credited_and_its_records_go_back() -> None:
    """100 units stay; 50 of the 12th, charged 0.50, come back."""
    line = Known(OCTETS)
    line.use(used(100, "2026-09-05 10:00", index=4)).use(used(50, "2026-09-12 10:00", index=1))
    assert line.close() == [("usage", "2026-09-01", "2026-10-01", "150", "1.50")]
    story = line.end("2026-09-10")
    assert given_back(story) == [(2, 2, [(1, "no_subscription")])]
    assert line.close() == [("usage", "2026-09-01", "2026-09-10", "-50", "-0.50")]
    (charge,) = [event for event in story.events if isinstance(event, ChargeFixed)]
    assert (charge.records, charge.retracted) == (0, {"data.octets": 1})
    assert charge.description == "Fiber: Data volume, retracted usage"


def test_what_was_charged_and_what_came_late_of_a_closed_period_come_back_together() -> None:
    line = Known(TIERED)
    line.use(used(60, "2026-09-05 10:00"), used(51, "2026-09-12 10:00", index=1))
    line.close()
    line.use(used(5, "2026-09-13 10:00"))
    line.end("2026-09-10")
    line.close()
    # 10 × 1.50 + 50 × 1.00
    assert line.amounts == Decimal("65.00")


def test_a_record_that_came_late_and_is_not_charged_is_in_no_sum_any_more() -> None:
    line = Known(OCTETS)
    line.close()
    line.use(used(50, "2026-09-12 10:00", index=1))
    story = line.end("2026-09-10")
    (event,) = [event for event in story.events if isinstance(event, UsageTakenBack)]
    assert [(one.quantity, one.credited, one.billed_in) for one in event.closed] == [(50_000_000, 0, date(2026, 10, 1))]
    assert line.close() == []


def test_what_is_measured_beyond_sums_is_taken_back_of_a_closed_period() -> None:
    """The largest of September was 90, at 0.01; before the 10th it was 40."""
    line = Known({**OCTETS, "meter": "ports"}, ports="max")
    line.use(used(40, "2026-09-05 10:00", meter="ports"), used(90, "2026-09-12 10:00", meter="ports", index=1))
    line.close()
    line.end("2026-09-10")
    assert [row[-1] for row in line.close()] == ["-0.50"]


def test_an_earlier_end_takes_back_only_what_the_first_one_left() -> None:
    line = Known(FLAT, OCTETS)
    line.use(used(100, "2026-09-05 10:00"), used(50, "2026-09-12 10:00", index=1), used(9, "2026-09-22 10:00", index=2))
    line.close()
    line.end("2026-09-20")
    story = line.end("2026-09-10")
    behind = Counter(index for _, _, items in given_back(story) for index, _ in items)
    assert behind == {1: 1}
    line.close()
    # 9 of 30 days of 20.00, and 100 units
    assert line.amounts == Decimal("7.00")


def test_a_change_of_a_closed_period_behind_the_end_is_given_back_as_it_was_charged() -> None:
    """20.00 to the 16th and 30.00 since: with an end on the 10th 6.00 are left."""
    line = Known(FLAT)
    line.story.when(on(ChangePlan, "2026-09-16", plan_id="office"))
    line.use(used(100, "2026-09-20 10:00"))
    line.close()
    line.end("2026-09-10")
    line.close()
    assert line.amounts == Decimal("6.00")


def test_two_closed_periods_can_be_reached_within_the_horizon() -> None:
    """September is closed 35 days on November 5."""
    line = Known(FLAT)
    line.close()
    line.close()
    line.end("2026-09-10", now=at("2026-11-04 23:59"))
    line.close()
    assert line.amounts == Decimal("6.00")


def test_r4_r9_a_currency_without_decimals_is_credited_in_whole_units() -> None:
    """1001 yen: September 10 to 30 are 0.7 of it, 700.7, and October comes back whole; 300 are left."""
    line = Known(FLAT)
    yen = {**FLAT, "amount": "1001"}
    opened = replace(account(), currency="JPY")
    line.story = story_of(cycle(), *plan(yen, currency="JPY"), opened, subscription(), now=at("2026-09-01 12:00"))
    line.close()
    line.end("2026-09-10")
    assert [row[-1] for row in line.close()] == ["-701", "-1001"]
    assert line.amounts == 300


def test_r7_days_behind_an_end_over_the_change_of_clocks_are_credited_by_the_second() -> None:
    """October of Paris has 745 hours, 74.50. The 25th to the 31st are 169 of them, for the 25th has 25."""
    line = Known(FLAT)
    paris = {**FLAT, "amount": "74.50", "proration": "seconds"}
    zone, october = {"time_zone": "Europe/Paris"}, Period(date(2026, 10, 1), date(2026, 11, 1))
    line.story = story_of(
        cycle(**zone),
        *plan(paris),
        account("2026-10-01", **zone),
        subscription("2026-10-01", period=october),
        now=at("2026-10-01 12:00"),
    )
    line.close()
    line.end("2026-10-25")
    assert [row[-1] for row in line.close()] == ["-16.90", "-74.50"]
    assert line.amounts == Decimal("57.60")


def test_an_end_before_the_first_closed_period_is_refused_and_ends_in_any_order_come_to_the_earliest() -> None:
    line = Known(FLAT)
    line.close()
    line.end("2026-08-31").then_refused("out_of_bounds", pointer="/effective_on")
    line.end("2026-09-20")
    line.end("2026-09-10")
    line.close()
    assert line.amounts == Decimal("6.00")


def test_an_end_beyond_the_horizon_is_refused_with_the_earliest_day_and_the_remedy() -> None:
    line = Known(FLAT)
    line.close()
    line.close()
    story = line.end("2026-09-10", now=at("2026-11-05 00:00"))
    story.then_refused("period_closed", pointer="/effective_on")
    detail = story.events[0].detail  # type: ignore[attr-defined]
    assert "2026-10-01" in detail and "POST /v1/charges" in detail


def test_usage_that_the_table_does_not_have_yet_asks_for_another_try() -> None:
    line = Known(OCTETS).use(used(50, "2026-09-12 10:00"))
    line.close()
    line.rows.clear()
    line.end("2026-09-10").then_refused("usage_arriving", pointer="/effective_on")


def test_a_minimum_commitment_of_a_closed_period_refuses_the_end_with_the_remedy() -> None:
    line = Known({**OCTETS, "modifiers": {"minimum_commitment": "10.00"}}).use(used(50, "2026-09-12 10:00"))
    line.close()
    line.end("2026-09-10").then_refused("usage_rated", pointer="/effective_on")
    line.end("2026-10-01")
    assert not any(isinstance(event, UsageTakenBack) for event in line.story.events)


def test_other_changes_of_a_closed_period_are_refused_as_before() -> None:
    line = Known(FLAT)
    line.close()
    change: Command = on(ChangePlan, "2026-09-10", plan_id="office")
    line.story.when(change).then_refused("period_closed", pointer="/effective_on")


@pytest.mark.parametrize("model", [model for model in PARAMETERS if model != "capacity"])
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_r16_a_closed_end_costs_in_all_what_the_end_had_cost_known_in_time(model: str, data: st.DataObject) -> None:
    drawn = data.draw(PARAMETERS[model])
    price = {"model": model, "meter": "a", **drawn}
    days = data.draw(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 500)), min_size=1, max_size=12))
    late = data.draw(st.integers(0, len(days)))
    end = data.draw(st.integers(1, 30))
    records = [used(n, f"2026-09-{day:02} 10:00", index=i, meter="a") for i, (day, n) in enumerate(days)]

    known = Known(price, FLAT)
    known.use(*[record for record, (day, _) in zip(records, days, strict=True) if day < end])
    known.story.when(on(TerminateSubscription, f"2026-09-{end:02}"))
    known.close()

    told = Known(price, FLAT)
    told.use(*records[late:])
    told.close()
    told.use(*records[:late])
    told.end(f"2026-09-{end:02}")
    if any(isinstance(event, CommandRejected) for event in told.story.events):
        # Days of service as such were charged: it says so, and nothing has changed.
        told.story.then_refused("usage_rated", pointer="/effective_on")
        return
    told.close()
    assert told.amounts == known.amounts
