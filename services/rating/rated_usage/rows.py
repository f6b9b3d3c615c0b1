"""UsageRated -> usage of a local day in usage_day: its sum, and where each of its records lies. Hot.
UsageMoved -> the same rows under another version of a plan; UsageTakenBack -> none of them any more, and of a closed
period the credit of them.
RetractionRated -> those rows without the records that were retracted (retracted_rows.py).

What came late for a closed period is in late_usage_day, apart for each close that charges it: so the records behind a
charge are always those that it had.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final, TypeVar

from msgspec.structs import astuple

from services.rating.lineage import pack
from services.rating.rated_usage.by_columns import Kinds, sums_of
from services.rating.rated_usage.messages import UsageMoved, UsageRated, UsageTakenBack, came_late
from services.rating.rated_usage.retracted_rows import write_retracted, write_taken_back
from services.rating.record_pages import DAYS, LATE_DAYS
from services.rating.usage_retraction.messages import RetractionRated
from shared.engine.postgres import Connection
from shared.engine.rows import Digits, Row
from shared.engine.service import Applied
from shared.engine.tables import upsert


class UsageDay(Row, frozen=True, kw_only=True):
    """`quantity` in 1e-6 units; `positions` says which records they are, packed (lineage.py)."""

    TABLE = "usage_day"
    KEY = ("subscription_id", "meter", "day", "plan_version", "plan_id")

    account_id: str
    subscription_id: str
    meter: str
    plan_id: str
    plan_version: int
    period_start: date
    day: date
    # A quantity may have 24 digits, more than bigint holds; text is the cheapest way to send that many.
    quantity: Digits
    records: int
    positions: bytes


class LateUsageDay(Row, frozen=True, kw_only=True):
    """As `UsageDay`, of usage that came late; charged with the period that begins `billed_in`."""

    TABLE = "late_usage_day"
    KEY = ("subscription_id", "meter", "day", "plan_version", "plan_id", "billed_in")

    account_id: str
    subscription_id: str
    meter: str
    plan_id: str
    plan_version: int
    period_start: date
    day: date
    billed_in: date
    quantity: Digits
    records: int
    positions: bytes


D = TypeVar("D", UsageDay, LateUsageDay)


def _together(one: D, other: D) -> D:
    return type(other).of(
        other,
        quantity=Digits(str(int(one.quantity) + int(other.quantity))),
        records=one.records + other.records,
        positions=one.positions + other.positions,
    )


_SETS: Final = {
    "quantity": "t.quantity + excluded.quantity",
    "records": "t.records + excluded.records",
    "positions": "t.positions || excluded.positions",
}
_ADD: Final = f"""
with added as ({upsert(UsageDay, sets=_SETS, merge=_together).sql} {DAYS.returned})
{DAYS.grown}
"""
_LATE: Final = upsert(LateUsageDay, sets=_SETS, merge=_together)
_ADD_LATE: Final = f"""
with added as ({_LATE.sql} {LATE_DAYS.returned})
{LATE_DAYS.grown}
"""


_MOVE: Final = f"""
with gone as (
    delete from usage_day as of_day
     where partition = $1 and subscription_id = $2 and meter = $3 and of_day.day = $4 and plan_version = $5
       and plan_id = $6
    returning of_day.*, {DAYS.whole("of_day")} as behind
), pages as ({DAYS.forget})
, added as (
    insert into usage_day as t (partition, account_id, subscription_id, meter, plan_id, plan_version, period_start, day,
                                quantity, records, positions, withdrawn)
    select partition, account_id, subscription_id, meter, $7, $8, period_start, day,
           quantity, records, behind, withdrawn
      from gone
    on conflict (partition, subscription_id, meter, day, plan_version, plan_id) do update
       set quantity = t.quantity + excluded.quantity, records = t.records + excluded.records,
           positions = t.positions || excluded.positions, withdrawn = t.withdrawn || excluded.withdrawn
    {DAYS.returned}
)
{DAYS.grown}
"""


_TAKE_BACK: Final = f"""
with pages as ({DAYS.forget})
delete from usage_day
 where partition = $1 and subscription_id = $2 and meter = $3 and day = $4 and plan_version = $5 and plan_id = $6
"""


_EVENTS: Final = (UsageRated, UsageMoved, RetractionRated, UsageTakenBack)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """In the order of the log; those of one kind with none of another between them are written together."""
    known = (applied.event for applied in batch if type(applied.event) in _EVENTS)
    for kind, found in groupby(known, type):
        events: Any = list(found)
        if kind is UsageRated:
            await _write(connection, partition, events)
        elif kind is UsageMoved:
            await _move(connection, partition, events)
        elif kind is RetractionRated:
            await write_retracted(connection, partition, events)
        else:
            gone = [(e.subscription_id, one.meter, one.day, one.version, one.plan) for e in events for one in e.taken]
            await connection.executemany(_TAKE_BACK, [(partition, *row) for row in gone])
            for event in events:
                await write_taken_back(connection, partition, event)


async def _write(connection: Connection, partition: int, events: Sequence[UsageRated]) -> None:
    # The columns of `UsageDay`, without a row for each: there are thousands in a batch.
    columns = list(zip(*_days(events), strict=True))
    if columns and (grown := await connection.fetch(_ADD, partition, *columns)):
        await DAYS.cut(connection, partition, grown)
    rows = _LATE.merged([row for event in events if event.late for row in _late(event)])
    late = list(zip(*map(astuple, rows), strict=True))
    if late and (grown := await connection.fetch(_ADD_LATE, partition, *late)):
        await LATE_DAYS.cut(connection, partition, grown)


async def _move(connection: Connection, partition: int, events: Sequence[UsageMoved]) -> None:
    """The rows of the days, with the records behind them, under the version that prices them now."""
    for event in events:
        moved = [
            (partition, event.subscription_id, e.meter, e.day, e.version_before, e.plan_before, e.plan, e.version)
            for e in event.moved
        ]
        await DAYS.cut(connection, partition, await connection.fetchmany(_MOVE, moved))


def _days(events: Sequence[UsageRated]) -> Iterator[tuple[Any, ...]]:
    """What a batch adds to each row of `usage_day`."""
    kinds = Kinds()
    # Line and kind -> account, quantity, records, their positions.
    sums: dict[tuple[str, int], list[Any]] = {}
    for event in events:
        for (account, subscription), kind, quantity, records, packed in sums_of(event, kinds):
            held = sums.get((subscription, kind))
            if held is None:
                sums[subscription, kind] = [account, quantity, records, [packed]]
                continue
            held[1] += quantity
            held[2] += records
            held[3].append(packed)
    for (subscription, number), (account, quantity, records, packed) in sums.items():
        meter, (plan, version), start, day = kinds[number]
        yield account, subscription, meter, plan, version, start, day, str(quantity), records, b"".join(packed)


def _late(event: UsageRated) -> Iterator[LateUsageDay]:
    for added, billed_in in came_late(event):
        yield LateUsageDay(
            account_id=added.account,
            subscription_id=added.subscription,
            meter=added.meter,
            plan_id=added.plan,
            plan_version=added.version,
            period_start=added.period_start,
            day=added.day,
            billed_in=billed_in,
            quantity=Digits(str(added.quantity)),
            records=len(added.indexes),
            positions=pack(event.source, event.usage_seq, added.indexes) if added.indexes else b"",
        )
