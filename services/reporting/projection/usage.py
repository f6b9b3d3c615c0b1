"""Usage records as received, in bulk: one COPY per batch, and counts per hour beside them.

    usage/3/1842#17   olt-12.par3   mac:00:1b:…   data.octets   73400320000000   acc-1   line-1   accepted

Hot: a batch holds thousands of records. A record given back by rating (`UsageReturned`) changes its row here, since the
event comes from the partition that wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from services.reporting.projection.audit import printable
from services.usage.events import RecordedUsage, SetAside, UsageRecorded, UsageReturned
from shared.kernel.envelope import Envelope
from shared.runtime.service import Applied

if TYPE_CHECKING:
    from shared.runtime.postgres import Connection

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
HOUR_US: Final = 3_600_000_000
COLUMNS: Final = (
    *("partition", "seq", "index", "source", "id", "resource", "meter", "kind", "quantity", "started_at"),
    *("account_id", "subscription_id", "state", "reason", "detail", "recorded_at"),
)

# (hour since the epoch, meter, state, reason) -> [records, quantity in 1e-6 units]
Counts = dict[tuple[int, str, str, str], list[int]]


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[tuple[Any, ...]] = []
    counts: Counts = {}
    returned: list[UsageReturned] = []
    for event, envelope, _ in batch:
        match event:
            case UsageRecorded():
                _records(event.records, partition, envelope, rows, counts)
                _set_aside(event.set_aside, partition, envelope, rows, counts)
            case UsageReturned():
                returned.append(event)
    if rows:
        await connection.copy_records_to_table("usage_record", records=rows, columns=COLUMNS)
    if returned:
        await _return(connection, partition, returned, counts)
    if counts:
        await _count(connection, partition, counts)


def _records(
    records: Iterable[RecordedUsage], partition: int, envelope: Envelope, rows: list[tuple[Any, ...]], counts: Counts
) -> None:
    seq, recorded_at = envelope.seq, envelope.recorded_at
    # Equipment reports on the same marks: instants and quantities repeat, and making one costs more than finding it.
    instants: dict[int, datetime] = {}
    for index, record in enumerate(records):
        started_us = record.started_at
        started_at = instants.get(started_us)
        if started_at is None:
            started_at = instants[started_us] = EPOCH + timedelta(microseconds=started_us)
        state = "accepted" if record.reason is None else "quarantined"
        rows.append(
            (
                partition,
                seq,
                index,
                printable(record.source),
                printable(record.id),
                printable(record.resource),
                printable(record.meter),
                record.kind,
                record.quantity,
                started_at,
                record.account,
                record.subscription,
                state,
                record.reason,
                printable(record.detail),
                recorded_at,
            )
        )
        # As `_add` does, without the cost of a call for each record.
        key = (started_us // HOUR_US, record.meter, state, record.reason or "")
        count = counts.get(key)
        if count is None:
            counts[key] = [1, record.quantity]
        else:
            count[0] += 1
            count[1] += record.quantity


def _set_aside(
    items: Iterable[SetAside], partition: int, envelope: Envelope, rows: list[tuple[Any, ...]], counts: Counts
) -> None:
    recorded_us = (envelope.recorded_at - EPOCH) // timedelta(microseconds=1)
    for n, item in enumerate(items, start=1):
        state = "quarantined" if item.state == "malformed" else item.state
        started_us = item.started_at
        rows.append(
            (
                partition,
                envelope.seq,
                -n,
                printable(item.source),
                printable(item.id),
                printable(item.resource),
                printable(item.meter),
                None,
                item.quantity,
                None if started_us is None else EPOCH + timedelta(microseconds=started_us),
                None,
                None,
                state,
                item.reason,
                printable(item.detail),
                envelope.recorded_at,
            )
        )
        hour = (recorded_us if started_us is None else started_us) // HOUR_US
        _add(counts, hour, item.meter, state, item.reason, 1, item.quantity or 0)


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
        hour, quantity = (row["started_at"] - EPOCH) // timedelta(hours=1), int(row["quantity"])
        _add(counts, hour, row["meter"], "accepted", None, -1, -quantity)
        _add(counts, hour, row["meter"], "quarantined", row["reason"], 1, quantity)


def _add(
    counts: Counts, hour: int, meter: str | None, state: str, reason: str | None, records: int, quantity: int
) -> None:
    key = (hour, meter or "", state, reason or "")
    count = counts.get(key)
    if count is None:
        counts[key] = [records, quantity]
    else:
        count[0] += records
        count[1] += quantity


async def _count(connection: Connection, partition: int, counts: Counts) -> None:
    keys = list(counts)
    await connection.execute(
        """
        insert into usage_hour as h (partition, hour, meter, state, reason, records, quantity)
        select $1, x.* from unnest($2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::numeric[]) x
        on conflict (partition, hour, meter, state, reason)
        do update set records = h.records + excluded.records, quantity = h.quantity + excluded.quantity
        """,
        partition,
        [EPOCH + timedelta(hours=hour) for hour, _, _, _ in keys],
        [printable(meter) for _, meter, _, _ in keys],
        [state for _, _, state, _ in keys],
        [reason for _, _, _, reason in keys],
        [records for records, _ in counts.values()],
        [Decimal(quantity) for _, quantity in counts.values()],
    )
