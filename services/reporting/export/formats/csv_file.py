"""CSV (RFC 4180): a line of names, then a line for each row. UTF-8, without totals, for other programs.

    number,total,currency
    INV-000042,12.40,EUR
    INV-000043,'=1+1,EUR            a cell that a spreadsheet would take for a formula is text

Amounts and quantities stand as they are, exactly, with a point.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

from services.reporting.export.cells import flat
from services.reporting.export.formats.contract import Contents, Format, Item

# A spreadsheet takes text that begins so for a formula; numbers may have a sign.
_FORMULA: Final = re.compile(r"[=@\t\r]|[+-](?![0-9.]+$)")


class CsvWriter:
    def __init__(self, contents: Contents) -> None:
        self._names = tuple(column.name for column in contents.columns)
        self._begun = False

    def rows(self, items: Sequence[Item]) -> bytes:
        head, self._begun = not self._begun, True
        return written(self._names, items, head=head).encode()

    def end(self) -> bytes:
        return b"" if self._begun else self.rows(())


def written(names: Sequence[str], items: Iterable[Item], *, head: bool = False) -> str:
    """Lines of CSV; `head` begins with the names of the columns."""
    text = io.StringIO()
    lines = csv.writer(text)
    if head:
        lines.writerow(names)
    for item in items:
        cells = flat(item, names)
        lines.writerow([_cell(cells.get(name)) for name in names])
    return text.getvalue()


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return f"'{value}" if _FORMULA.match(value) else value
        case int():
            return str(value)
        case _:
            return msgspec.json.encode(value).decode()


FORMAT: Final = Format(name="csv", media_type="text/csv", writer=CsvWriter, rows_max=500_000, columns_max=200)
