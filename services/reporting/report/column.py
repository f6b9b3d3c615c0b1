"""What a report's columns are: declared once, and read as the answer's shape, the catalogue and the documentation.

    Column("net", "money", "what was invoiced, net of tax", formula="recurring + usage + true_up + other")

A column's kind says how a person or a spreadsheet shows it; on the wire, money, quantities, percents and days are
exact decimal strings, and money goes with the `currency` of its row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from pydantic import BaseModel, Field, create_model

Kind = Literal["text", "date", "month", "instant", "money", "count", "quantity", "percent", "days", "figure", "series"]
"""`month` is text such as 2026-09 or its first day. A `figure` is of the kind that `unit` of its row names; a `series`
is such figures by date."""

FIGURES: Final = frozenset({"money", "count", "quantity", "percent", "days", "figure"})
"""Kinds that are numbers, and so have rows behind them."""


class Point(BaseModel):
    """A figure of a date."""

    date: date
    value: str | None


_TYPES: Final[Mapping[Kind, Any]] = {
    "text": str,
    "date": date,
    "month": str,
    "instant": datetime,
    "money": str,
    "count": int,
    "quantity": str,
    "percent": str,
    "days": str,
    "figure": str,
    "series": list[Point],
}


@dataclass(frozen=True)
class Column:
    """One column: what it means in a few words, and how it is worked out where that is not plain. `nullable` is one
    that may have no value, `optional` one that only some questions have in their answer, `rounds` one of
    more digits than its currency has, of a list whose sums are exact. Of a figure of a moment, or of one of many, rows
    do not add up: what each says is no part of a sum.
    """

    name: str
    kind: Kind
    definition: str
    formula: str | None = None
    nullable: bool = False
    optional: bool = False
    rounds: bool = False
    adds_up: bool = True


def row_model(name: str, doc: str, columns: Sequence[Column], **more: Any) -> type[BaseModel]:
    """The shape of rows with these columns, and of what `more` adds to them."""
    fields: dict[str, Any] = {_attribute(column.name): _field(column) for column in columns}
    return create_model(name, __doc__=doc, **fields, **more)


def _field(column: Column) -> tuple[Any, Any]:
    kind = _TYPES[column.kind]
    shown = kind | None if column.nullable or column.optional else kind
    alias = None if _attribute(column.name) == column.name else column.name
    default: Any = None if column.optional else ...
    return shown, Field(default, alias=alias, description=column.definition)


def _attribute(name: str) -> str:
    """Fields are identifiers, columns such as `1_30` are not."""
    return name if name.isidentifier() else f"n_{name}"
