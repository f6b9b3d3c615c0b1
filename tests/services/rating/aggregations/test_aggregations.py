"""Every aggregation: its own examples, and that neither the order of records nor that of merging changes its value."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rating.pricing.engine.aggregation import Aggregation, Coded, Columns, Example, aggregations
from services.rating.pricing.engine.nearest_rank import nearest_rank
from shared.kernel.money import quantity_micro
from tests.services.rating.plugins import PlugIn

CONTRACT = {"sum", "count", "max", "last", "unique", "level", "percentile", "per_record"}
EXAMPLES = [(name, example) for name, found in aggregations().items() for example in found.examples]


class Record(NamedTuple):
    quantity: int
    started_us: int
    ended_us: int
    source: str
    id: str
    direction: str | None


FEW = st.sampled_from(["a", "b", "c"])
RECORD = st.builds(Record, st.integers(0, 10**24), st.integers(0, 5), st.integers(0, 9), FEW, FEW, st.none() | FEW)
RECORDS = st.lists(RECORD, max_size=12)


def columns(records: Sequence[Record]) -> Columns:
    return Columns(
        quantities=[record.quantity for record in records],
        started_us=[record.started_us for record in records],
        ended_us=[record.ended_us for record in records],
        sources=[record.source for record in records],
        ids=[record.id for record in records],
        attributes={"direction": Coded.of([record.direction for record in records])},
    )


def added(aggregation: Aggregation[Any], records: Sequence[Record]) -> Any:
    return aggregation.add(aggregation.zero, columns(records))


def test_every_aggregation_of_the_contract_is_there() -> None:
    assert set(aggregations()) == CONTRACT


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_an_example_has_the_value_it_says(name: str, example: Example) -> None:
    aggregation = aggregations()[name]
    quantities = [quantity_micro(text) for text in example.quantities]
    state = aggregation.add(aggregation.zero, Columns(quantities=quantities, **example.others))
    said = example.value
    assert aggregation.value(state) == (Decimal(said) if isinstance(said, str) else said)


@pytest.mark.parametrize("name", aggregations())
@given(records=RECORDS, data=st.data())
def test_any_split_in_any_order_comes_to_the_same_r16(name: str, records: list[Record], data: st.DataObject) -> None:
    aggregation = aggregations()[name]
    shuffled = data.draw(st.permutations(records))
    cut = data.draw(st.integers(0, len(records)))
    one, other = added(aggregation, shuffled[:cut]), added(aggregation, shuffled[cut:])
    whole = added(aggregation, records)
    assert aggregation.merge(one, other) == aggregation.merge(other, one) == whole
    assert aggregation.add(one, columns(shuffled[cut:])) == whole


@pytest.mark.parametrize("name", aggregations())
@given(one=RECORD)
def test_a_record_alone_is_what_a_batch_of_it_is(name: str, one: Record) -> None:
    aggregation = aggregations()[name]
    if aggregation.single is not None:
        alone = (one.quantity, one.started_us, one.ended_us, one.source, one.id, (one.direction,))
        assert aggregation.single(alone) == added(aggregation, [one])


@pytest.mark.parametrize("name", aggregations())
@given(records=RECORDS)
def test_nothing_changes_nothing_and_a_state_is_kept_as_json(name: str, records: list[Record]) -> None:
    aggregation = aggregations()[name]
    state = added(aggregation, records)
    assert aggregation.merge(state, aggregation.zero) == state
    assert aggregation.add(state, Columns(quantities=[])) == state
    kept = msgspec.json.decode(msgspec.json.encode(state))
    assert kept == state and aggregation.value(kept) == aggregation.value(state)


@pytest.mark.parametrize("name", aggregations())
@given(quantities=st.lists(st.integers(0, 10**24), max_size=5))
def test_records_that_say_nothing_but_their_quantity_have_a_value_too(name: str, quantities: list[int]) -> None:
    aggregation = aggregations()[name]
    state = aggregation.add(aggregation.zero, Columns(quantities=quantities))
    assert aggregation.value(state) == aggregation.value(aggregation.add(state, Columns(quantities=[])))


@given(records=RECORDS)
def test_groups_have_every_record_once(records: list[Record]) -> None:
    groups = columns(records).grouped(["direction"])
    assert all(not group.attributes for group in groups.values())
    found = [(words[0], quantity) for words, group in groups.items() for quantity in group.quantities]
    assert sorted(found) == sorted((record.direction or "", record.quantity) for record in records)


@given(st.integers(1, 100_000))
def test_the_95th_percentile_has_the_rank_of_the_formula_r36(count: int) -> None:
    assert nearest_rank(Decimal("95"), count) == nearest_rank(Decimal("95.00"), count) == (95 * count + 99) // 100
    assert 1 <= nearest_rank(Decimal("0.000001"), count) <= nearest_rank(Decimal("100"), count) == count


def test_an_aggregation_is_one_file(plug_in: PlugIn) -> None:
    plug_in(
        "services.rating.aggregations",
        "first",
        '''
        """`first`: what the first record said, by when it started."""
        from services.rating.pricing.engine.aggregation import Aggregation, Example
        from shared.kernel.money import micro_decimal

        def add(state, columns):
            return min([state, *zip(columns.started_us, columns.quantities)])

        AGGREGATION = Aggregation(zero=(99, 0), add=add, merge=min, value=lambda s: micro_decimal(s[1]), examples=())
        ''',
    )
    first = aggregations()["first"]
    state = first.add(first.zero, Columns(quantities=[5_000_000, 2_000_000], started_us=[20, 10]))
    assert first.value(first.merge(state, (15, 9_000_000))) == 2


@pytest.mark.parametrize("name", sorted(CONTRACT))
@given(records=RECORDS, data=st.data())
def test_records_taken_back_leave_what_the_others_come_to_in_any_order(
    name: str, records: list[Record], data: st.DataObject
) -> None:
    aggregation = aggregations()[name]
    assert aggregation.negative is not None
    gone = data.draw(st.integers(0, len(records)))
    parts = [added(aggregation, [record]) for record in records]
    parts += [aggregation.negative(part) for part in parts[:gone]]
    left = aggregation.zero
    for part in data.draw(st.permutations(parts)):
        left = aggregation.merge(left, msgspec.json.decode(msgspec.json.encode(part)))
    assert aggregation.value(left) == aggregation.value(added(aggregation, records[gone:]))
    assert aggregation.merge(left, aggregation.zero) == left


@pytest.mark.parametrize(("name", "before"), [("max", 7), ("last", [5, "olt", "a", 7]), ("unique", {"ann": True})])
def test_a_state_of_an_earlier_version_is_read(name: str, before: Any) -> None:
    aggregation = aggregations()[name]
    found = aggregation.merge(before, aggregation.zero)
    assert aggregation.value(before) == aggregation.value(found) != aggregation.value(aggregation.zero)
    record = Record(3, 4, 4, "olt", "b", "ann")
    assert aggregation.value(aggregation.merge(found, added(aggregation, [record]))) == aggregation.value(before)
