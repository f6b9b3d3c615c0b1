"""A row's fields as cells: columns come from the shape that the list's answers have.

    columns_of(Invoice)      (Column('id', 'text'), …, Column('period_start', 'date'), …, Column('total', 'money'), …)

An amount of money is one column, and its currency the column `currency`. A thing with fields is a column for each.
A list is JSON in one cell; what one may do with it now, and what only the thing itself shows, are left out.
"""

from __future__ import annotations

import types
from collections.abc import Collection, Container, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo

from services.reporting.export.formats.contract import Column, Kind
from shared.kernel.money import MoneyBody

CURRENCY: Final = "currency"
_LEFT_OUT: Final = frozenset({"allowed_actions", "data"})


def columns_of(shape: type[BaseModel], *, numbers: Collection[str] = ()) -> tuple[Column, ...]:
    """The columns of a list whose items have that shape. `numbers` are those whose text is a decimal."""
    columns: list[Column] = []
    has_money = False
    for attribute, field in shape.model_fields.items():
        name = field.serialization_alias or field.alias or attribute
        inner = _model(field.annotation)
        if name in _LEFT_OUT:
            continue
        has_money = has_money or inner is MoneyBody
        if inner is None or inner is MoneyBody:
            columns.append(_column(name, field, inner, numbers))
        else:
            columns += (_below(name, column) for column in columns_of(inner, numbers=numbers))
    if has_money and all(column.name != CURRENCY for column in columns):
        columns.append(Column(name=CURRENCY))
    return tuple(columns)


def flat(item: Mapping[str, Any], columns: Container[str] = ()) -> dict[str, Any]:
    """An item's cells by column; what is one of `columns` stays as it is.

    >>> flat({"id": "inv-7", "net": {"amount": "12.40", "currency": "EUR"}, "period": {"start": "2026-09-01"}})
    {'id': 'inv-7', 'net': '12.40', 'currency': 'EUR', 'period_start': '2026-09-01'}
    """
    cells: dict[str, Any] = {}
    for name, value in item.items():
        if isinstance(value, dict):
            if len(value) == 2 and "amount" in value and CURRENCY in value:
                cells[name] = value["amount"]
                cells.setdefault(CURRENCY, value[CURRENCY])
            elif name in columns:
                cells[name] = value
            else:
                cells |= {f"{name}_{below}": cell for below, cell in flat(value).items()}
        else:
            cells[name] = value
    return cells


def _column(name: str, field: FieldInfo, inner: Any, numbers: Collection[str]) -> Column:
    kind: Kind = "money" if inner is MoneyBody else "number" if name in numbers else _kind(field.annotation)
    return Column(name=name, kind=kind, definition=field.description or "")


def _below(name: str, column: Column) -> Column:
    return Column(name=f"{name}_{column.name}", kind=column.kind, definition=column.definition, adds_up=column.adds_up)


def _kind(annotation: Any) -> Kind:
    for part in _parts(annotation):
        if part is bool:
            return "yes_no"
        if part is int:
            return "integer"
        if isinstance(part, type) and issubclass(part, (datetime, AwareDatetime)):
            return "instant"
        if isinstance(part, type) and issubclass(part, date):
            return "date"
    return "text"


def _parts(annotation: Any) -> list[Any]:
    if get_origin(annotation) in (Union, types.UnionType):
        return [inner for part in get_args(annotation) for inner in _parts(part)]
    if get_origin(annotation) is Annotated:
        return _parts(get_args(annotation)[0])
    return [annotation]


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model that a field holds, or may hold; `None` for anything else."""
    if get_origin(annotation) in (Union, types.UnionType):
        return next((found for part in get_args(annotation) if (found := _model(part)) is not None), None)
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
