"""UsageRecorded, UsageReturned -> the records that wait for a person, all of a batch of events at once.

An accepted record is kept in the row of its event, to say later what a record was that rating gives back:

    returnable(3, 1842) = [["olt-12", "0192f1c0", "mac:00:1b", "data.octets", "73400320000000", ...], null, ...]
    UsageReturned(seq=1842, items=[(17, "too_late")])  ->  usage/3/1842#17 is quarantined, no longer accepted
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from services.usage.quarantine.messages import UsageReturned
from services.usage.record.messages import RecordedUsage, SetAside, UsageRecorded
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan
from shared.kernel.instants import clamped
from shared.kernel.money import micro_decimal

if TYPE_CHECKING:
    from shared.engine.postgres import Connection
    from shared.engine.service import Applied


class ReturnableRecord(msgspec.Struct, frozen=True, array_like=True):
    """An accepted record as its event's row keeps it; `quantity` is text, for it may exceed 64 bits."""

    source: str
    id: str
    resource: str
    meter: str
    quantity: str
    started_at: int
    account: str
    subscription: str


_decode = msgspec.json.Decoder(list[ReturnableRecord | None]).decode
_encode = msgspec.json.Encoder().encode


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Recorded ones first: what is returned may have been recorded in the same batch of a replay."""
    recorded = [applied for applied in batch if isinstance(applied.event, UsageRecorded)]
    await _keep_returnable(connection, partition, [applied for applied in recorded if applied.event.records])
    await _write(connection, partition, [row for applied in recorded for row in _parked(*applied[:2])])
    for event, envelope, _ in batch:
        if isinstance(event, UsageReturned):
            await _write(connection, partition, await _returned(connection, partition, event, envelope))


async def _keep_returnable(connection: Connection, partition: int, recorded: Sequence[Applied]) -> None:
    if recorded:
        await connection.execute(
            "insert into returnable select $1, * from unnest($2::bigint[], $3::bytea[])",
            partition,
            [applied.envelope.seq for applied in recorded],
            [_returnable(applied.event.records) for applied in recorded],
        )


async def _write(connection: Connection, partition: int, rows: Sequence[tuple[Any, ...]]) -> None:
    """Rows of all columns of `quarantine` but the partition, in their order."""
    if rows:
        # A source whose lines nobody registered parks all it sends: by COPY that costs little more than counting it.
        await connection.copy_records_to_table("quarantine", records=[(partition, *row) for row in rows])


async def _returned(
    connection: Connection, partition: int, event: UsageReturned, envelope: Envelope
) -> list[tuple[Any, ...]]:
    """An accepted record that rating could not take is parked with rating's reason."""
    body = await connection.fetchval(
        "select records from returnable where partition = $1 and seq = $2", partition, event.seq
    )
    returnable = _decode(body) if body is not None else []
    rows: list[tuple[Any, ...]] = []
    for index, reason in event.items:
        record = returnable[index] if index < len(returnable) else None
        if record is None:
            raise NeverBegan(f"usage/{partition}/{event.seq}#{index} was returned and is not an accepted record")
        quantity: Decimal = micro_decimal(int(record.quantity))
        rows.append(
            (
                event.seq,
                index,
                record.id,
                record.source,
                record.resource,
                record.meter,
                quantity,
                clamped(record.started_at),
                reason,
                "given back by rating",
                record.account,
                record.subscription,
                None,
                None,
                envelope.recorded_at,
            )
        )
    return rows


def _parked(event: UsageRecorded, envelope: Envelope) -> list[tuple[Any, ...]]:
    """What an event parked of its records, and what of those it set aside was malformed."""
    rows = [
        _quarantined(index, record, event.batch_id, envelope)
        for index, record in enumerate(event.records)
        if record.reason is not None
    ]
    rows += [
        _malformed(-1 - index, record, event.batch_id, envelope)
        for index, record in enumerate(event.set_aside)
        if record.state == "malformed"
    ]
    return rows


def _returnable(records: Sequence[RecordedUsage]) -> bytes:
    return _encode(
        [
            (r.source, r.id, r.resource, r.meter, str(r.quantity), r.started_at, r.account, r.subscription)
            if r.account is not None
            else None
            for r in records
        ]
    )


def _quarantined(item: int, record: RecordedUsage, batch_id: str | None, envelope: Envelope) -> tuple[Any, ...]:
    return (
        envelope.seq,
        item,
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


def _malformed(item: int, record: SetAside, batch_id: str | None, envelope: Envelope) -> tuple[Any, ...]:
    quantity: Decimal | None = None if record.quantity is None else micro_decimal(record.quantity)
    return (
        envelope.seq,
        item,
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
