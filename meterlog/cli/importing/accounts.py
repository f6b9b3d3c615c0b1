"""Accounts of a CSV file.

id,name,currency,cycle_id,tax_rate,email,address.lines,address.postal_code,address.city,address.country
acc-1,Ann Example,EUR,monthly,20,ann@example.org,Rue Haute 12|Apt 3,1000,Brussels,BE
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from meterlog.cli.importing.csv_file import Line, lines_of
from meterlog.cli.importing.rows import Failure, ImportRow, checked, twice
from services.rating.account.api import AccountBody

_REQUIRED: Final = ("id", "name", "currency", "cycle_id", "tax_rate")
_ADDRESS: Final = "address."
_LINES: Final = "address.lines"
_OF_ADDRESS: Final = ("lines", "postal_code", "city", "region", "country")
COLUMNS: Final = (
    *(name for name in AccountBody.model_fields if name != "address"),
    *(f"{_ADDRESS}{name}" for name in _OF_ADDRESS),
)


def read(file: Path) -> list[ImportRow]:
    """Every row of the file, checked."""
    first: dict[str, int] = {}
    return [_row(line, first) for line in lines_of(file, required=_REQUIRED, known=COLUMNS)]


def _row(line: Line, first: dict[str, int]) -> ImportRow:
    body = body_of(line.cells)
    failures = checked(AccountBody, body, line.number)
    id = line.cells.get("id", "")
    if not id:
        failures += (Failure(line.number, "required", "/id", "a row that can be imported twice has an id"),)
    elif first.setdefault(id, line.number) != line.number:
        failures += (twice(line.number, id, first[id]),)
    cycle = line.cells.get("cycle_id", "")
    return ImportRow(
        line=line.number,
        id=id,
        body=body,
        failures=failures,
        needs=(("/cycle_id", f"/v1/billing-cycles/{quote(cycle, safe='')}"),) if cycle else (),
    )


def body_of(cells: dict[str, str]) -> dict[str, Any]:
    """The body of `POST /v1/accounts`.

    >>> body_of({"id": "acc-1", "address.city": "Ghent", "address.lines": "Veldstraat 1|Bus 2"})
    {'id': 'acc-1', 'address': {'city': 'Ghent', 'lines': ['Veldstraat 1', 'Bus 2']}}
    """
    body: dict[str, Any] = {name: cell for name, cell in cells.items() if not name.startswith(_ADDRESS)}
    address: dict[str, Any] = {
        name.removeprefix(_ADDRESS): cell for name, cell in cells.items() if name.startswith(_ADDRESS)
    }
    if _LINES in cells:
        address["lines"] = [part.strip() for part in cells[_LINES].split("|") if part.strip()]
    return body | ({"address": address} if address else {})
