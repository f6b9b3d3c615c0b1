"""Messages on the wire: what is written is read again, to the last digit."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from shared.kernel.message import Event, catalogue, encode


class Part(Struct, frozen=True, array_like=True, gc=False):
    """As hot records are written."""

    index: int
    quantity: int


class Counted(Event, frozen=True, kw_only=True):
    parts: list[Part]
    total: int | None = None
    attributes: dict[str, Any] = {}

    @property
    def key(self) -> str:
        return ""


CATALOGUE = catalogue("usage", Counted)


def through_the_log(event: Counted) -> Event:
    return CATALOGUE.decode("usage.Counted.v1", encode(event))


@given(st.integers(-(10**30), 10**30))
def test_integers_of_any_size_are_written_and_read_exactly(number: int) -> None:
    """R1: 10^18 units in millionths are 10^24, and a period's sum is longer still."""
    event = Counted(parts=[Part(1, number)], total=number, attributes={"value": number})
    assert through_the_log(event) == event
    assert json.loads(encode(event))["parts"] == [[1, number]]


# Around the bounds of 63, 64 and 65 bits, where readers of JSON have erred before.
@pytest.mark.parametrize(
    "number",
    [2**53 + 1, 2**63 - 1, 2**63, 2**64 - 1, 2**64, 2**64 + 10**18 + 1, 19_999_999_999_999_999_999, 2**65, 10**24 - 1],
)
def test_integers_around_the_bounds_of_a_machine_word_are_kept(number: int) -> None:
    for value in (number, -number):
        event = Counted(parts=[Part(0, value)], total=value)
        assert through_the_log(event) == event
