"""Plans of a CSV file: a row for each price, and rows of one `id` are one plan.

    id,name,currency,effective_from,model,amount,interval,bill,proration,meter,tiers
    fibre,Fibre 300,EUR,2026-12-01,flat,29.90,month,advance,actual,,
    fibre,,,,graduated,,,,,data.octets,"[{""up_to"": null, ""unit_price"": ""0.05""}]"

Every column that is not the plan's is a parameter of the price; a cell that begins with `[` or `{` is JSON.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from meterlog.cli.importing.csv_file import Line, lines_of
from meterlog.cli.importing.rows import Failure, ImportRow, checked
from services.rating.plan.bodies import PlanBody

_REQUIRED: Final = ("id", "name", "currency", "model")
_OF_PLAN: Final = ("id", "name", "currency", "effective_from")


def read(file: Path) -> list[ImportRow]:
    """Every plan of the file, checked; its line is that of its first price."""
    plans: dict[str, list[Line]] = {}
    without: list[ImportRow] = []
    for line in lines_of(file, required=_REQUIRED):
        id = line.cells.get("id")
        if id is None:
            failure = Failure(line.number, "required", "/id", "every row names its plan")
            without.append(ImportRow(line=line.number, id="", body={}, failures=(failure,)))
        else:
            plans.setdefault(id, []).append(line)
    return sorted([*without, *(_plan(id, lines) for id, lines in plans.items())], key=lambda row: row.line)


def _plan(id: str, lines: Sequence[Line]) -> ImportRow:
    failures: list[Failure] = []
    said: dict[str, str] = {}
    for line in lines:
        for name in _OF_PLAN:
            cell = line.cells.get(name)
            if cell is not None and said.setdefault(name, cell) != cell:
                detail = f"{id} has {name} {said[name]!r} in line {lines[0].number}; a plan has one"
                failures.append(Failure(line.number, "conflict", f"/{name}", detail))
    prices = [_price(line, failures) for line in lines]
    effective_from = said.pop("effective_from", None)
    body = {**said, "prices": prices}
    failures += checked(PlanBody, body, lines[0].number)
    publish = (f"/v1/plans/{quote(id, safe='')}/versions/1/publish", {"effective_from": effective_from})
    meters = {price["meter"] for price in prices if isinstance(price.get("meter"), str)}
    return ImportRow(
        line=lines[0].number,
        id=id,
        body=body,
        failures=tuple(failures),
        needs=tuple(("/prices", f"/v1/meters/{quote(meter, safe='')}") for meter in sorted(meters)),
        then=(publish,) if effective_from is not None else (),
    )


def _price(line: Line, failures: list[Failure]) -> dict[str, Any]:
    price: dict[str, Any] = {}
    for name, cell in line.cells.items():
        if name in _OF_PLAN:
            continue
        try:
            price[name] = json.loads(cell) if cell[0] in "[{" else cell
        except ValueError as error:
            failures.append(Failure(line.number, "invalid_json", f"/prices/{name}", f"not JSON: {error}"))
    return price
