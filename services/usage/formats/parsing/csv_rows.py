"""Rows of CSV, one a line: taken apart with the bytes of each kept.

>>> rows_of(b'a,b\\n1,"x, y"\\n')
[Row(data=b'a,b', cells=['a', 'b']), Row(data=b'1,"x, y"', cells=['1', 'x, y'])]
>>> rows_of(b'1,"open\\n')[0].cells is None, rows_of(b"\\xff")[0].cells is None
(True, True)

A row is a line: a quoted cell that goes on over lines is not taken. Comma, semicolon and tab separate, whichever the
first row has most of.
"""

from __future__ import annotations

import csv
from datetime import datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from shared.kernel.instants import INSTANT

ROWS_MAX: Final = 10_002
_BOM: Final = b"\xef\xbb\xbf"
_SEPARATORS: Final = (b",", b";", b"\t")


class Row(NamedTuple):
    """`cells` is `None` for bytes that are no row."""

    data: bytes
    cells: list[str] | None


def rows_of(body: bytes) -> list[Row]:
    """Every line that is not blank, up to `ROWS_MAX`: more than a message may have, and then it is refused whole."""
    lines = [line.rstrip(b"\r") for line in body.removeprefix(_BOM).split(b"\n", 2 * ROWS_MAX) if line.strip()]
    del lines[ROWS_MAX:]
    if not lines:
        return []
    separator = max(_SEPARATORS, key=lines[0].count).decode()
    return [Row(line, _cells(line, separator)) for line in lines]


def _cells(line: bytes, separator: str) -> list[str] | None:
    try:
        text = line.decode()
        if "\r" in text or "\0" in text:
            return None
        (cells,) = csv.reader([text], delimiter=separator, strict=True)
    except (UnicodeDecodeError, csv.Error, ValueError):
        return None
    return [cell.strip() for cell in cells]


def instant_in(text: str, zone: ZoneInfo) -> str | None:
    """RFC 3339 of `2026-11-23 02:00:00` on the clocks of a zone, or of text that is RFC 3339; `None` for anything else.

    >>> instant_in("2026-11-23 02:00:00", ZoneInfo("UTC"))
    '2026-11-23T02:00:00+00:00'

    Of an hour that a clock shows twice in autumn it is the first.
    """
    if INSTANT.fullmatch(text):
        return text
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) < len("2026-11-23T02:00:00"):
        return None
    return (found if found.tzinfo is not None else found.replace(tzinfo=zone)).isoformat()
