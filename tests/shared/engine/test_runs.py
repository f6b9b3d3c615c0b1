"""Runs of a batch: nothing is lost, and what is about the same thing stays in its order."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.engine.runs import runs

Item = tuple[int, str, frozenset[int]]
ITEMS = st.lists(st.tuples(st.sampled_from("abc"), st.frozensets(st.integers(0, 5), min_size=1, max_size=3)))


@pytest.mark.parametrize("in_order", [False, True])
@given(found=ITEMS)
def test_of_two_that_share_a_key_the_earlier_is_written_first(
    found: list[tuple[str, frozenset[int]]], in_order: bool
) -> None:
    items: list[Item] = [(n, kind, keys) for n, (kind, keys) in enumerate(found)]
    made = runs(items, kind=lambda item: item[1], keys=lambda item: item[2], in_order=in_order)
    written = [item for _, run in made for item in run]
    assert sorted(written, key=lambda item: item[0]) == items
    assert all(item[1] == kind for kind, run in made for item in run)
    for earlier, later in combinations(written, 2):
        assert earlier[0] < later[0] or earlier[2].isdisjoint(later[2])
    if not in_order:
        assert all(one[2].isdisjoint(other[2]) for _, run in made for one, other in combinations(run, 2))


def test_many_that_alternate_are_two_runs() -> None:
    items = [(kind, n) for n in range(1000) for kind in ("retracted", "settled")]
    assert [len(run) for _, run in runs(items, kind=lambda item: item[0], keys=lambda item: [item[1]])] == [1000, 1000]
