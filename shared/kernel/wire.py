"""How values of messages and states are written as JSON and read again: one encoder, one decoder a type.

A value that msgspec cannot write itself says how, as a `Written`:

    class Price(Written):
        def to_wire(self) -> dict[str, Any]: ...        {"model": "flat", "amount": "10.00"}
        @classmethod
        def from_wire(cls, value: Any) -> Price: ...    raises ValueError

    class PlanDrafted(Event):
        prices: list[Price]                             read once, where the message comes in

Decimals are strings, integers of any size exact, fields in declaration order: the same value gives the same bytes.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final, Self, TypeVar

import msgspec

T = TypeVar("T")


class Written:
    """A value with a form of its own on the wire; `WIRE_SCHEMA` is the JSON schema of that form."""

    __slots__ = ()

    WIRE_SCHEMA: ClassVar[dict[str, Any]]

    def to_wire(self) -> Any:
        """The value as JSON knows it."""
        raise NotImplementedError(f"{type(self).__name__} does not say how it is written")

    @classmethod
    def from_wire(cls, value: Any) -> Self:
        """The value read again. Raises `ValueError` for what was never written so."""
        raise NotImplementedError(f"{cls.__name__} does not say how it is read")


def decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    """What reads a `kind`. It raises `msgspec.ValidationError` for a value that is none."""
    return msgspec.json.Decoder(kind, dec_hook=_read)


def read(kind: type[T], data: bytes | str) -> T:
    """One value from its JSON, as `decoder` reads it."""
    return msgspec.json.decode(data, type=kind, dec_hook=_read)


def write(value: Any) -> bytes:
    """The JSON of a value."""
    return _ENCODER.encode(value)


def schema_of(kind: type) -> dict[str, Any]:
    """The JSON schema of a `Written`, for msgspec, which asks for what it does not know."""
    if not issubclass(kind, Written):
        raise NotImplementedError(f"{kind} is no part of a message")
    return kind.WIRE_SCHEMA


def _read(kind: Any, value: Any) -> Any:
    if not issubclass(kind, Written):
        raise NotImplementedError(f"{kind} is no part of a message")
    return kind.from_wire(value)


def _written(value: Any) -> Any:
    if not isinstance(value, Written):
        raise NotImplementedError(f"{type(value)} is no part of a message")
    return value.to_wire()


_ENCODER: Final = msgspec.json.Encoder(decimal_format="string", enc_hook=_written)
