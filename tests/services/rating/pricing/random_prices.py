"""Prices of every usage model, and the records they price, drawn at random for property tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from hypothesis import strategies as st

from services.rating.pricing import Price
from services.rating.pricing.engine.aggregation import SUM, Coded, Columns, aggregations
from services.rating.pricing.engine.contract import Measure, Measured

FIRST_US: Final = 1_780_272_000_000_000  # 2026-06-01T00:00:00Z
DAY_US: Final = 86_400_000_000
WITHIN: Final = (FIRST_US, FIRST_US + 30 * DAY_US)


class Record(NamedTuple):
    quantity: int
    started_us: int
    ended_us: int
    source: str
    id: str
    direction: str | None
    region: str | None
    amount: str


FEW = st.sampled_from(["a", "b"])
RECORDS = st.lists(
    st.builds(
        lambda quantity, start, length, *rest: Record(quantity, start, start + length, *rest),
        st.integers(0, 10**9),
        st.integers(0, 20).map(lambda step: FIRST_US + step * DAY_US),
        st.integers(0, 15 * DAY_US),
        FEW,
        FEW,
        st.sampled_from([None, "in", "out"]),
        st.none() | FEW,
        st.decimals(0, 100, places=4).map(str),
    ),
    max_size=10,
)

NUMBERS = st.decimals(min_value=0, max_value=1000, places=4).map(str)
POSITIVE = st.decimals(min_value="0.0001", max_value=1000, places=4).map(str)


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def tiers(draw: st.DrawFn, /, **fields: st.SearchStrategy[Any]) -> list[dict[str, Any]]:
    bounds = sorted(draw(st.sets(st.integers(1, 3000), max_size=4)))
    return [{"up_to": bound, **draw(st.fixed_dictionaries(fields))} for bound in [*map(str, bounds), None]]


@st.composite
def capacity_tiers(draw: st.DrawFn) -> list[dict[str, Any]]:
    bounds = sorted(draw(st.sets(st.integers(1, 1000), max_size=4)))
    rising = [{"limits": {"a": str(bound)}, "amount": draw(NUMBERS)} for bound in bounds]
    return [{"limits": {"a": "0", "b": "0"}, "amount": draw(NUMBERS)}, *rising, {"limits": {}, "amount": draw(NUMBERS)}]


def percentage(given: dict[str, Any]) -> dict[str, Any]:
    """A maximum below the minimum is refused; it is the minimum then."""
    least, most = given.get("per_event_min"), given.get("per_event_max")
    if least is not None and most is not None and Decimal(least) > Decimal(most):
        return {**given, "per_event_max": least}
    return given


UNIT_TIERS = tiers(unit_price=NUMBERS, flat_fee=NUMBERS)
CELLS = st.dictionaries(FEW, NUMBERS, min_size=1).map(
    lambda prices: [{"match": {"region": region}, "unit_price": price} for region, price in prices.items()]
)

PARAMETERS: Final[dict[str, st.SearchStrategy[dict[str, Any]]]] = {
    "per_unit": st.builds(
        lambda price, rest: {"unit_price": price, **rest}, NUMBERS, optional(unit_size=POSITIVE, included=NUMBERS)
    ),
    "graduated": UNIT_TIERS.map(lambda drawn: {"tiers": drawn}),
    "volume": UNIT_TIERS.map(lambda drawn: {"tiers": drawn}),
    "package": st.fixed_dictionaries({"size": POSITIVE, "price": NUMBERS}, optional={"included": NUMBERS}),
    "percentage": st.fixed_dictionaries(
        {"rate": NUMBERS},
        optional={
            "fixed": NUMBERS,
            "free_events": st.integers(0, 5).map(str),
            "free_amount": NUMBERS,
            "per_event_min": NUMBERS,
            "per_event_max": NUMBERS,
        },
    ).map(percentage),
    "graduated_percentage": tiers(rate=NUMBERS, flat_fee=NUMBERS).map(lambda drawn: {"tiers": drawn}),
    "dynamic": st.just({}),
    "matrix": st.fixed_dictionaries({"dimensions": st.just(["region"]), "cells": CELLS, "default": NUMBERS}),
    "capacity": capacity_tiers().map(lambda drawn: {"tiers": drawn}),
    "time_weighted": st.fixed_dictionaries({"unit_price": NUMBERS}),
    "rated_call": st.fixed_dictionaries(
        {"bands": st.fixed_dictionaries({"unit_price": NUMBERS, "per_s": st.just("60")}).map(lambda band: [band])},
        optional={
            "connect_fee": NUMBERS,
            "increments": st.sampled_from([[{"after_s": "0", "unit_s": "60"}, {"after_s": "60", "unit_s": "1"}]]),
            "max_cost": NUMBERS,
            "basis": st.sampled_from(["time", "volume"]),
        },
    ),
    "percentile": st.fixed_dictionaries(
        {"unit_price": NUMBERS},
        optional={
            "percentile": st.sampled_from(["50", "95", "99.9", "100"]),
            "commit": NUMBERS,
            "direction": st.sampled_from(["max", "sum", "in", "out"]),
            "missing": st.sampled_from(["exclude", "zero"]),
            "sample_s": st.sampled_from(["300", "86400", "2592000"]),
        },
    ),
}

MODIFIERS = optional(
    minimum=st.decimals(0, 50, places=2).map(str),
    maximum=st.decimals(50, 5000, places=2).map(str),
    discount=st.one_of(
        st.decimals(0, 100, places=2).map(lambda percent: {"percent": str(percent)}),
        NUMBERS.map(lambda amount: {"amount": amount}),
    ),
    minimum_commitment=NUMBERS,
)


def columns(records: Sequence[Record], measure: Measure) -> Columns:
    """The records of the measure's meter (source "a" is meter "a"), with the attributes that it reads."""
    mine = [record for record in records if measure.meter in (None, record.source)]
    said: dict[str, Callable[[Record], str | None]] = {
        "direction": lambda record: record.direction,
        "region": lambda record: record.region,
        "destination": lambda record: "33612345678",
        "amount": lambda record: record.amount,
    }
    return Columns(
        quantities=[record.quantity for record in mine],
        started_us=[record.started_us for record in mine],
        ended_us=[record.ended_us for record in mine],
        sources=[record.source for record in mine],
        ids=[record.id for record in mine],
        attributes={name: Coded.of([said[name](record) for record in mine]) for name in measure.words},
        within=WITHIN,
    )


def measured(price: Price, *batches: Sequence[Record]) -> tuple[Measured, ...]:
    """What the price measures of records that came in those batches."""
    return tuple(_value(measure, batches) for measure in price.measures)


def _value(measure: Measure, batches: Sequence[Sequence[Record]]) -> Measured:
    aggregation = aggregations()[measure.aggregation or SUM]
    states: dict[tuple[str, ...], Any] = {}
    for batch in batches:
        batch_columns = columns(batch, measure)
        groups = batch_columns.grouped(measure.group_by) if measure.group_by else {(): batch_columns}
        for words, some in groups.items():
            state = aggregation.add(aggregation.zero, some)
            states[words] = aggregation.merge(state, states.get(words, aggregation.zero))
    values = {words: aggregation.value(state) for words, state in states.items()}
    if measure.group_by:
        return {words: value for words, value in values.items() if not isinstance(value, tuple)}
    return values.get((), aggregation.value(aggregation.zero))
