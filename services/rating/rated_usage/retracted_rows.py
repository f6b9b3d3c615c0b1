"""RetractionRated -> the rows of usage_day and late_usage_day that its records leave, or come back to. Rare.
UsageTakenBack -> the late row of the open period, of days of closed periods behind an end.

withdrawn, put_back        a record goes from `positions` to `withdrawn`, or back
credited, credit_undone    it is among the `credited` of the late row of the open period, or no longer
charged_again              it is one of the late row
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import asyncpg

from services.rating.lineage import RecordPosition, pack, unpack
from services.rating.rated_usage.messages import TakenOfClosed, UsageTakenBack
from services.rating.record_pages import DAYS, LATE_DAYS
from services.rating.usage_retraction.messages import RetractedSum, RetractionRated
from shared.engine.postgres import Connection
from shared.engine.rows import Columns

_KEY: Final = (
    "partition = $1 and subscription_id = $2 and meter = $3 and day = $4 and plan_version = $5 and plan_id = $6"
)
_NAMED: Final = "subscription_id, meter, day, plan_version, plan_id, quantity, records, withdrawn"
_FIND: Final = f"""
select {_NAMED}, {DAYS.whole("of_day")} as positions, null::date as billed_in from usage_day as of_day where {_KEY}
"""
_FIND_LATE: Final = f"""
select {_NAMED}, {LATE_DAYS.whole("of_day")} as positions, credited, billed_in from late_usage_day as of_day
 where {_KEY} and billed_in = $7
"""
# Positions are written anew, all of them: the pages go, and `cut_row` makes them.
_SET: Final = f"""
with pages as ({DAYS.forget})
update usage_day set quantity = $7, records = $8, withdrawn = $9 where {_KEY}
"""
_SET_LATE: Final = f"""
with pages as ({LATE_DAYS.forget})
insert into late_usage_day (partition, subscription_id, meter, day, plan_version, plan_id, billed_in, account_id,
                            period_start, quantity, records, withdrawn, credited, positions)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '')
on conflict (partition, subscription_id, meter, day, plan_version, plan_id, billed_in) do update
   set quantity = excluded.quantity, records = excluded.records, withdrawn = excluded.withdrawn,
       credited = excluded.credited
"""

Positions = list[RecordPosition]
Key = tuple[str, str, date, int, str, date | None]
"""Of a row: subscription, meter, day, version, plan, and of a late one in which bill it is."""


class _Held:
    """A row as it is, and is to be."""

    __slots__ = ("account", "columns", "period_start", "quantity", "records")

    def __init__(self, row: asyncpg.Record | None) -> None:
        self.account = ""
        self.period_start: date | None = None
        self.quantity = Decimal(0) if row is None else row["quantity"]
        self.records = 0 if row is None else row["records"]
        self.columns = {name: _unpacked(row, name) for name in ("positions", "withdrawn", "credited")}

    def add(self, account: str, period_start: date, quantity: int, records: int) -> None:
        self.account, self.period_start = account, period_start
        self.quantity += quantity
        self.records += records


async def write_retracted(connection: Connection, partition: int, events: Sequence[RetractionRated]) -> None:
    """The rows of each sum that has records, all of the events read and written together."""
    changes = [(event, added) for event in events for added in event.sums if added.indexes]
    rows = await _read(connection, partition, (_of_sum(added) for _, added in changes))
    for event, added in changes:
        row = rows[_of_sum(added)]
        named = [index for index in added.indexes if 0 <= index < len(event.places)]
        places = [RecordPosition(event.source, *event.places[index]) for index in named]
        sign = 1 if event.restored else -1
        row.add(added.account, added.period_start, sign * added.quantity, sign * len(places))
        moved(added.step, row.columns, places)
    await _write(connection, partition, rows)


async def write_taken_back(connection: Connection, partition: int, event: UsageTakenBack) -> None:
    """Records that have been charged are credited with the open period; those that have not are in no row any more."""
    rows = await _read(connection, partition, (_of_closed(event, one) for one in event.closed))
    for one in event.closed:
        row = rows[_of_closed(event, one)]
        row.add(event.account_id, one.period_start, -one.quantity, -one.records)
        places = [RecordPosition(at, seq, index) for at, seq, indexes in one.behind for index in indexes]
        waits = set(row.columns["positions"])
        moved("taken_back", row.columns, [at for at in places if at in waits])
        moved("credited", row.columns, [at for at in places if at not in waits])
    await _write(connection, partition, rows)


def _of_sum(added: RetractedSum) -> Key:
    return added.subscription, added.meter, added.day, added.version, added.plan, added.billed_in


def _of_closed(event: UsageTakenBack, one: TakenOfClosed) -> Key:
    return event.subscription_id, one.meter, one.day, one.version, one.plan, one.billed_in


async def _read(connection: Connection, partition: int, keys: Iterable[Key]) -> dict[Key, _Held]:
    """Each row that is named, by its key; an empty one where there is none."""
    found: dict[Key, asyncpg.Record | None] = dict.fromkeys(keys)
    in_time = [(partition, *key[:-1]) for key in found if key[-1] is None]
    late = [(partition, *key) for key in found if key[-1] is not None]
    for sql, asked in ((_FIND, in_time), (_FIND_LATE, late)):
        for row in await connection.fetchmany(sql, asked) if asked else ():
            key = (row["subscription_id"], row["meter"], row["day"], row["plan_version"], row["plan_id"])
            found[*key, row["billed_in"]] = row
    return {key: _Held(row) for key, row in found.items()}


async def _write(connection: Connection, partition: int, rows: Mapping[Key, _Held]) -> None:
    late: list[tuple[Any, ...]] = []
    in_time: list[tuple[Any, ...]] = []
    days: list[Columns] = []
    late_days: list[Columns] = []
    for key, row in rows.items():
        positions, withdrawn, credited = [_packed(held) for held in row.columns.values()]
        if key[-1] is None:
            in_time.append((partition, *key[:-1], row.quantity, row.records, withdrawn))
            days += DAYS.cut_row(key[:-1], 0, positions)
        else:
            of_account = (row.account, row.period_start, row.quantity, row.records)
            late.append((partition, *key, *of_account, withdrawn, credited))
            late_days += LATE_DAYS.cut_row(key, 0, positions)
    await connection.executemany(_SET, in_time)
    await connection.executemany(_SET_LATE, late)
    await DAYS.write(connection, partition, days)
    await LATE_DAYS.write(connection, partition, late_days)


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
