"""RetractionRated -> the rows of usage_day and late_usage_day that its records leave, or come back to. Rare.
UsageTakenBack -> the late row of the open period, of days of closed periods behind an end.

withdrawn, put_back        a record goes from `positions` to `withdrawn`, or back
credited, credit_undone    it is among the `credited` of the late row of the open period, or no longer
charged_again              it is one of the late row
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

import asyncpg

from services.rating.lineage import RecordPosition, pack, unpack
from services.rating.rated_usage.messages import UsageTakenBack
from services.rating.usage_retraction.messages import RetractedSum, RetractionRated
from shared.engine.postgres import Connection

_KEY: Final = (
    "partition = $1 and subscription_id = $2 and meter = $3 and day = $4 and plan_version = $5 and plan_id = $6"
)
_FIND: Final = f"select quantity, records, positions, withdrawn from usage_day where {_KEY}"
_FIND_LATE: Final = (
    f"select quantity, records, positions, withdrawn, credited from late_usage_day where {_KEY} and billed_in = $7"
)
_SET: Final = f"update usage_day set quantity = $7, records = $8, positions = $9, withdrawn = $10 where {_KEY}"
_SET_LATE: Final = """
insert into late_usage_day (partition, subscription_id, meter, day, plan_version, plan_id, billed_in, account_id,
                            period_start, quantity, records, positions, withdrawn, credited)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
on conflict (partition, subscription_id, meter, day, plan_version, plan_id, billed_in) do update
   set quantity = excluded.quantity, records = excluded.records, positions = excluded.positions,
       withdrawn = excluded.withdrawn, credited = excluded.credited
"""

Positions = list[RecordPosition]


async def write_retracted(connection: Connection, partition: int, event: RetractionRated) -> None:
    """The rows of each sum that has records."""
    for added in event.sums:
        if added.indexes:
            named = [index for index in added.indexes if 0 <= index < len(event.places)]
            places = [RecordPosition(event.source, *event.places[index]) for index in named]
            await _write(connection, partition, added, places, restored=event.restored)


async def write_taken_back(connection: Connection, partition: int, event: UsageTakenBack) -> None:
    """Records that have been charged are credited with the open period; those that have not are in no row any more."""
    for one in event.closed:
        key = (partition, event.subscription_id, one.meter, one.day, one.version, one.plan, one.billed_in)
        row = await connection.fetchrow(_FIND_LATE, *key)
        places = [RecordPosition(at, seq, index) for at, seq, indexes in one.behind for index in indexes]
        columns = {name: _unpacked(row, name) for name in ("positions", "withdrawn", "credited")}
        waits = set(columns["positions"])
        moved("taken_back", columns, [at for at in places if at in waits])
        moved("credited", columns, [at for at in places if at not in waits])
        sums = (
            event.account_id,
            one.period_start,
            (Decimal(0) if row is None else row["quantity"]) - one.quantity,
            (0 if row is None else row["records"]) - one.records,
        )
        await connection.execute(_SET_LATE, *key, *sums, *(_packed(held) for held in columns.values()))


async def _write(
    connection: Connection, partition: int, added: RetractedSum, places: Positions, *, restored: bool
) -> None:
    key = (partition, added.subscription, added.meter, added.day, added.version, added.plan)
    late = () if added.billed_in is None else (added.billed_in,)
    row = await connection.fetchrow(_FIND_LATE if late else _FIND, *key, *late)
    sign = 1 if restored else -1
    quantity = (Decimal(0) if row is None else row["quantity"]) + sign * added.quantity
    records = (0 if row is None else row["records"]) + sign * len(places)
    columns = {name: _unpacked(row, name) for name in ("positions", "withdrawn", "credited")}
    moved(added.step, columns, places)
    packed = {name: _packed(held) for name, held in columns.items()}
    if late:
        sums = (added.account, added.period_start, quantity, records)
        await connection.execute(_SET_LATE, *key, *late, *sums, *packed.values())
    else:
        await connection.execute(_SET, *key, quantity, records, packed["positions"], packed["withdrawn"])


def moved(step: str, columns: dict[str, Positions], places: Positions) -> None:
    """From one column to another; `None` is outside the row."""
    source, target = {
        "withdrawn": ("positions", "withdrawn"),
        "put_back": ("withdrawn", "positions"),
        "credited": (None, "credited"),
        "credit_undone": ("credited", None),
        "charged_again": (None, "positions"),
        "taken_back": ("positions", None),
    }[step]
    if source is not None:
        gone = set(places)
        columns[source] = [place for place in columns[source] if place not in gone]
    if target is not None:
        columns[target] = [*columns[target], *places]


def _unpacked(row: asyncpg.Record | None, name: str) -> Positions:
    return [*unpack(row[name])] if row is not None and name in row else []


def _packed(places: Iterable[RecordPosition]) -> bytes:
    by_event: dict[tuple[int, int], list[int]] = {}
    for place in places:
        by_event.setdefault((place.partition, place.seq), []).append(place.record)
    return b"".join(pack(*event, indexes) for event, indexes in by_event.items())
