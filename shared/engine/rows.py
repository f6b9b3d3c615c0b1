"""A table's columns, declared once: what a projection writes, what the API reads and shows derives from the class.

    class ReceivableRow(Row, frozen=True, kw_only=True):
        TABLE = "receivable_row"
        KEY = ("invoice_id",)

        invoice_id: str
        currency: str
        amount: Amount
        open: Amount

    row = ReceivableRow.of(event, open=event.amount)        # what has the same name comes from the event

tables.py writes rows, shared/http/row_shape.py shows them. `partition`, the first column of every table, is not named:
the writer is told it. The table itself, with its constraints and indexes, stays in tables.sql, and
tests/services/test_tables.py holds that both agree: a `Row` has all columns of its table, a `Change` some.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Final,
    Literal,
    NewType,
    Self,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import msgspec

from shared.kernel.wire import write

AMOUNT: Final = "an amount of money"

Amount = Annotated[Decimal, AMOUNT]
"""Money in the currency of the row: the column `currency`."""

Jsonb = NewType("Jsonb", str)
"""JSON as text; `jsonb` makes it."""

Digits = NewType("Digits", str)
"""A numeric as its digits, where there are too many rows for a `Decimal` each."""

_KINDS: Final[Mapping[Any, str]] = {
    str: "text",
    int: "bigint",
    Decimal: "numeric",
    bool: "boolean",
    date: "date",
    datetime: "timestamptz",
    bytes: "bytea",
    Jsonb: "jsonb",
    Digits: "numeric",
    tuple[int, ...]: "bigint[]",
    tuple[str, ...]: "text[]",
    tuple[date, ...]: "date[]",
}

_ABSENT: Final = object()


def jsonb(value: object) -> Jsonb:
    """A value as the jsonb column keeps it; decimals are strings."""
    return Jsonb(write(value).decode())


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Columns of `TABLE`; those of `KEY` are, with the partition, unique."""

    TABLE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]

    @classmethod
    def of(cls, source: Any, **given: Any) -> Self:
        """The row of an event: a column that is not given is its attribute of the same name, else the default."""
        if isinstance(source, msgspec.Struct):
            for name in _named(cls, type(source), tuple(given)):
                given[name] = getattr(source, name)
            return cls(**given)
        for name in cls.__struct_fields__:
            if name not in given and (value := getattr(source, name, _ABSENT)) is not _ABSENT:
                given[name] = value
        return cls(**given)


@cache
def _named(row: type[Columns], source: type, given: tuple[str, ...]) -> tuple[str, ...]:
    """The columns that a class of events has attributes for: few of a wide row, and the same for each of its events."""
    return tuple(name for name in row.__struct_fields__ if name not in given and hasattr(source, name))


class Row(Columns, frozen=True, kw_only=True):
    """All columns of a table."""


class Change(Columns, frozen=True, kw_only=True):
    """Some columns of rows that are there: those of `KEY` say of which, the others what they are from now on."""


class Column(msgspec.Struct, frozen=True):
    """`kind` is its type in Postgres and `sent` the one it travels as; `amount` is money in the row's currency."""

    name: str
    type: Any
    kind: str
    sent: str
    nullable: bool
    amount: bool


@cache
def columns(row: type[Columns]) -> tuple[Column, ...]:
    """The columns of a row class, in the order they are declared. Raises `TypeError` for one that has no kind."""
    hints = get_type_hints(row, include_extras=True)
    return tuple(_column(name, hints[name]) for name in row.__struct_fields__)


def _column(name: str, hint: Any) -> Column:
    nullable = get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint)
    if nullable:
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    amount = get_origin(hint) is Annotated and AMOUNT in hint.__metadata__
    if get_origin(hint) is Annotated:
        hint = hint.__origin__
    kind = "text" if get_origin(hint) is Literal else _KINDS.get(hint)
    if kind is None:
        raise TypeError(f"column {name}: {hint} is no kind of column")
    sent = "text" if hint is Digits else kind
    return Column(name, hint, kind=kind, sent=sent, nullable=nullable, amount=amount)
