"""A table as a spreadsheet has it: lines by column names, each cell as text, empty cells left out.

    id;jurisdiction_id;tax;rate;effective_from
    fr-vat;FR;VAT;20;2014-01-01

    [(2, {"id": "fr-vat", "jurisdiction_id": "FR", "tax": "VAT", "rate": "20", "effective_from": "2014-01-01"})]

Lines count from 1; those that begin with `#` are remarks. The first of the others names the columns. Cells are
separated by commas or semicolons; a column of several values separates them by spaces.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from typing import Final

from shared.kernel.errors import Rejection, Rejections

ROWS_MAX: Final = 5_000
REFUSALS_MAX: Final = 100
CSV: Final = "text/csv"

CsvLine = tuple[int, dict[str, str]]


def read_csv(text: str, *, columns: Collection[str], needed: Collection[str]) -> list[CsvLine]:
    """The lines that say something. Raises `Rejections`, each with the number of its line."""
    numbered = [(n, line) for n, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1)]
    numbered = [(n, line) for n, line in numbered if line.strip() and not line.startswith("#")]
    if not numbered:
        raise Rejection("invalid", "the file has no line", pointer="/lines/1")
    head, lines = numbered[0], numbered[1:]
    if len(lines) > ROWS_MAX:
        detail = f"{len(lines)} rows are more than {ROWS_MAX}; import them in several files"
        raise Rejection("out_of_bounds", detail, pointer="/lines")
    delimiter = ";" if head[1].count(";") > head[1].count(",") else ","
    names = [cell.strip().lower() for cell in _cells(head[1], delimiter, head[0])]
    if wrong := _wrong_names(names, columns, needed, head[0]):
        raise Rejections(wrong)
    return [_line(number, _cells(line, delimiter, number), names) for number, line in lines]


def _cells(line: str, delimiter: str, number: int) -> Sequence[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise Rejection("invalid", f"this is no CSV: {error}", pointer=f"/lines/{number}") from error


def _wrong_names(
    names: Sequence[str], columns: Collection[str], needed: Collection[str], number: int
) -> list[Rejection]:
    at = f"/lines/{number}"
    unknown = [name for name in names if name not in columns]
    missing = [name for name in needed if name not in names]
    twice = sorted({name for name in names if names.count(name) > 1})
    return [
        *(
            Rejection("unknown_field", f"{name[:40]!r} is no column; there are {', '.join(columns)}", pointer=at)
            for name in unknown[:1]
        ),
        *(Rejection("required", f"there is no column {name}", pointer=at) for name in missing),
        *(Rejection("invalid", f"the column {name} comes twice", pointer=at) for name in twice if name in columns),
    ]


def _line(number: int, cells: Sequence[str], names: Sequence[str]) -> CsvLine:
    if len(cells) > len(names):
        detail = f"there are {len(cells)} cells and {len(names)} columns"
        raise Rejection("invalid", detail, pointer=f"/lines/{number}")
    given = zip(names, map(str.strip, cells), strict=False)
    return number, {name: cell for name, cell in given if cell}
