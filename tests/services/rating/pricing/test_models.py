"""Every price model: its own examples, its place in the catalogue, its schema, and tiers against a naive count."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rating.plan.messages import DraftPlan, PlanVersionPublished, PublishPlanVersion
from services.rating.pricing import Price, parse_price, price_schema
from services.rating.pricing.engine.catalogue import CONTRACT_WORDS, models
from services.rating.pricing.engine.contract import Example, Measured, PricingContext
from services.usage.meter.messages import MeterDefined
from shared.kernel.decimals import exact
from shared.kernel.errors import Rejection
from shared.kernel.outcome import CommandRejected
from shared.kernel.period import Period
from tests.kit.decider import Specification
from tests.services.rating.plugins import PlugIn
from tests.services.rating.world import rating

EXAMPLES = [(name, example) for name, model in models().items() for example in model.examples]


JUNE = PricingContext(currency="EUR", period=Period(date(2026, 6, 1), date(2026, 7, 1)))


def cost(price: Price, *measured: Measured) -> Decimal:
    with exact():
        return sum((step.amount for step in price.steps(*measured, context=JUNE)), Decimal(0))


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_an_example_costs_what_it_says(name: str, example: Example) -> None:
    price = parse_price({"model": name, **example.price})
    measured = (Decimal(example.quantity),) if isinstance(example.quantity, str) else example.quantity
    assert cost(price, *measured) == Decimal(example.amount)


@pytest.mark.parametrize("name", models())
def test_a_model_has_examples_a_worked_one_in_its_text_and_a_schema(name: str) -> None:
    model = models()[name]
    assert model.examples
    assert model.parameters.__doc__
    assert model.parameters.model_json_schema()["additionalProperties"] is False


def test_every_model_is_a_word_of_the_contract_and_every_word_a_model() -> None:
    assert set(models()) <= CONTRACT_WORDS
    assert set(models()) >= CONTRACT_WORDS


def test_the_schema_of_a_price_knows_every_model() -> None:
    text = str(price_schema())
    assert all(f"'const': '{name}'" in text for name in models())


def graduated(*tiers: tuple[str | None, str]) -> dict[str, Any]:
    return {"model": "graduated", "tiers": [{"up_to": up_to, "unit_price": price} for up_to, price in tiers]}


@pytest.mark.parametrize(
    ("units", "amount"),
    [("0", "0"), ("1", "1.5"), ("10", "15"), ("11", "16"), ("110", "115"), ("111", "115.5"), ("1110", "615")],
)
def test_graduated_prices_each_unit_at_its_own_tier_r13(units: str, amount: str) -> None:
    price = parse_price(graduated(("10", "1.5"), ("110", "1.0"), (None, "0.5")))
    assert cost(price, Decimal(units)) == Decimal(amount)


@pytest.mark.parametrize(
    ("units", "amount"),
    [
        ("0", "3"),  # the first tier is entered at quantity 0
        ("10", "13"),  # the bound is inclusive: the second is not entered yet
        ("10.000001", "17.000002"),  # its fee, and a fraction of a unit costs its fraction
        ("20", "37"),
    ],
)
def test_a_flat_fee_is_charged_once_when_its_tier_is_entered_r15(units: str, amount: str) -> None:
    first = {"up_to": "10", "unit_price": "1", "flat_fee": "3"}
    price = parse_price({"model": "graduated", "tiers": [first, {"up_to": None, "unit_price": "2", "flat_fee": "4"}]})
    assert cost(price, Decimal(units)) == Decimal(amount)


@pytest.mark.parametrize(
    ("units", "amount"),
    [
        ("1", "1"),  # a started block of 60
        ("60", "1"),
        ("60.5", "2"),
        ("100", "2"),  # 100 units in the tier: two started blocks
        ("101", "4"),  # the second tier starts a block of its own at unit 101, not at 120
        ("130", "4"),
        ("131", "6"),
    ],
)
def test_blocks_are_counted_inside_a_tier_and_bounds_in_units_r14(units: str, amount: str) -> None:
    tiers = [
        {"up_to": "100", "unit_price": "1", "unit_size": "60"},
        {"up_to": None, "unit_price": "2", "unit_size": "30"},
    ]
    price = parse_price({"model": "graduated", "tiers": tiers})
    assert cost(price, Decimal(units)) == Decimal(amount)


@pytest.mark.parametrize(("units", "amount"), [("99", "0"), ("100", "0"), ("101", "0.5"), ("160", "0.5"), ("161", "1")])
def test_included_units_come_off_before_blocks_are_started(units: str, amount: str) -> None:
    price = parse_price({"model": "per_unit", "unit_price": "0.5", "unit_size": "60", "included": "100"})
    assert cost(price, Decimal(units)) == Decimal(amount)


PRICES = st.decimals(min_value=0, max_value=1000, places=6)
QUANTITIES = st.decimals(min_value=0, max_value=10**6, places=6)


@st.composite
def tier_lists(draw: st.DrawFn) -> list[dict[str, Any]]:
    bounds = sorted(draw(st.sets(st.integers(1, 10**6), min_size=0, max_size=5)))
    tiers: list[dict[str, Any]] = []
    for bound in [*map(str, bounds), None]:
        tier: dict[str, Any] = {"up_to": bound, "unit_price": str(draw(PRICES))}
        if draw(st.booleans()):
            tier["unit_size"] = str(draw(st.integers(1, 1000)))
        if draw(st.booleans()):
            tier["flat_fee"] = str(draw(PRICES))
        tiers.append(tier)
    return tiers


def naive(tiers: list[dict[str, Any]], quantity: Decimal) -> Decimal:
    """The same tariff read off the page: tier by tier, its units, its blocks, its fee."""
    total = Decimal(0)
    bounds = [Decimal(0), *(Decimal(tier["up_to"]) for tier in tiers[:-1]), Decimal(10**9)]
    for index, (tier, (below, top)) in enumerate(zip(tiers, pairwise(bounds), strict=True)):
        units = max(Decimal(0), min(quantity, top) - below)
        if index == 0 or quantity > below:
            total += Decimal(tier.get("flat_fee", "0"))
        if "unit_size" in tier:
            units = (units / Decimal(tier["unit_size"])).to_integral_value(ROUND_CEILING)
        total += units * Decimal(tier["unit_price"])
    return total


@given(tier_lists(), QUANTITIES)
def test_graduated_agrees_with_the_tariff_read_off_the_page(tiers: list[dict[str, Any]], quantity: Decimal) -> None:
    assert cost(parse_price({"model": "graduated", "tiers": tiers}), quantity) == naive(tiers, quantity)


@given(tier_lists(), QUANTITIES, QUANTITIES)
def test_more_usage_never_costs_less(tiers: list[dict[str, Any]], one: Decimal, other: Decimal) -> None:
    price = parse_price({"model": "graduated", "tiers": tiers})
    assert cost(price, min(one, other)) <= cost(price, max(one, other))


def test_a_model_is_one_file(plug_in: PlugIn) -> None:
    plug_in("services.rating.pricing", "halves", HALVES)
    price = parse_price({"model": "halves", "of": "3.00", "meter": "data.octets"})
    assert cost(price, Decimal("5")) == Decimal("7.5")
    assert "'const': 'percentage'" in str(price_schema())
    plan(price).then(PlanVersionPublished(plan_id="fiber", version=1, effective_from=date(2026, 9, 1)))


@pytest.mark.parametrize(
    ("measures", "code", "detail"),
    [
        ("Measure(aggregation='sum'),",                       None,                   None),
        ("Measure(aggregation='count'),",                     None,                   None),
        ("Measure(aggregation='per_record'),",                None,                   None),
        ("Measure(group_by=('direction',)),",                 None,                   None),
        ("Measure(attributes=('destination',)),",             None,                   None),
        ("Measure(), Measure(meter='voice.seconds')",         None,                   None),
        ("Measure(meter='voice.seconds'),",                   None,                   None),
        ("Measure(aggregation='max'),",                       "aggregation_mismatch", "name a meter that has the max"),
        ("Measure(), Measure(aggregation='level'),",          "aggregation_mismatch", "name a meter"),
        ("Measure(aggregation='never'),",                     "unsupported",          "the never of a meter"),
        ("Measure(aggregation='per_record', group_by=('a',)),", "aggregation_mismatch", "the per_record by a"),
    ],
)  # fmt: skip
def test_a_model_names_what_it_prices_and_what_its_meter_does_not_have_is_not_published(
    measures: str, code: str | None, detail: str, plug_in: PlugIn
) -> None:
    plug_in("services.rating.pricing", "halves", HALVES.replace("EXAMPLES)", f"(), lambda p: ({measures}))"))
    published = plan(parse_price({"model": "halves", "of": "1", "meter": "data.octets"}))
    if code is None:
        assert isinstance(published.events[0], PlanVersionPublished)
        return
    refusal = published.events[0]
    assert isinstance(refusal, CommandRejected) and refusal.code == code and detail in refusal.detail
    assert refusal.pointer == "/prices/0/meter"


@pytest.mark.parametrize("aggregation", ["count", "max", "last", "unique", "level", "percentile"])
def test_a_price_of_a_quantity_takes_what_its_meter_aggregates(aggregation: str) -> None:
    told = MeterDefined(meter_id="ports", unit="port", aggregation=aggregation)
    story = plan(parse_price({"model": "per_unit", "unit_price": "1", "meter": "ports"}), told=told)
    (published,) = story.events
    assert isinstance(published, PlanVersionPublished) and published.aggregations == {"ports": aggregation}


@pytest.mark.parametrize(
    ("aggregation", "code"), [("per_record", "aggregation_mismatch"), ("never_heard_of", "unsupported")]
)
def test_a_price_of_a_quantity_is_refused_where_its_meter_has_none(aggregation: str, code: str) -> None:
    told = MeterDefined(meter_id="calls", unit="call", aggregation=aggregation)
    story = plan(parse_price({"model": "per_unit", "unit_price": "1", "meter": "calls"}), told=told)
    story.then_refused(code, pointer="/prices/0/meter")


def test_a_price_of_single_records_takes_no_free_quantity_r18(plug_in: PlugIn) -> None:
    measures = "lambda p: (Measure(aggregation='per_record'),)"
    source = HALVES.replace("percentage", "halves").replace("EXAMPLES)", f"(), {measures})")
    plug_in("services.rating.pricing", "halves", source)
    raw = {"model": "halves", "of": "1", "meter": "voice.seconds", "modifiers": {"free_quantity": "3"}}
    with pytest.raises(Rejection) as refused:
        parse_price(raw, pointer="/prices/0")
    assert (refused.value.code, refused.value.pointer) == ("invalid", "/prices/0/modifiers/free_quantity")


HALVES = '''
    """`halves`: half of what is asked, for each unit."""
    from decimal import Decimal
    from typing import Literal
    from services.rating.pricing.engine.contract import Measure, PriceTerms, Step, UsageModel
    from shared.kernel.money import PriceString

    class HalvesPrice(PriceTerms):
        """Half of `of` for each unit."""
        model: Literal["halves"]
        of: PriceString

    def steps(parameters, quantity):
        half = parameters.of / 2
        return (Step("1", quantity, half, half * quantity),)

    EXAMPLES = ()
    MODEL = UsageModel(HalvesPrice, steps, EXAMPLES)
'''


def plan(price: Price, *, told: MeterDefined | None = None) -> Specification:
    """A plan with that price, once its publishing has been asked for."""
    story = rating()
    if told is not None:
        story.when_event(told)
    story.when(DraftPlan(plan_id="fiber", name="Fiber", currency="EUR", prices=[price]))
    return story.when(PublishPlanVersion(plan_id="fiber", version=1, effective_from=date(2026, 9, 1)))
