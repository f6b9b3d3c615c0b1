"""The line of a CSV file that names its columns.

>>> from io import BytesIO
>>> headings(BytesIO(b"Bank of Examples\\n\\nDay;Text;Amount\\n2026-10-09;a;1\\n"))
['Day', 'Text', 'Amount']
"""

from __future__ import annotations

import csv
from itertools import islice
from typing import IO, Final

from services.payments.statements.parsing import clean
from services.payments.statements.parsing.text_lines import text_lines

HEAD_LINES: Final = 50
"""A bank's letterhead is shorter."""
_DELIMITERS: Final = ";,\t"


def headings(file: IO[bytes]) -> list[str]:
    """The columns that the file seems to have: of its first lines the first with the most cells."""
    found: list[str] = []
    for line in islice(text_lines(file), HEAD_LINES):
        cells = [cell for cell in cells_of(line, delimiter_of(line)) if cell]
        if len(cells) > len(found):
            found = cells
    return found[:200]


def delimiter_of(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of any line that `text_lines` gives, of a picture's too. A carriage return within one is a space: CSV
    has no cell for it, and what is kept has none."""
    return [clean.line(cell) for cell in next(csv.reader([line.replace("\r", " ")], delimiter=delimiter), [])]
