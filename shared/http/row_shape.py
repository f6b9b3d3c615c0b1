"""A row as the API answers it: fields of the response model, the columns they need, and the values, from its class.

    RECEIVABLE = RowShape(ReceivableRow, hidden=("currency",), renamed={"receivable_id": "id"})

    @RECEIVABLE.model
    class ReceivableShape(BaseModel):                 # has the row's fields first, then its own
        status: Literal["unpaid", "partially_paid", "paid"]

    record = await api.db.fetchrow(f"select {', '.join(RECEIVABLE.columns)} from receivable_row where ...")
    {**RECEIVABLE.values(record), "status": "paid"}   # "amount": {"amount": "40.00", "currency": "EUR"}

A field that the model declares itself is as declared there. An amount is money in the row's currency, another decimal
is text, JSON is what it says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, TypeVar

import asyncpg
import msgspec
from pydantic import AwareDatetime, BaseModel, create_model

from shared.engine.rows import Column, Digits, Jsonb, Row, columns
from shared.http.money import money
from shared.kernel.decimals import format_decimal
from shared.kernel.money import MoneyBody

M = TypeVar("M", bound=BaseModel)
Record = asyncpg.Record | Mapping[str, Any]


class RowShape:
    """What the API shows of a row: all its columns but the `hidden` ones, some under another name."""

    def __init__(self, row: type[Row], *, hidden: Sequence[str] = (), renamed: Mapping[str, str] | None = None) -> None:
        names = dict(renamed or {})
        if unknown := {*hidden, *names}.difference(row.__struct_fields__):
            raise TypeError(f"{row.__name__} has no column {', '.join(sorted(unknown))}")
        self._fields = {names.get(c.name, c.name): c for c in columns(row) if c.name not in hidden}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns to select, with those that say what the others mean."""
        shown = tuple(column.name for column in self._fields.values())
        needs_currency = any(column.amount for column in self._fields.values()) and "currency" not in shown
        return (*shown, "currency") if needs_currency else shown

    def model(self, declared: type[M]) -> type[M]:
        """Decorates a response model: the row's fields come before those it declares."""
        own = {name: (field.annotation, field) for name, field in declared.model_fields.items()}
        fields: dict[str, Any] = {name: (_type(column), ...) for name, column in self._fields.items()}
        return create_model(
            declared.__name__,
            __base__=declared.__bases__,
            __module__=declared.__module__,
            __doc__=declared.__doc__,
            **(fields | own),
        )

    def values(self, record: Record) -> dict[str, Any]:
        """A record of `columns` as the answer's fields."""
        return {name: _value(column, record) for name, column in self._fields.items()}


def _value(column: Column, record: Record) -> Any:
    value = record[column.name]
    if value is None:
        return None
    if column.amount:
        return money(value, record["currency"])
    match column.kind:
        case "numeric":
            return format_decimal(value)
        case "jsonb":
            return msgspec.json.decode(value)
        case _:
            return value


_TYPES: Final[Mapping[Any, Any]] = {Decimal: str, Digits: str, Jsonb: Any, datetime: AwareDatetime}


def _type(column: Column) -> Any:
    shown = MoneyBody if column.amount else _TYPES.get(column.type, column.type)
    return shown | None if column.nullable else shown
