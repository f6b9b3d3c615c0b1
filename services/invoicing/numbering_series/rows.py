"""Numbering series as rows, each with its last number.

INV   invoice   INV-{n:06}   never   42   INV-000042   2026-10-02
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from services.invoicing.numbering_series.messages import LOOK, NumberAssigned, NumberingSeriesOpened
from services.invoicing.numbering_series.patterns import look
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, update, upsert
from shared.kernel.claims import EarlierUse


class NumberingSeriesRow(Row, frozen=True, kw_only=True):
    """A series; `last` is how many numbers it has given, `last_number` the last of them as it is written."""

    TABLE = "numbering_series_row"
    KEY = ("series_id",)

    series_id: str
    kind: str
    legal_entity: str
    pattern: str
    reset: str
    last: int = 0
    last_number: str | None = None
    last_issued_on: date | None = None


class LastNumber(Change, frozen=True, kw_only=True):
    """Of a batch the last one counts, so that a thousand numbers are one row of one statement."""

    TABLE = "numbering_series_row"
    KEY = ("series_id",)

    series_id: str
    last: int
    last_number: str
    last_issued_on: date


TABLES: Final = Tables(
    upsert(
        NumberingSeriesRow,
        sets={"last": "t.last", "last_number": "t.last_number", "last_issued_on": "t.last_issued_on"},
        merge=lambda earlier, later: later,
    ),
    update(LastNumber),
)


def rows(applied: AppliedOf[NumberingSeriesOpened | NumberAssigned]) -> Iterator[Columns]:
    match applied.event:
        case NumberingSeriesOpened() as event:
            yield NumberingSeriesRow.of(event, kind=event.kind or "invoice")
        case NumberAssigned() as event:
            yield LastNumber.of(event, last=event.n, last_number=event.number, last_issued_on=event.issued_on)


async def earlier_uses(connection: Connection, partition: int, names: Sequence[str]) -> Mapping[str, EarlierUse]:
    """Series of any partition whose look nobody claimed: opened before looks were, or with their first number."""
    if not any(name.startswith(f"{LOOK}:") for name in names):
        return {}
    rows = await connection.fetch("select series_id, pattern from numbering_series_row order by series_id desc")
    found = {f"{LOOK}:{look(row['pattern'])}": row["series_id"] for row in rows}
    return {name: EarlierUse(name=name, holder=found[name]) for name in names if name in found}
