"""Rated usage retracted and restored: the sums, the bill and the credit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.rating.period.messages import ChargeFixed
from services.rating.rated_usage.state import UsageSum
from services.rating.usage_retraction.state import WAITING, WaitingRetractions
from services.usage.record.messages import GuidedRecord, GuidedRetraction
from services.usage.retraction.messages import SettleRetraction
from shared.kernel.decider import Send
from tests.services.rating.allowance.story import allowance, plan_with
from tests.services.rating.usage_retraction.retracting import Line
from tests.services.rating.world import OCTETS, TIERED, at, close, used

PER_UNIT = {"model": "per_unit", "unit_price": "0.5"}
PRICES: tuple[dict[str, Any], ...] = (
    TIERED,
    {**PER_UNIT, "meter": "messages"},
    {**PER_UNIT, "meter": "ports"},
    {**PER_UNIT, "meter": "seats"},
    {**PER_UNIT, "meter": "users"},
    {"model": "per_unit", "unit_price": "0.0001", "meter": "servers"},
    {**PER_UNIT, "meter": "rate"},
    {"model": "percentage", "rate": "1.5", "fixed": "0.10", "free_events": "2", "meter": "topups"},
)
AGGREGATIONS = {
    "messages": "count",
    "ports": "max",
    "seats": "last",
    "users": "unique",
    "servers": "level",
    "rate": "percentile",
    "topups": "per_record",
}
METERS = ("data.octets", *AGGREGATIONS)


def amounts(charges: list[ChargeFixed]) -> list[str]:
    return [str(charge.amount) for charge in charges]


def test_a_retracted_record_leaves_the_sums_as_if_it_had_never_come() -> None:
    line, never = Line(OCTETS), Line(OCTETS)
    kept, gone = used(500, "2026-09-05 10:00"), used(300, "2026-09-05 11:00", index=1)
    line.comes(kept, 7)
    never.comes(kept, 7)
    line.comes(gone, 8)
    event = line.retract(gone, 8)
    assert [(s.quantity, s.step, s.indexes) for s in event.sums] == [(300_000_000, "withdrawn", [0])]
    assert line.story.get(UsageSum, "sub-1") == never.story.get(UsageSum, "sub-1")
    assert amounts(line.close()) == amounts(never.close()) == ["5.00"]


def test_usage_is_told_what_has_become_of_its_retraction() -> None:
    line, record = Line(OCTETS), used(500, "2026-09-05 10:00")
    line.comes(record, 7)
    line.retract(record, 7)
    told = SettleRetraction(seq=101, places=[(7, 0)], refused=[])
    assert line.story.sends == [Send(told, to="usage", partition=2)]


def test_a_record_that_no_price_covers_is_retracted_without_a_sum() -> None:
    line, record = Line(OCTETS), used(500, "2026-09-05 10:00", meter="other")
    line.comes(record, 7)
    assert (line.retract(record, 7).sums, line.retract(record, 7, restored=True).sums) == ([], [])


def test_what_is_retracted_after_the_close_is_credited_with_the_next_r34() -> None:
    line = Line(OCTETS)
    kept, gone = used(500, "2026-09-05 10:00"), used(300, "2026-09-06 10:00", index=1)
    line.comes(kept, 7)
    line.comes(gone, 8)
    assert amounts(line.close()) == ["8.00"]
    event = line.retract(gone, 8)
    assert [(s.step, s.billed_in) for s in event.sums] == [("credited", date(2026, 10, 1))]
    (credit,) = line.close()
    assert (str(credit.amount), credit.records, credit.retracted) == ("-3.00", 0, {"data.octets": 1})
    assert credit.settles is not None and credit.settles.start == date(2026, 9, 1)
    assert credit.description == "Fiber: Internet traffic, retracted usage" or "retracted usage" in credit.description
    assert line.close() == []


def test_a_credit_that_is_undone_before_it_is_charged_leaves_nothing_on_the_bill() -> None:
    line, record = Line(OCTETS), used(300, "2026-09-06 10:00")
    line.comes(record, 7)
    line.close()
    line.retract(record, 7)
    assert [s.step for s in line.retract(record, 7, restored=True).sums] == ["credit_undone"]
    assert line.close() == []


def test_a_record_that_was_credited_is_charged_again_when_it_is_restored() -> None:
    line, record = Line(OCTETS), used(300, "2026-09-06 10:00")
    line.comes(record, 7)
    line.close()
    line.retract(record, 7)
    assert amounts(line.close()) == ["-3.00"]
    assert [s.step for s in line.retract(record, 7, restored=True).sums] == ["charged_again"]
    assert [s.step for s in line.retract(record, 7).sums] == ["withdrawn"]
    assert [s.step for s in line.retract(record, 7, restored=True).sums] == ["put_back"]
    (again,) = line.close()
    assert (str(again.amount), again.records, again.retracted) == ("3.00", 1, {})


def test_it_is_too_late_35_days_after_the_end_of_the_period_and_the_record_stays_r34() -> None:
    line, record = Line(OCTETS), used(300, "2026-09-06 10:00")
    line.comes(record, 7)
    line.close()
    line.close()
    line.story.now = at("2026-11-06 00:00")
    event = line.retract(record, 7)
    assert (event.sums, event.refused) == ([], [(0, "too_late")])
    (told,) = line.story.sends
    assert isinstance(told.message, SettleRetraction) and told.message.refused == [(7, 0, "too_late")]


def test_a_record_that_nobody_has_the_service_for_any_more_is_not_restored() -> None:
    line, record = Line(OCTETS), used(300, "2026-08-31 10:00")
    line.comes(record, 7)
    assert line.retract(record, 7).refused == []
    assert line.retract(record, 7, restored=True).refused == [(0, "no_subscription")]


def test_no_period_closes_while_a_retraction_waits() -> None:
    line, record = Line(OCTETS), used(300, "2026-09-06 10:00")
    line.comes(record, 7)
    line.story.when_event(GuidedRetraction(source=2, seq=50, places=[(7, 0)], records=[record]))
    waiting = line.story.get(WaitingRetractions, WAITING)
    assert waiting is not None and waiting.count == 1
    close(line.story).then_refused("usage_arriving")


def test_a_bucket_pays_for_what_is_left_after_a_retraction_r18() -> None:
    line = Line(given=plan_with(allowance("400")))
    one, two = used(500, "2026-09-05 10:00"), used(300, "2026-09-06 10:00", index=1)
    line.comes(one, 7)
    line.comes(two, 8)
    assert amounts(line.close()) == ["400.00"]
    # 500 are left, of which the bucket pays 400 still; then none.
    line.retract(two, 8)
    line.retract(one, 7)
    assert amounts(line.close()) == ["-400.00"]
    # What comes back is within the bucket, and on the bill with nothing to pay.
    line.retract(two, 8, restored=True)
    assert amounts(line.close()) == ["0.00"]


Story = list[tuple[str, int]]
QUANTITIES = st.integers(0, 40)


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[GuidedRecord], Story]:
    """Records of September and October of all meters, and in which order they come, go, come back and are billed."""
    records = [
        used(
            draw(QUANTITIES),
            f"2026-{draw(st.sampled_from(['09', '10']))}-{draw(st.integers(1, 29)):02} 10:00",
            index=index,
            meter=draw(st.sampled_from(METERS)),
            attributes={"user_id": draw(st.sampled_from("ab"))},
        )
        for index in range(draw(st.integers(1, 5)))
    ]
    there: dict[int, bool | None] = dict.fromkeys(range(len(records)))
    story: Story = []
    for _ in range(draw(st.integers(1, 14))):
        what = draw(st.integers(-1, len(records) - 1))
        if what < 0:
            story += [("close", 0)] if story.count(("close", 0)) < 2 else []
        elif there[what] is None:
            there[what] = True
            story.append(("comes", what))
        else:
            story.append(("retract" if there[what] else "restore", what))
            there[what] = not there[what]
    return records, story


@settings(max_examples=150, deadline=None)
@given(stories())
def test_any_order_of_records_retractions_and_restores_bills_those_that_are_left_r16(
    drawn: tuple[list[GuidedRecord], Story],
) -> None:
    records, story = drawn
    line, left = (Line(*PRICES, aggregations=AGGREGATIONS) for _ in range(2))
    there: set[int] = set()
    for what, number in story:
        match what:
            case "comes":
                line.comes(records[number], number)
                there.add(number)
            case "retract":
                line.retract(records[number], number)
                there.remove(number)
            case "restore":
                line.retract(records[number], number, restored=True)
                there.add(number)
            case _:
                line.close()
    for number in sorted(there):
        left.comes(records[number], number)
    while line.closes < 3:
        line.close()
    for _ in range(3):
        left.close()
    assert _without_zero(line.total()) == _without_zero(left.total())


def _without_zero(totals: dict[int, Decimal]) -> dict[int, Decimal]:
    return {price: amount for price, amount in totals.items() if amount}
