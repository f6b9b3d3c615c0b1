"""What values look like on the wire, and that a value which does not say so is no part of a message."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from shared.kernel import wire
from shared.kernel.message import Event, catalogue


class Colour(wire.Written):
    WIRE_SCHEMA = {"type": "string"}

    def __init__(self, name: str) -> None:
        self.name = name

    def to_wire(self) -> str:
        return self.name.upper()

    @classmethod
    def from_wire(cls, value: Any) -> Colour:
        if value == "ULTRAVIOLET":
            raise ValueError("nobody has seen it")
        return cls(value.lower())


class Painted(Event, frozen=True, kw_only=True):
    KEY_FIELD = ""

    colour: Colour
    litres: Decimal


EVENTS = catalogue("test", Painted)


def test_a_value_is_read_once_and_written_as_it_was() -> None:
    event = EVENTS.decode("test.Painted.v1", b'{"colour":"RED","litres":"2.50"}')
    assert event.colour.name == "red"
    assert wire.write(event) == b'{"colour":"RED","litres":"2.50"}'
    assert wire.schema_of(Colour) == {"type": "string"}


def test_what_the_value_refuses_is_no_message() -> None:
    with pytest.raises(msgspec.ValidationError, match="nobody has seen it"):
        EVENTS.decode("test.Painted.v1", b'{"colour":"ULTRAVIOLET","litres":"1"}')


def test_a_value_that_does_not_say_how_it_is_written_is_no_part_of_a_message() -> None:
    with pytest.raises(NotImplementedError):
        wire.write({"colour": object()})
    with pytest.raises(NotImplementedError):
        wire.schema_of(object)
