"""The catalogue of reports, as the API answers it and as `docs/reports.md` is written from it.

catalogue()[0]     {"name": "ar-aging", "definition": "What is open, by …", "columns": [{"name": "open", ...}], ...}
"""

from __future__ import annotations

from typing import Any

from services.reporting.report.column import Column
from services.reporting.report_rows import row_lists
from services.reporting.reports import Report, reports


def catalogue() -> list[dict[str, Any]]:
    """Every report by name, as `models.CatalogueEntry`."""
    return [_entry(report) for _, report in sorted(reports().items())]


def row_catalogue() -> list[dict[str, Any]]:
    """Every list of rows behind figures, as `models.RowListEntry`."""
    return [
        {
            "path": rows.path,
            "definition": rows.definition,
            "columns": [_column(column) for column in rows.columns],
            "filters": sorted(rows.filters),
        }
        for _, rows in sorted(row_lists().items())
    ]


def _entry(report: Report) -> dict[str, Any]:
    return {
        "name": report.name,
        "definition": report.definition,
        "about": report.about,
        "columns": [_column(column) for column in report.columns],
        "figures": [_column(figure) for figure in report.figures],
        "parameters": list(report.takes),
        "groups": list(report.groups),
        "default_group": report.default_group,
        "default_range": report.default_range,
        "days_max": report.days_max,
    }


def _column(column: Column) -> dict[str, Any]:
    return {name: getattr(column, name) for name in ("name", "kind", "definition", "formula", "adds_up")}
