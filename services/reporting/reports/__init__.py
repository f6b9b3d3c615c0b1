"""Reports: one file each, found by listing this folder.

A report is a file with a docstring (what its figures mean), and one `Report`; nothing else names it:

    REPORT = Report(name="revenue", row=RevenueRow, takes=("from", "to", "group_by", "currency"), groups=("month", ...),
                    run=run, examples=({"group": "2026-09-01", "currency": "EUR", ...},))

`run(database, question)` answers with rows ready for JSON, amounts as decimal strings. A report never reads a clock:
the question carries `now`. Its path, its answer's shape and its export follow from the object (contract.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from services.reporting.reports.contract import Question, Report
from shared.kernel.plugins import plugins

__all__ = ["Question", "Report", "reports"]


@cache
def reports() -> Mapping[str, Report]:
    """Every report of the folder by name."""
    return plugins(__name__, Report)
