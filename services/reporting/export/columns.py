"""Rows as lines of CSV: columns come from the shape that the list's answers have.

    columns_of(Invoice)      ('id', 'number', …, 'period_start', 'period_end', 'net', 'tax', 'total', …, 'currency')
    write(columns, items)    'id,number,…\\r\\ninv-7,INV-000042,…\\r\\n'

An amount of money is one column, and its currency the column `currency`. A thing with fields is a column for each.
A list is JSON in one cell; what one may do with it now, and what only the thing itself shows, are left out.
"""

from __future__ import annotations

import csv
import io
import re
import types
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, Final, Union, get_args, get_origin

import msgspec
from pydantic import BaseModel

from shared.kernel.money import MoneyBody

CURRENCY: Final = "currency"
_LEFT_OUT: Final = frozenset({"allowed_actions", "data"})
# A spreadsheet takes text that begins so for a formula; numbers may have a sign.
_FORMULA: Final = re.compile(r"[=@\t\r]|[+-](?![0-9.]+$)")


def columns_of(shape: type[BaseModel]) -> tuple[str, ...]:
    """The columns of a list whose items have that shape."""
    names: list[str] = []
    has_money = False
    for attribute, field in shape.model_fields.items():
        name = field.serialization_alias or field.alias or attribute
        inner = _model(field.annotation)
        if name in _LEFT_OUT:
            continue
        has_money = has_money or inner is MoneyBody
        if inner is None or inner is MoneyBody:
            names.append(name)
        else:
            names += (f"{name}_{below}" for below in columns_of(inner))
    return (*names, CURRENCY) if has_money and CURRENCY not in names else tuple(names)


def write(columns: Sequence[str], items: Iterable[Mapping[str, Any]], *, head: bool = False) -> str:
    """Lines of CSV (RFC 4180); `head` begins with the names of the columns."""
    text = io.StringIO()
    lines = csv.writer(text)
    if head:
        lines.writerow(columns)
    for item in items:
        cells = flat(item, columns)
        lines.writerow([_cell(cells.get(column)) for column in columns])
    return text.getvalue()


def flat(item: Mapping[str, Any], columns: Container[str] = ()) -> dict[str, Any]:
    """An item's cells by column; what is one of `columns` stays as it is.

    >>> flat({"id": "inv-7", "net": {"amount": "12.40", "currency": "EUR"}, "period": {"start": "2026-09-01"}})
    {'id': 'inv-7', 'net': '12.40', 'currency': 'EUR', 'period_start': '2026-09-01'}
    """
    cells: dict[str, Any] = {}
    for name, value in item.items():
        match value:
            case {"amount": amount, "currency": currency} if len(value) == 2:
                cells[name] = amount
                cells.setdefault(CURRENCY, currency)
            case Mapping() if name not in columns:
                cells |= {f"{name}_{below}": cell for below, cell in flat(value).items()}
            case _:
                cells[name] = value
    return cells


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return f"'{value}" if _FORMULA.match(value) else value
        case int():
            return str(value)
        case _:
            return msgspec.json.encode(value).decode()


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model that a field holds, or may hold; `None` for anything else."""
    if get_origin(annotation) in (Union, types.UnionType):
        return next((found for part in get_args(annotation) if (found := _model(part)) is not None), None)
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
