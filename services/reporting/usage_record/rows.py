"""Usage records as received, in bulk: one COPY per batch (copied.py), and counts per hour beside them (counts.py).

    usage/3/1842#17   olt-12.par3   mac:00:1b:…   data.octets   73400320000000   acc-1   line-1   accepted

An instant outside the calendar (equipment said so, before admission refused it) is shown as its first or last.

Hot: a batch holds thousands of records. A record given back by rating (`UsageReturned`) changes its row here, since the
event comes from the partition that wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from services.reporting.usage_record.copied import COLUMNS, recorded_rows, set_aside_rows
from services.reporting.usage_record.counts import Counts, add_count, count_hours, hour_of
from services.usage.quarantine.messages import Place, UsageDiscarded, UsageReturned
from services.usage.record.messages import UsageRecorded
from shared.engine.binary_copy import copy_binary
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied


class UsageRecordRow(Row, frozen=True, kw_only=True):
    """A record as it was received; `quantity` in 1e-6 units, `attributes` as JSON.

    There are thousands in a batch, so they are written as bytes, without an object each (copied.py).
    """

    TABLE = "usage_record"
    KEY = ("seq", "index")

    seq: int
    index: int
    source: str
    id: str
    resource: str | None
    meter: str | None
    kind: str | None
    quantity: Decimal | None
    started_at: datetime | None
    account_id: str | None
    subscription_id: str | None
    state: str
    reason: str | None
    detail: str | None
    recorded_at: datetime
    ended_at: datetime | None
    attributes: str | None


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[bytes] = []
    counts: Counts = {}
    returned: list[UsageReturned] = []
    recycled: list[Place] = []
    discarded: list[UsageDiscarded] = []
    for event, envelope, _ in batch:
        match event:
            case UsageRecorded():
                rows.append(recorded_rows(event.records, partition, envelope, counts))
                if event.set_aside:
                    rows.append(set_aside_rows(event.set_aside, partition, envelope, counts))
                recycled += event.recycled.values()
            case UsageReturned():
                returned.append(event)
            case UsageDiscarded():
                discarded.append(event)
    if any(rows):
        await copy_binary(connection, UsageRecordRow.TABLE, COLUMNS, rows)
    if returned:
        await _return(connection, partition, returned, counts)
    if recycled:
        await _forget(connection, partition, recycled, counts)
    if discarded:
        await _discard(connection, partition, discarded, counts)
    if counts:
        await count_hours(connection, partition, counts)


async def _return(connection: Connection, partition: int, events: Iterable[UsageReturned], counts: Counts) -> None:
    """Put records back in quarantine, in their rows and in the counts."""
    items = [(event.seq, index, reason) for event in events for index, reason in event.items]
    changed = await connection.fetch(
        """
        update usage_record r set state = 'quarantined', reason = x.reason
          from unnest($2::bigint[], $3::int[], $4::text[]) as x (seq, index, reason)
         where r.partition = $1 and r.seq = x.seq and r.index = x.index and r.state = 'accepted'
        returning r.started_at, r.meter, r.quantity, r.reason
        """,
        partition,
        [seq for seq, _, _ in items],
        [index for _, index, _ in items],
        [reason for _, _, reason in items],
    )
    for row in changed:
        hour, quantity = hour_of(row["started_at"]), int(row["quantity"])
        add_count(counts, hour, row["meter"], "accepted", None, -1, -quantity)
        add_count(counts, hour, row["meter"], "quarantined", row["reason"], 1, quantity)


async def _forget(connection: Connection, partition: int, places: Sequence[Place], counts: Counts) -> None:
    """A recycled record stands where it is counted now, and no longer where it was parked."""
    gone = await connection.fetch(
        """
        delete from usage_record r using unnest($2::bigint[], $3::int[]) as x (seq, index)
         where r.partition = $1 and r.seq = x.seq and r.index = x.index
        returning r.started_at, r.meter, r.quantity, r.state, r.reason
        """,
        partition,
        [seq for seq, _ in places],
        [index for _, index in places],
    )
    for row in gone:
        add_count(
            counts, hour_of(row["started_at"]), row["meter"], row["state"], row["reason"], -1, -int(row["quantity"])
        )


async def _discard(connection: Connection, partition: int, events: Iterable[UsageDiscarded], counts: Counts) -> None:
    """A parked record that was given up is billed to nobody; a malformed one stays what it is, with the reason."""
    items = [(seq, item, event.reason) for event in events for seq, item in event.items]
    changed = await connection.fetch(
        """
        with x as (select * from unnest($2::bigint[], $3::int[], $4::text[]) as x (seq, index, detail)),
        was as (select r.seq, r.index, r.reason from usage_record r join x on r.seq = x.seq and r.index = x.index
                 where r.partition = $1)
        update usage_record r
           set state = case when r.index < 0 then r.state else 'not_billable' end,
               reason = case when r.index < 0 then r.reason else 'discarded' end, detail = x.detail
          from x join was on was.seq = x.seq and was.index = x.index
         where r.partition = $1 and r.seq = x.seq and r.index = x.index
        returning r.index, r.started_at, r.meter, r.quantity, was.reason
        """,
        partition,
        [seq for seq, _, _ in items],
        [item for _, item, _ in items],
        [reason for _, _, reason in items],
    )
    for row in changed:
        if row["index"] >= 0:
            hour, quantity = hour_of(row["started_at"]), int(row["quantity"])
            add_count(counts, hour, row["meter"], "quarantined", row["reason"], -1, -quantity)
            add_count(counts, hour, row["meter"], "not_billable", "discarded", 1, quantity)
