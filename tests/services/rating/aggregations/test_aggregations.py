"""Every aggregation: its own examples, and that neither the order of records nor that of merging changes its value."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rating.pricing.engine.aggregation import Aggregation, Columns, Example, aggregations
from shared.kernel.money import quantity_micro
from tests.services.rating.plugins import PlugIn

EXAMPLES = [(name, example) for name, found in aggregations().items() for example in found.examples]
QUANTITIES = st.lists(st.integers(0, 10**24), max_size=12)


def added(aggregation: Aggregation[Any], quantities: list[int]) -> Any:
    return aggregation.add(aggregation.zero, Columns(quantities=quantities))


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_an_example_has_the_value_it_says(name: str, example: Example) -> None:
    aggregation = aggregations()[name]
    state = added(aggregation, [quantity_micro(text) for text in example.quantities])
    assert aggregation.value(state) == Decimal(example.value)


@pytest.mark.parametrize("name", aggregations())
@given(quantities=QUANTITIES, data=st.data())
def test_any_split_in_any_order_comes_to_the_same_r16(name: str, quantities: list[int], data: st.DataObject) -> None:
    aggregation = aggregations()[name]
    shuffled = data.draw(st.permutations(quantities))
    cut = data.draw(st.integers(0, len(quantities)))
    one, other = added(aggregation, shuffled[:cut]), added(aggregation, shuffled[cut:])
    whole = added(aggregation, quantities)
    assert aggregation.merge(one, other) == aggregation.merge(other, one) == whole
    assert aggregation.add(one, Columns(quantities=shuffled[cut:])) == whole


@pytest.mark.parametrize("name", aggregations())
@given(quantities=QUANTITIES)
def test_nothing_changes_nothing_and_a_state_is_kept_as_json(name: str, quantities: list[int]) -> None:
    aggregation = aggregations()[name]
    state = added(aggregation, quantities)
    assert aggregation.merge(state, aggregation.zero) == state
    assert aggregation.add(state, Columns(quantities=[])) == state
    assert msgspec.json.decode(msgspec.json.encode(state), type=type(state)) == state


def test_an_aggregation_is_one_file(plug_in: PlugIn) -> None:
    plug_in(
        "services.rating.aggregations",
        "last",
        '''
        """`last`: what the last record said, by when it started."""
        from services.rating.pricing.engine.aggregation import Aggregation, Example
        from shared.kernel.money import micro_decimal

        def add(state, columns):
            return max([state, *zip(columns.started_us, columns.quantities)])

        AGGREGATION = Aggregation(zero=(0, 0), add=add, merge=max, value=lambda s: micro_decimal(s[1]), examples=())
        ''',
    )
    last = aggregations()["last"]
    state = last.add(last.zero, Columns(quantities=[5_000_000, 2_000_000], started_us=[20, 10]))
    assert last.value(last.merge(state, (15, 9_000_000))) == 5
