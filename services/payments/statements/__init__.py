"""Formats of bank statements, one file each, found by listing this folder. contract.py says what a format is.

    statement_formats()["mt940"].read(file, Reading())
    detected(b":20:STARTUMS...")          # that format

Nothing else names one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from services.payments.statements.contract import StatementFormat
from shared.kernel.plugins import plugins

HEAD_BYTES: Final = 4_096
"""So much of a file tells its format."""


@cache
def statement_formats() -> Mapping[str, StatementFormat]:
    """Every format by its name."""
    return plugins(__name__, StatementFormat)


def detected(head: bytes) -> StatementFormat | None:
    """The format that the beginning of a file looks like; `None` where it looks like several or none."""
    found = [each for each in statement_formats().values() if each.detects(head)]
    return found[0] if len(found) == 1 else None
