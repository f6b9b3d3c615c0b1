"""Rows behind the figures of reports, where no other list has exactly them: one file each, found by listing.

A file has a docstring, and one `RowList`; its path (`/v1/reports/rows/{name}`), its answer's shape and its place in the
catalogue follow from the object (contract.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from services.reporting.report_rows.contract import RowList
from shared.kernel.plugins import plugins

__all__ = ["RowList", "row_lists"]


@cache
def row_lists() -> Mapping[str, RowList]:
    """Every list of the folder by name."""
    return plugins(__name__, RowList)
