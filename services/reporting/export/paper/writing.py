"""A report as text, ready to be set: what report.typ reads. Nothing is calculated after this.

written(contents, [{"group": "2026-09-01", "net": "1240.00", ...}])["rows"]      [["2026-09-01", "1,240.00", ...]]
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import msgspec

from services.reporting.export.cells import CURRENCY, flat
from services.reporting.export.formats.contract import Column, Contents, Item
from services.reporting.export.sums import Sums
from shared.kernel.money import format_amount

_RIGHT: Final = frozenset({"money", "number", "integer"})
_WIDE_FROM: Final = 7
_BARS_MAX: Final = 40
"""More are no picture any more."""
_LONG: Final = re.compile(r"\S{18,}")
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def written(contents: Contents, items: Sequence[Item]) -> dict[str, Any]:
    names = tuple(column.name for column in contents.columns)
    rows = [flat(item, names) for item in items]
    sums, facts, at = Sums(contents.columns), dict(contents.facts), contents.made_at
    for row in rows:
        sums.add(row)
    return {
        "title": contents.title,
        "definition": contents.definition,
        "facts": [[name, _broken(value)] for name, value in contents.facts],
        "as_of": f"As of {facts.get('As of', '')}".strip(),
        "asked_by": facts.get("Asked by", ""),
        "date": {"year": at.year, "month": at.month, "day": at.day},
        "wide": len(names) >= _WIDE_FROM,
        "columns": [{"name": _broken(c.name.replace("_", " ")), "right": c.kind in _RIGHT} for c in contents.columns],
        "rows": [[_said(column, row.get(column.name)) for column in contents.columns] for row in rows],
        "totals": [_total(contents.columns, currency, of) for currency, of in sums.by_currency().items()],
        "charts": _charts(contents, rows),
        "none": "There are no rows.",
        "meanings": [_meaning(column) for column in contents.columns if column.definition or column.formula],
    }


def _said(column: Column, value: Any) -> str:
    """A cell, as people read it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str() if column.kind in _RIGHT and _NUMBER.fullmatch(value):
            return f"{Decimal(value):,f}"
        case str() if column.kind == "instant":
            return value[:19].replace("T", " ")
        case str():
            return _broken(value)
        case int():
            return f"{value:,}"
        case _:
            return _broken(msgspec.json.encode(value).decode())


def _total(columns: Sequence[Column], currency: str, sums: Mapping[str, Decimal]) -> list[str]:
    cells: list[str] = []
    for column in columns:
        if column.name in sums:
            cells.append(_said(column, format_amount(sums[column.name], currency)))
        elif column.name == CURRENCY:
            cells.append(currency)
        else:
            cells.append("" if any(cells) else f"Total {currency}")
    return cells


def _charts(contents: Contents, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A picture of each currency; heights are thousandths of the largest."""
    if contents.chart is None:
        return []
    at, of = contents.chart
    by_currency: dict[str, list[tuple[str, Decimal]]] = {}
    for row in rows:
        if row.get(of) is not None and row.get(at) is not None:
            by_currency.setdefault(str(row.get(CURRENCY) or ""), []).append((str(row[at]), Decimal(row[of])))
    return [
        _chart(f"{of.replace('_', ' ')} {currency}".strip(), points)
        for currency, points in sorted(by_currency.items())
        if 1 < len(points) <= _BARS_MAX
    ]


def _chart(title: str, points: Sequence[tuple[str, Decimal]]) -> dict[str, Any]:
    largest = max((abs(value) for _, value in points), default=Decimal(0))
    bars = [int(1000 * value / largest) if largest else 0 for _, value in points]
    return {
        "title": f"{title}, at most {largest:,f}",
        "marks": [mark for mark, _ in points],
        "bars": bars,
        "below": -min(0, *bars),
    }


def _meaning(column: Column) -> dict[str, str]:
    words = " = ".join(part for part in (column.definition, column.formula) if part)
    return {"name": column.name.replace("_", " "), "words": words}


def _broken(text: str) -> str:
    """A word that is wider than its column may be broken anywhere (at a space of no width)."""
    return _LONG.sub(lambda found: "\u200b".join(found[0][n : n + 9] for n in range(0, len(found[0]), 9)), text)
