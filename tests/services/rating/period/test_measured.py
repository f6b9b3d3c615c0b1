"""A close prices whatever usage was measured as: one number of a meter, groups, single records, several meters."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from services.rating.meter.messages import KnowMeter
from services.rating.period.messages import ChargeFixed
from services.rating.plan.messages import PublishPlanVersion
from services.rating.quote.quote import quote
from tests.kit.decider import Specification
from tests.services.rating.plugins import PlugIn
from tests.services.rating.world import (
    SEPTEMBER,
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

PORTS = {"model": "per_unit", "unit_price": "2.00", "meter": "ports"}

BY_REGION = '''
    """`by_region`: 1 a unit in the north, 2 anywhere else."""
    from decimal import Decimal
    from typing import Literal
    from services.rating.pricing.engine.contract import Measure, PriceTerms, Step, UsageModel

    class ByRegionPrice(PriceTerms):
        """Nothing to say."""
        model: Literal["by_region"]

    def steps(parameters, by_region):
        prices = {words: Decimal(1 if words == ("north",) else 2) for words in by_region}
        return tuple(Step(words[0], n, prices[words], n * prices[words]) for words, n in by_region.items())

    MODEL = UsageModel(ByRegionPrice, steps, (), lambda parameters: (Measure(group_by=("region",)),))
'''

TOGETHER = '''
    """`together`: the peaks of two meters cost what they add up to."""
    from decimal import Decimal
    from typing import Literal
    from services.rating.pricing.engine.contract import Measure, PriceTerms, Step, UsageModel

    class TogetherPrice(PriceTerms):
        """Nothing to say."""
        model: Literal["together"]

    def steps(parameters, up, down):
        return (Step("1", up + down, Decimal(1), up + down),)

    def measures(parameters):
        return tuple(Measure(meter=meter, aggregation="max") for meter in ("rate.up", "rate.down"))

    MODEL = UsageModel(TogetherPrice, steps, (), measures)
'''


def customer(*prices: dict[str, Any], **aggregations: str) -> Specification:
    named = {meter.replace("_", "."): aggregation for meter, aggregation in aggregations.items()}
    return rating(cycle(), *plan(*prices, aggregations=named), account(), subscription())


@pytest.mark.parametrize(
    ("aggregation", "quantity", "amount"),
    [
        ("sum",        "17",    "34.00"),
        ("count",      "4",     "8.00"),
        ("max",        "7",     "14.00"),
        ("last",       "3",     "6.00"),    # the one that started on September 9
        ("unique",     "2",     "4.00"),    # ids a and b
        ("level",      "39600", "79200.00"),  # 5 × 3,600 s + 2 × 10,800 s
        ("percentile", "7",     "14.00"),   # rank (95 × 4 + 99) // 100 = 4 of 2, 3, 5, 7
    ],
)  # fmt: skip
def test_r16_each_aggregation_is_priced_at_the_close(aggregation: str, quantity: str, amount: str) -> None:
    story = customer(PORTS, ports=aggregation)
    story.when_event(
        guided(
            used(3, "2026-09-09 10:00", index=0, meter="ports"),
            used(5, "2026-09-05 10:00", until="2026-09-05 11:00", index=1, meter="ports"),
            origins={0: ("olt", "a"), 1: ("olt", "b")},
        )
    )
    story.when_event(
        guided(
            used(2, "2026-09-05 10:00", until="2026-09-05 13:00", index=0, meter="ports"),
            used(7, "2026-09-08 10:00", index=1, meter="ports"),
            n=2,
            seq=8,
            origins={0: ("olt", "a"), 1: ("olt", "b")},
        )
    )
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", quantity, amount)]
    (charge,) = [event for event in story.events if isinstance(event, ChargeFixed)]
    assert (charge.records, charge.meter, charge.meters) == (4, "ports", {})


def test_r21_a_level_over_the_end_of_a_period_is_billed_in_both_and_listed_once() -> None:
    story = customer({**PORTS, "unit_price": "0.001"}, ports="level")
    story.when_event(guided(used(4, "2026-09-30 22:00", until="2026-10-01 03:00", meter="ports")))
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "28800", "28.80")]
    assert bill(close(story)) == [("usage", "2026-10-01", "2026-11-01", "43200", "43.20")]
    assert [event.records for event in story.events if isinstance(event, ChargeFixed)] == [0]


def test_groups_of_an_attribute_are_priced_apart(plug_in: PlugIn) -> None:
    plug_in("services.rating.pricing", "by_region", BY_REGION)
    story = customer({"model": "by_region", "meter": "data.octets"})
    for n, (quantity, region) in enumerate([(3, "north"), (5, "south"), (4, "north"), (1, None)], start=1):
        attributes = None if region is None else {"region": region}
        story.when_event(guided(used(quantity, "2026-09-05 10:00", attributes=attributes), n=n, seq=n))
    close(story)
    (charge,) = [event for event in story.events if isinstance(event, ChargeFixed)]
    assert {step.tier: str(step.amount) for step in charge.steps} == {"": "2.00", "north": "7.00", "south": "10.00"}
    assert (charge.quantity, charge.amount, charge.records) == (Decimal(13), Decimal("19.00"), 4)


def test_usage_of_every_meter_that_a_price_measures_is_priced_and_counted(plug_in: PlugIn) -> None:
    plug_in("services.rating.pricing", "together", TOGETHER)
    story = customer({"model": "together"}, rate_up="max", rate_down="max")
    story.when_event(
        guided(
            used(5, "2026-09-05 10:00", meter="rate.up"),
            used(4, "2026-09-06 10:00", meter="rate.up", index=1),
            used(9, "2026-09-07 10:00", meter="rate.down", index=2),
        )
    )
    close(story)
    (charge,) = [event for event in story.events if isinstance(event, ChargeFixed)]
    assert (charge.amount, charge.meter, charge.records) == (Decimal("14.00"), "rate.up", 3)
    assert charge.meters == {"rate.down": 1, "rate.up": 2}


def test_each_plan_version_prices_what_was_measured_in_its_days() -> None:
    story = rating(
        cycle(),
        *plan(PORTS, aggregations={"ports": "max"}),
        *plan({**PORTS, "unit_price": "3.00"}, aggregations={"ports": "max"}, version=2, effective_from="2026-09-10"),
        account(),
        subscription(period=SEPTEMBER),
    )
    story.when_event(
        guided(
            used(9, "2026-09-09 23:59", meter="ports"),
            used(4, "2026-09-10 00:00", meter="ports", index=1),
        )
    )
    assert bill(close(story)) == [
        ("usage", "2026-09-01", "2026-09-10", "9", "18.00"),
        ("usage", "2026-09-10", "2026-10-01", "4", "12.00"),
    ]


def test_a_price_of_a_meter_without_usage_is_left_out() -> None:
    story = customer(PORTS, ports="percentile")
    assert bill(close(story)) == []


USERS = {"model": "per_unit", "unit_price": "2.00", "meter": "users"}


def test_a_unique_meter_counts_the_words_of_its_attribute_and_a_quote_does_too() -> None:
    """Ann, Bob and Ann again are two, whatever the ids; a record that names nobody counts nobody."""
    told = KnowMeter(meter_id="users", name="Users", unit="user", aggregation="unique", unique_of="user_id")
    (drafted, published) = plan(USERS)
    story = rating(cycle(), drafted).when(told)
    publish = PublishPlanVersion(plan_id="fiber", version=1, effective_from=published.effective_from)
    story.when(publish).given(account(), subscription())
    said = ["ann", "bob", "ann", None]
    records = [
        used(1, "2026-09-05 10:00", meter="users", index=n, attributes={"user_id": name} if name else None)
        for n, name in enumerate(said)
    ]
    story.when_event(guided(*records, origins={n: ("app", f"r-{n}") for n in range(4)}))
    quoted = quote(
        {
            "price": USERS,
            "currency": "EUR",
            "period": {"start": "2026-09-01", "end": "2026-10-01"},
            "records": [
                {"quantity": "1", "id": f"r-{n}", **({"attributes": {"user_id": name}} if name else {})}
                for n, name in enumerate(said)
            ],
        },
        story.state,
    )
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "2", "4.00")]
    assert quoted["amount"] == {"amount": "4.00", "currency": "EUR"}
