"""Which columns there are, of a list and of a report, and what is drawn of a report.

columns_offered("invoices", None)              (Column("id", …), Column("number", …), …)
columns_offered(None, "revenue", "month")      (Column("group", "date", "the first day of …"), …)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from services.reporting.export.formats.contract import Column, Kind
from services.reporting.export.sources import LISTS
from services.reporting.report.column import Column as ReportColumn
from services.reporting.report.column import Kind as ReportKind
from services.reporting.reports import reports

_KINDS: Final[Mapping[ReportKind, Kind]] = {
    **{"text": "text", "date": "date", "month": "date", "instant": "instant", "money": "money", "count": "integer"},
    **{"quantity": "number", "percent": "number", "days": "number", "figure": "number", "series": "text"},
}
_BY_DATE: Final = frozenset({"month", "day"})
_GROUP: Final = "group"


def columns_offered(a_list: str | None, report: str | None, group_by: str | None = None) -> tuple[Column, ...]:
    if a_list is not None:
        return LISTS[a_list].columns
    known = reports().get(report or "")
    return () if known is None else tuple(_column(column, group_by) for column in known.columns)


def columns_on_paper(a_list: str | None, report: str | None, most: int) -> tuple[str, ...]:
    """What a PDF shows where nobody has chosen."""
    if a_list is not None:
        return LISTS[a_list].on_paper
    known = reports().get(report or "")
    return () if known is None else tuple(c.name for c in known.columns if c.kind != "series")[:most]


def series_of(columns: Sequence[Column]) -> tuple[str, str] | None:
    """Which money is drawn over which dates: what the others come to, else the first; `None` without dates."""
    at = next((column.name for column in columns if column.kind == "date"), None)
    money = [column for column in columns if column.kind == "money"]
    if at is None or not money:
        return None
    return at, next((column.name for column in money if column.formula), money[0].name)


def _column(column: ReportColumn, group_by: str | None) -> Column:
    kind = "date" if column.name == _GROUP and group_by in _BY_DATE else _KINDS[column.kind]
    return Column(
        name=column.name,
        kind=kind,
        definition=column.definition,
        formula=column.formula or "",
        adds_up=column.adds_up,
    )
