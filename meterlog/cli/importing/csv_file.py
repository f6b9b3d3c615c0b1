"""A CSV file as rows of named texts, each with its line.

    id,name,address.city          ->  Line(2, {"id": "acc-1", "name": "Ann", "address.city": "Ghent"})
    acc-1,Ann,Ghent

UTF-8, with or without a mark at its beginning; commas, semicolons or tabs. An empty cell is an absent field.
"""

from __future__ import annotations

import csv
from collections.abc import Collection
from pathlib import Path
from typing import Final, NamedTuple, NoReturn

from meterlog.cli.output import WRONG_USE, say

FILE_BYTES_MAX: Final = 64 << 20
ROWS_MAX: Final = 100_000
_SEPARATORS: Final = ",;\t"


class Line(NamedTuple):
    """The cells of a row that are not empty; `number` is its first line in the file, from 1."""

    number: int
    cells: dict[str, str]


def lines_of(file: Path, *, required: Collection[str], known: Collection[str] | None = None) -> list[Line]:
    """Every row below the header. Ends the command where the file as a whole is not what it should be."""
    if file.stat().st_size > FILE_BYTES_MAX:
        refuse(f"{file} has more than {FILE_BYTES_MAX >> 20} MB; import it in parts")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        refuse(f"{file} is not UTF-8: byte {error.start + 1} is no part of a character")
    head = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(keepends=True), delimiter=max(_SEPARATORS, key=head.count), strict=True)
    try:
        names = [name.strip() for name in next(reader, [])]
        _check_names(file, names, required, known)
        found: list[Line] = []
        begins = reader.line_num + 1
        for cells in reader:
            if any(cells):
                found.append(Line(begins, _cells(file, begins, names, cells)))
            begins = reader.line_num + 1
            if len(found) > ROWS_MAX:
                refuse(f"{file} has more than {ROWS_MAX:,} rows; import it in parts")
    except csv.Error as error:
        refuse(f"{file} is not CSV: line {reader.line_num}: {error}")
    return found


def refuse(detail: str) -> NoReturn:
    """The file can't be read at all: the command ends with code 2."""
    raise BadFile(detail)


class BadFile(SystemExit):
    """Says why on stderr and ends the command as wrong use."""

    def __init__(self, detail: str) -> None:
        say(f"meterlog: {detail}")
        super().__init__(WRONG_USE)


def _check_names(file: Path, names: list[str], required: Collection[str], known: Collection[str] | None) -> None:
    missing = [name for name in required if name not in names]
    if missing:
        refuse(f"{file} has no column {', '.join(missing)}; its first line names the columns")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        refuse(f"{file} has two columns {', '.join(twice)}")
    unknown = [name for name in names if known is not None and name not in known]
    if unknown:
        refuse(
            f"{file} has columns that mean nothing: {', '.join(unknown)}; there are {', '.join(sorted(known or ()))}"
        )


def _cells(file: Path, number: int, names: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) > len(names):
        refuse(f"{file}, line {number}: {len(cells)} cells under {len(names)} columns")
    return {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()}
