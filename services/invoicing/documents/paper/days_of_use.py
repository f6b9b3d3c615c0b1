"""Usage of a line day by day, as a small chart and a table.

days_of_use(line, [DayOfUse(2026-09-01, 9 GB), ...], figures)["bars"]     # heights in thousandths of the largest
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from services.invoicing.documents.contract import DayOfUse
from services.invoicing.documents.paper.numbers import Figures
from services.invoicing.invoice.messages import InvoiceLine

_COLUMNS: Final = 3


def days_of_use(line: InvoiceLine, days: Sequence[DayOfUse], figures: Figures) -> dict[str, Any]:
    """What the template sets of one line; nothing is negative in the chart, everything is exact in the table."""
    unit = line.unit or ""
    largest = max((day.quantity for day in days), default=Decimal(0))
    return {
        "title": figures.language.say(
            "usage_of", description=figures.language.quote(line.description), period=figures.period(line.period)
        ),
        "total": "" if line.quantity is None else figures.quantity(line.quantity, unit),
        "largest": figures.quantity(largest, unit),
        "alt": figures.language.say("chart", largest=figures.quantity(largest, unit)),
        "marks": [str(day.day.day) for day in days],
        "bars": [int(1000 * max(day.quantity, Decimal(0)) / largest) if largest > 0 else 0 for day in days],
        "table": _table([(figures.short_day(day.day), _quantity(day, unit, figures)) for day in days]),
    }


def _quantity(day: DayOfUse, unit: str, figures: Figures) -> str:
    """Nothing is 0, whatever it is measured in."""
    return figures.quantity(day.quantity, unit) if day.quantity else "0"


def _table(days: list[tuple[str, str]]) -> list[str]:
    """Cells in reading order: days run down each of three columns, with an empty cell between the columns."""
    height = -(-len(days) // _COLUMNS)
    cells: list[str] = []
    for row in range(height):
        for column in range(_COLUMNS):
            place = column * height + row
            cells += ([""] if column else []) + [*(days[place] if place < len(days) else ("", ""))]
    return cells
