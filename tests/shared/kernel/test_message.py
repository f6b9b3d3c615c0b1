"""Messages on the wire: what is written is read again, to the last digit."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
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
    KEY_FIELD = ""

    parts: list[Part]
    total: int | None = None
    attributes: dict[str, Any] = {}


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


class Priced(Event, frozen=True, kw_only=True):
    KEY_FIELD = ""

    amount: Decimal | None = None
    amounts: dict[str, Decimal] = {}
    at: datetime | None = None
    note: str = ""


PRICED = catalogue("rating", Priced)


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+999999999", "1E+60", "1E-41", "0E+99"])
def test_a_decimal_that_no_sum_can_hold_is_no_value_of_an_event(number: str) -> None:
    """Neither made by a decision, which is refused before it is written, nor read from a log."""
    for fields in ({"amount": Decimal(number)}, {"amounts": {"EUR": Decimal(number)}}):
        with pytest.raises(ValueError, match="at most 60 digits"):
            Priced(**fields)
        with pytest.raises(msgspec.ValidationError):
            PRICED.decode("rating.Priced.v1", msgspec.json.encode(fields))


@pytest.mark.parametrize("text", ["2026-11-23T01:00:00", "0001-01-01T00:00:00+10:00", "9999-12-31T23:59:59-12:00"])
def test_an_instant_of_an_event_has_a_zone_and_a_year(text: str) -> None:
    with pytest.raises(ValueError):
        Priced(at=datetime.fromisoformat(text))
    with pytest.raises(msgspec.ValidationError):
        PRICED.decode("rating.Priced.v1", b'{"at":"%s"}' % text.encode())


@pytest.mark.parametrize("text", ["a\0b", "\0", "\\u0000", "\\\0", "\\\\u0000\0", "plain \\ text", "🦊"])
def test_text_without_a_place_in_any_table_is_read_as_a_replacement(text: str) -> None:
    read = PRICED.decode("rating.Priced.v1", encode(Priced(note=text)))
    assert isinstance(read, Priced)
    assert read.note == text.replace("\0", "\ufffd")
