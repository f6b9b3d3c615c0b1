"""Usage records as received, in bulk: one COPY per batch, and counts per hour beside them.

    usage/3/1842#17   olt-12.par3   mac:00:1b:…   data.octets   73400320000000   acc-1   line-1   accepted

An instant outside the calendar (equipment said so, before admission refused it) is shown as its first or last.

Hot: a batch holds thousands of records. A record given back by rating (`UsageReturned`) changes its row here, since the
event comes from the partition that wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import msgspec

from services.usage.events import RecordedUsage, SetAside, UsageRecorded, UsageReturned
from shared.engine.service import Applied
from shared.kernel.envelope import Envelope
from shared.kernel.instants import EPOCH, clamped

if TYPE_CHECKING:
    from shared.engine.postgres import Connection

_HOUR: Final = timedelta(hours=1)
COLUMNS: Final = (
    *("partition", "seq", "index", "source", "id", "resource", "meter", "kind", "quantity", "started_at"),
    *("account_id", "subscription_id", "state", "reason", "detail", "recorded_at", "ended_at", "attributes"),
)

_encode = msgspec.json.Encoder().encode

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
    instants: dict[int, tuple[datetime, int]] = {}
    for index, record in enumerate(records):
        started_us = record.started_at
        moment = instants.get(started_us)
        if moment is None:
            moment = instants[started_us] = _moment(started_us)
        started_at, hour = moment
        ended_us = record.ended_at
        ended = moment if ended_us == started_us else instants.get(ended_us)
        if ended is None:
            ended = instants[ended_us] = _moment(ended_us)
        state = "accepted" if record.reason is None else "quarantined"
        rows.append(
            (
                partition,
                seq,
                index,
                record.source,
                record.id,
                record.resource,
                record.meter,
                record.kind,
                record.quantity,
                started_at,
                record.account,
                record.subscription,
                state,
                record.reason,
                record.detail,
                recorded_at,
                ended[0],
                None if record.attributes is None else _json(record.attributes),
            )
        )
        # As `_add` does, without the cost of a call for each record.
        key = (hour, record.meter, state, record.reason or "")
        count = counts.get(key)
        if count is None:
            counts[key] = [1, record.quantity]
        else:
            count[0] += 1
            count[1] += record.quantity


def _set_aside(
    items: Iterable[SetAside], partition: int, envelope: Envelope, rows: list[tuple[Any, ...]], counts: Counts
) -> None:
    recorded_hour = _hour(envelope.recorded_at)
    for n, item in enumerate(items, start=1):
        state = "quarantined" if item.state == "malformed" else item.state
        started_at, hour = (None, recorded_hour) if item.started_at is None else _moment(item.started_at)
        rows.append(
            (
                partition,
                envelope.seq,
                -n,
                item.source,
                item.id,
                item.resource,
                item.meter,
                None,
                item.quantity,
                started_at,
                None,
                None,
                state,
                item.reason,
                item.detail,
                envelope.recorded_at,
                None,
                None,
            )
        )
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
        hour, quantity = _hour(row["started_at"]), int(row["quantity"])
        _add(counts, hour, row["meter"], "accepted", None, -1, -quantity)
        _add(counts, hour, row["meter"], "quarantined", row["reason"], 1, quantity)


def _json(value: Any) -> str:
    return _encode(value).decode()


def _moment(started_us: int) -> tuple[datetime, int]:
    """The instant as it is shown, and the hour it is counted in."""
    started_at = clamped(started_us)
    return started_at, _hour(started_at)


def _hour(instant: datetime) -> int:
    return (instant - EPOCH) // _HOUR


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
        [EPOCH + hour * _HOUR for hour, _, _, _ in keys],
        [meter for _, meter, _, _ in keys],
        [state for _, _, state, _ in keys],
        [reason for _, _, _, reason in keys],
        [records for records, _ in counts.values()],
        [Decimal(quantity) for _, quantity in counts.values()],
    )
