"""UsageRecorded, UsageReturned -> the records that wait for a person, all of a batch of events at once.

An accepted record is kept in the row of its event, to say later what a record was that rating gives back:

    returnable(3, 1842) = [["olt-12", "0192f1c0", "mac:00:1b", "data.octets", "73400320000000", ...], null, ...]
    UsageReturned(seq=1842, items=[(17, "too_late")])  ->  usage/3/1842#17 is quarantined, no longer accepted
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

import msgspec

from services.usage.quarantine.messages import UsageReturned
from services.usage.record.messages import RecordedUsage, UsageRecorded
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, copy, insert
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan
from shared.kernel.instants import clamped
from shared.kernel.money import micro_decimal


class QuarantineRow(Row, frozen=True, kw_only=True):
    """`item` is the index in the event's records; -1, -2, ... in what it set aside. `raw` is a malformed record."""

    TABLE = "quarantine"
    KEY = ("seq", "item")

    seq: int
    item: int
    id: str
    source: str
    resource: str | None
    meter: str | None
    quantity: Decimal | None
    started_at: datetime | None
    reason: str
    detail: str | None
    account_id: str | None = None
    subscription_id: str | None = None
    batch_id: str | None = None
    raw: str | None = None
    recorded_at: datetime


class ReturnableRow(Row, frozen=True, kw_only=True):
    """The accepted records of an event as JSON; `null` stands for one that was not accepted."""

    TABLE = "returnable"
    KEY = ("seq",)

    seq: int
    records: bytes


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

# By COPY: a source whose lines nobody registered parks all it sends, which then costs little more than counting it.
_TABLES: Final = Tables(insert(ReturnableRow), copy(QuarantineRow))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Recorded ones first: what is returned may have been recorded in the same batch of a replay."""
    recorded = [(a.event, a.envelope) for a in batch if isinstance(a.event, UsageRecorded)]
    returnable = [ReturnableRow(seq=at.seq, records=_returnable(event)) for event, at in recorded if event.records]
    parked = [row for event, envelope in recorded for row in _parked(event, envelope)]
    await _TABLES.write(connection, partition, [*returnable, *parked])
    for event, envelope, _ in batch:
        if isinstance(event, UsageReturned):
            records = await _recorded_at(connection, partition, event.seq)
            await _TABLES.write(connection, partition, _returned(event, envelope, records))


def _parked(event: UsageRecorded, envelope: Envelope) -> Iterator[QuarantineRow]:
    """What an event parked of its records, and what of those it set aside was malformed."""
    at, batch_id = envelope.recorded_at, event.batch_id
    for index, record in enumerate(event.records):
        if record.reason is not None:
            yield QuarantineRow(
                seq=envelope.seq,
                item=index,
                id=record.id,
                source=record.source,
                resource=record.resource,
                meter=record.meter,
                quantity=micro_decimal(record.quantity),
                started_at=clamped(record.started_at),
                reason=record.reason,
                detail=record.detail,
                account_id=record.account,
                subscription_id=record.subscription,
                batch_id=batch_id,
                recorded_at=at,
            )
    for index, aside in enumerate(event.set_aside):
        if aside.state == "malformed":
            yield QuarantineRow(
                seq=envelope.seq,
                item=-1 - index,
                id=aside.id,
                source=aside.source,
                resource=aside.resource,
                meter=aside.meter,
                quantity=None if aside.quantity is None else micro_decimal(aside.quantity),
                started_at=None if aside.started_at is None else clamped(aside.started_at),
                reason=aside.reason or "malformed",
                detail=aside.detail,
                batch_id=batch_id,
                raw=aside.raw,
                recorded_at=at,
            )


def _returned(
    event: UsageReturned, envelope: Envelope, records: Sequence[ReturnableRecord | None]
) -> Iterator[QuarantineRow]:
    """An accepted record that rating could not take is parked with rating's reason."""
    for index, reason in event.items:
        record = records[index] if index < len(records) else None
        if record is None:
            cited = f"usage/{envelope.partition}/{event.seq}#{index}"
            raise NeverBegan(f"{cited} was returned and is not an accepted record")
        yield QuarantineRow(
            seq=event.seq,
            item=index,
            id=record.id,
            source=record.source,
            resource=record.resource,
            meter=record.meter,
            quantity=micro_decimal(int(record.quantity)),
            started_at=clamped(record.started_at),
            reason=reason,
            detail="given back by rating",
            account_id=record.account,
            subscription_id=record.subscription,
            recorded_at=envelope.recorded_at,
        )


async def _recorded_at(connection: Connection, partition: int, seq: int) -> Sequence[ReturnableRecord | None]:
    """The accepted records of an event."""
    body = await connection.fetchval("select records from returnable where partition = $1 and seq = $2", partition, seq)
    return [] if body is None else _decode(body)


def _returnable(event: UsageRecorded) -> bytes:
    return _encode([_kept(record) if record.account is not None else None for record in event.records])


def _kept(r: RecordedUsage) -> tuple[object, ...]:
    return r.source, r.id, r.resource, r.meter, str(r.quantity), r.started_at, r.account, r.subscription
