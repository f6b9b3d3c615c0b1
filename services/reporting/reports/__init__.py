"""The workshop of reports: one file per report, found by listing this folder.

A report is a file with a docstring (what its figures mean), a `REPORT`, and nothing to register:

    REPORT = Report(name="revenue", takes=("from", "to", "group_by", "currency"), groups=("month", ...), run=run)

`run(database, question)` answers with rows ready for JSON, amounts as decimal strings. A report never reads a clock:
the question carries `now`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from services.reporting.reports.report import Question, Report

__all__ = ["LATER", "Question", "Report", "reports"]

LATER = frozenset(
    {
        *("payment-methods", "events-timeline", "tax", "collections", "credit-notes", "unbilled", "deferred-revenue"),
        *("mrr", "dunning-funnel", "top-customers", "journal"),
    }
)
"""Reports that the contract names and this version does not have."""


@cache
def reports() -> Mapping[str, Report]:
    """Every report of the workshop by name."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    found = [module.REPORT for module in modules if hasattr(module, "REPORT")]
    return {report.name: report for report in found}
