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
from services.reporting.export.paper.language import Words, words_of
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
    words = words_of(contents.language)
    for row in rows:
        sums.add(row)
    return {
        "language": words.code,
        "title": words.of("titles", contents.name) if contents.name else contents.title,
        "definition": contents.definition,
        "facts": [[words.of("facts", name), _broken(value)] for name, value in contents.facts],
        "as_of": words["as_of"].format(at=facts.get("As of", "")).strip(),
        "asked_by": facts.get("Asked by", ""),
        "page": words["page"].split("{page}")[0],
        "of": words["page"].split("{page}")[1].split("{pages}")[0],
        "date": {"year": at.year, "month": at.month, "day": at.day},
        "wide": len(names) >= _WIDE_FROM,
        "columns": [
            {"name": _broken(words.of("columns", c.name)), "right": c.kind in _RIGHT} for c in contents.columns
        ],
        "rows": [[_said(column, row.get(column.name), words) for column in contents.columns] for row in rows],
        "totals": [_total(contents.columns, currency, of, words) for currency, of in sums.by_currency().items()],
        "charts": _charts(contents, rows, words),
        "none": words["none"],
        "meaning": words["meanings"],
        "meanings": [_meaning(column, words) for column in contents.columns if column.definition or column.formula],
    }


def _said(column: Column, value: Any, words: Words) -> str:
    """A cell, as people read it."""
    match value:
        case None:
            return ""
        case bool():
            return words["yes" if value else "no"]
        case str() if column.kind in _RIGHT and _NUMBER.fullmatch(value):
            return words.number(f"{Decimal(value):,f}")
        case str() if column.kind == "instant":
            return value[:19].replace("T", " ")
        case str():
            return _broken(value)
        case int():
            return words.number(f"{value:,}")
        case _:
            return _broken(msgspec.json.encode(value).decode())


def _total(columns: Sequence[Column], currency: str, sums: Mapping[str, Decimal], words: Words) -> list[str]:
    cells: list[str] = []
    for column in columns:
        if column.name in sums:
            cells.append(_said(column, format_amount(sums[column.name], currency), words))
        elif column.name == CURRENCY:
            cells.append(currency)
        else:
            cells.append("" if any(cells) else words["total"].format(currency=currency))
    return cells


def _charts(contents: Contents, rows: Sequence[Mapping[str, Any]], words: Words) -> list[dict[str, Any]]:
    """A picture of each currency; heights are thousandths of the largest."""
    if contents.chart is None:
        return []
    at, of = contents.chart
    by_currency: dict[str, list[tuple[str, Decimal]]] = {}
    for row in rows:
        if row.get(of) is not None and row.get(at) is not None:
            by_currency.setdefault(str(row.get(CURRENCY) or ""), []).append((str(row[at]), Decimal(row[of])))
    return [
        _chart(f"{words.of('columns', of)} {currency}".strip(), points, words)
        for currency, points in sorted(by_currency.items())
        if 1 < len(points) <= _BARS_MAX
    ]


def _chart(title: str, points: Sequence[tuple[str, Decimal]], words: Words) -> dict[str, Any]:
    largest = max((abs(value) for _, value in points), default=Decimal(0))
    bars = [int(1000 * value / largest) if largest else 0 for _, value in points]
    return {
        "title": words["chart"].format(figure=title, largest=words.number(f"{largest:,f}")),
        "marks": [mark for mark, _ in points],
        "bars": bars,
        "below": -min(0, *bars),
    }


def _meaning(column: Column, words: Words) -> dict[str, str]:
    said = " = ".join(part for part in (column.definition, column.formula) if part)
    return {"name": words.of("columns", column.name), "words": said}


def _broken(text: str) -> str:
    """A word that is wider than its column may be broken anywhere (at a space of no width)."""
    return _LONG.sub(lambda found: "\u200b".join(found[0][n : n + 9] for n in range(0, len(found[0]), 9)), text)
