"""What a plan would cost, month after month: the sum of its prices' quotes. Amounts are computed by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from services.rating.allowance.messages import Allowance, Rollover
from services.rating.plan.compare import Side
from services.rating.plan.messages import NO_TERMS, PlanTerms
from services.rating.plan.simulation import SimulationBody, simulate
from services.rating.plan.summary import summaries
from shared.kernel.errors import Rejection

MONTHLY = {"model": "flat", "amount": "29.90", "interval": "month"}
QUARTERLY = {"model": "flat", "amount": "15.00", "interval": "quarter"}
ARREARS = {"model": "flat", "amount": "5.00", "interval": "month", "bill": "arrears"}
VOLUME = {"model": "per_unit", "unit_price": "0.10", "unit_size": "1000", "included": "2000", "meter": "data.octets"}
CALLS = {"model": "per_unit", "unit_price": "0.02", "meter": "voice.seconds"}


def fiber(*prices: dict[str, Any]) -> Side:
    return Side(plan_id="fiber", version=2, name="Fiber", currency="EUR", prices=prices, terms=NO_TERMS)


def simulated(plan: Side, start: str = "2026-06-01", end: str = "2026-07-01", **asked: Any) -> dict[str, Any]:
    body = SimulationBody.model_validate({"period": {"start": start, "end": end}, **asked})
    return simulate(plan, body, summaries(plan.prices, plan.currency, {}))


def lines(answer: dict[str, Any], month: int = 0) -> list[tuple[str, str, str]]:
    return [(line["price_index"], line["kind"], line["amount"]) for line in answer["months"][month]["lines"]]


def test_a_month_is_the_quotes_of_all_prices() -> None:
    # 29.90, and of 5,000 octets 3,000 beyond the included 2,000: 3 × 0.10; 100 seconds at 0.02
    answer = simulated(
        fiber(MONTHLY, VOLUME, CALLS), quantities={"data.octets": "5000", "voice.seconds": "100", "sms": "9"}
    )
    assert lines(answer) == [("0", "recurring", "29.90"), ("1", "usage", "0.30"), ("2", "usage", "2.00")]
    assert answer["amount"] == {"amount": "32.20", "currency": "EUR"}
    assert answer["months"][0]["lines"][0]["price"] == "€29.90 a month"


def test_prices_for_time_stand_in_the_month_in_which_they_fall_due() -> None:
    # in advance: each month's on its first day, the quarter's on June 1 and September 1; in arrears: as each month ends
    answer = simulated(fiber(MONTHLY, QUARTERLY, ARREARS), months=4)
    assert [lines(answer, month) for month in range(4)] == [
        [("0", "recurring", "29.90"), ("1", "recurring", "15.00"), ("2", "recurring", "5.00")],
        [("0", "recurring", "29.90"), ("2", "recurring", "5.00")],
        [("0", "recurring", "29.90"), ("2", "recurring", "5.00")],
        [("0", "recurring", "29.90"), ("1", "recurring", "15.00"), ("2", "recurring", "5.00")],
    ]
    # 4 × 34.90 + 2 × 15.00
    assert answer["amount"]["amount"] == "169.60"
    assert [month["period"]["start"].month for month in answer["months"]] == [6, 7, 8, 9]


def test_quantities_are_used_again_in_every_month() -> None:
    answer = simulated(fiber(CALLS), months=3, quantities={"voice.seconds": "100"})
    assert [lines(answer, month) for month in range(3)] == [[("0", "usage", "2.00")]] * 3


def test_records_are_priced_as_in_a_quote() -> None:
    records = [{"meter": "voice.seconds", "quantity": "60"}, {"meter": "voice.seconds", "quantity": "40"}]
    assert simulated(fiber(CALLS, VOLUME), records=records)["amount"]["amount"] == "2.00"


def test_what_is_paid_once_stands_in_the_first_month() -> None:
    answer = simulated(fiber({"model": "one_time", "amount": "49.00"}, MONTHLY), months=2)
    assert [lines(answer, month) for month in range(2)] == [
        [("0", "one_time", "49.00"), ("1", "recurring", "29.90")],
        [("1", "recurring", "29.90")],
    ]


def test_a_quantity_that_a_price_cannot_take_is_refused_by_its_meter() -> None:
    level = {"model": "time_weighted", "unit_price": "1", "meter": "disk"}
    with pytest.raises(Rejection) as no:
        simulated(fiber(MONTHLY, level), quantities={"voice.seconds": "1", "disk": "5"})
    assert {refusal.pointer for refusal in no.value.all} == {"/quantities/disk"}


def test_r5_a_cycle_that_begins_later_in_the_month_prorates_the_first_part() -> None:
    # from 16 June with an anchor on the first: 15 of 30 days, 14.95, and then July
    answer = simulated(fiber(MONTHLY), "2026-06-16", "2026-08-01", cycle={"anchor_day": 1})
    assert lines(answer) == [("0", "recurring", "14.95"), ("0", "recurring", "29.90")]


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"months": 2, "records": [{"quantity": "1"}]},           "/months"),
        ({"quantities": {}, "records": [{"quantity": "1"}]},      "/quantities"),
        ({"months": 2, "cycle": {"anchor_day": 15}},              "/period"),
    ],
)  # fmt: skip
def test_a_contradiction_is_refused_at_its_field(asked: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Rejection) as no:
        simulated(fiber(CALLS), **asked)
    assert no.value.pointer == pointer


def test_r18_a_simulation_includes_what_the_plan_does_and_carries_what_is_left() -> None:
    """100 a month, what is left is valid for one more: 70, 70 and 70 of calls at 0.02.

    June leaves 30 for July, which pays them first, as both end with July, and leaves 60: nothing costs anything.
    With 150 a month 50 of each are priced: 1.00.
    """
    rule = Allowance(id="calls", meter="voice.seconds", quantity=Decimal(100), rollover=Rollover(periods=1))
    plan = msgspec.structs.replace(fiber(CALLS), terms=PlanTerms(allowances=(rule,)))
    assert simulated(plan, months=3, quantities={"voice.seconds": "70"})["amount"]["amount"] == "0.00"
    answer = simulated(plan, months=2, quantities={"voice.seconds": "150"})
    assert [lines(answer, month) for month in range(2)] == [[("0", "usage", "1.00")], [("0", "usage", "1.00")]]
    (line,) = answer["months"][0]["lines"]
    assert line["quantity"] == "150"
    assert [(step["tier"], step.get("label"), step["quantity"]) for step in line["steps"]] == [
        ("included", "calls@2026-06-01", "100"),
        ("1", None, "50"),
    ]


def test_r18_records_are_simulated_with_what_is_included_of_their_sum() -> None:
    """90 and 60 are 150; 100 are included, 50 at 0.02 are 1.00."""
    rule = Allowance(id="calls", meter="voice.seconds", quantity=Decimal(100))
    plan = msgspec.structs.replace(fiber(CALLS), terms=PlanTerms(allowances=(rule,)))
    records = [{"quantity": "90", "meter": "voice.seconds"}, {"quantity": "60", "meter": "voice.seconds"}]
    assert lines(simulated(plan, records=records)) == [("0", "usage", "1.00")]
