"""Formats of files: one file each, found by listing this folder.

A format is a file with a docstring and one `Format`; nothing else names it. Its writer is told the rows piece by piece
and gives bytes as they come, so that a file is fetched while it is written and no more of it is held than a piece.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from services.reporting.export.formats.contract import Contents, Format
from shared.kernel.plugins import plugins

__all__ = ["Contents", "Format", "formats"]


@cache
def formats() -> Mapping[str, Format]:
    """Every format of the folder by name."""
    return plugins(__name__, Format)
