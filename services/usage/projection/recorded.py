"""UsageRecorded -> dedupe keys, quarantine and batches: one statement per table for a whole batch of events.

An accepted record leaves 24 bytes of key and its place in the row of its event, which is kept to say later what a
record was that rating gives back:

    recorded(3, 1842) = [["olt-12", "0192f1c0", "mac:00:1b", "data.octets", "73400320000000", ...], null, ...]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from services.usage.events import RecordedUsage, SetAside, UsageRecorded
from shared.kernel.envelope import Envelope
from shared.kernel.instants import clamped
from shared.kernel.money import micro_decimal

if TYPE_CHECKING:
    from shared.engine.postgres import Connection

Recorded = Sequence[tuple[UsageRecorded, Envelope]]


class KeptRecord(msgspec.Struct, frozen=True, array_like=True):
    """An accepted record as its event's row keeps it; `quantity` is text, for it may exceed 64 bits."""

    source: str
    id: str
    resource: str
    meter: str
    quantity: str
    started_at: int
    account: str
    subscription: str


KEPT = msgspec.json.Decoder(list[KeptRecord | None])
_encode = msgspec.json.Encoder().encode


async def write_recorded(connection: Connection, partition: int, batch: Recorded) -> None:
    records = [record for event, _ in batch for record in event.records]
    if records:
        # COPY, because an insert of so many rows costs Postgres and the client twice as much.
        rows = [(partition, record.dedupe_key, record.content) for record in records]
        await connection.copy_records_to_table("seen", records=rows)
        await connection.execute(
            "insert into recorded select $1, * from unnest($2::bigint[], $3::bytea[])",
            partition,
            [envelope.seq for event, envelope in batch if event.records],
            [_kept(event.records) for event, _ in batch if event.records],
        )
    await _write_quarantine(connection, partition, batch)
    await _write_batches(connection, partition, batch)


async def write_quarantine_rows(connection: Connection, partition: int, rows: Sequence[tuple[Any, ...]]) -> None:
    """Rows of all columns of `quarantine` but the partition, in their order."""
    if rows:
        # A source whose lines nobody registered parks all it sends: by COPY that costs little more than counting it.
        await connection.copy_records_to_table("quarantine", records=[(partition, *row) for row in rows])


async def _write_quarantine(connection: Connection, partition: int, batch: Recorded) -> None:
    rows: list[tuple[Any, ...]] = []
    for event, envelope in batch:
        rows += [
            _quarantined(index, record, event.batch_id, envelope)
            for index, record in enumerate(event.records)
            if record.reason is not None
        ]
        rows += [
            _malformed(-1 - index, record, event.batch_id, envelope)
            for index, record in enumerate(event.set_aside)
            if record.state == "malformed"
        ]
    await write_quarantine_rows(connection, partition, rows)


async def _write_batches(connection: Connection, partition: int, batch: Recorded) -> None:
    """A batch of over 1,000 records comes to a partition in several events, which add up."""
    rows = [
        (
            partition,
            event.batch_id,
            event.batch_received,
            event.batch_rejected,
            *_outcome(event),
            envelope.recorded_at,
        )
        for event, envelope in batch
        if event.batch_id is not None
    ]
    if rows:
        await connection.executemany(
            """insert into batch as b
                 (partition, id, received, rejected, accepted, quarantined, duplicates, conflicts, recorded_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
               on conflict (partition, id) do update set accepted = b.accepted + excluded.accepted,
                 quarantined = b.quarantined + excluded.quarantined, duplicates = b.duplicates + excluded.duplicates,
                 conflicts = b.conflicts + excluded.conflicts, recorded_at = excluded.recorded_at""",
            rows,
        )


def _outcome(event: UsageRecorded) -> tuple[int, int, int, int]:
    quarantined = sum(record.reason is not None for record in event.records)
    states = Counter(record.state for record in event.set_aside)
    return len(event.records) - quarantined, quarantined, states["duplicate"], states["conflict"]


def _kept(records: Sequence[RecordedUsage]) -> bytes:
    return _encode(
        [
            (r.source, r.id, r.resource, r.meter, str(r.quantity), r.started_at, r.account, r.subscription)
            if r.account is not None
            else None
            for r in records
        ]
    )


def _quarantined(place: int, record: RecordedUsage, batch_id: str | None, envelope: Envelope) -> tuple[Any, ...]:
    return (
        envelope.seq,
        place,
        record.id,
        record.source,
        record.resource,
        record.meter,
        micro_decimal(record.quantity),
        clamped(record.started_at),
        record.reason,
        record.detail,
        record.account,
        record.subscription,
        batch_id,
        None,
        envelope.recorded_at,
    )


def _malformed(place: int, record: SetAside, batch_id: str | None, envelope: Envelope) -> tuple[Any, ...]:
    quantity: Decimal | None = None if record.quantity is None else micro_decimal(record.quantity)
    return (
        envelope.seq,
        place,
        record.id,
        record.source,
        record.resource,
        record.meter,
        quantity,
        None if record.started_at is None else clamped(record.started_at),
        record.reason,
        record.detail,
        None,
        None,
        batch_id,
        record.raw,
        envelope.recorded_at,
    )
