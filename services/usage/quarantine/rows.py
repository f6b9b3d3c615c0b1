"""UsageRecorded, UsageReturned, UsageDiscarded -> the records that wait for a person, all of a batch at once.

A record is kept in the row of its event (returnable.py), and read from there (loading.py):

    UsageReturned(seq=1842, items=[(17, "too_late")])  ->  usage/3/1842#17 is quarantined, no longer accepted
    UsageRecorded(recycled={0: (1842, 17)})            ->  it is quarantined no more
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from services.usage.quarantine.messages import Place, UsageDiscarded, UsageReturned
from services.usage.quarantine.resource_filter import found_by
from services.usage.quarantine.returnable import ReturnableRecord, recorded_at, records_body
from services.usage.record.messages import UsageRecorded
from services.usage.retraction.messages import RetractedItem, UsageRestored, UsageRetracted
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.runs import event_runs
from shared.engine.service import Applied
from shared.engine.tables import Tables, copy, insert
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan
from shared.kernel.instants import clamped
from shared.kernel.money import micro_decimal
from shared.kernel.resource_names import sort_key


class QuarantineRow(Row, frozen=True, kw_only=True):
    """`item` is the index in the event's records; -1, -2, ... in what it set aside. `raw` is a malformed record.

    `sort_key` finds what is parked below a prefix that is assigned; `None` for a resource that no prefix covers.
    """

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
    sort_key: str | None = None


class ReturnableRow(Row, frozen=True, kw_only=True):
    """The records of an event as JSON; by the last three those that it guided are found (resource_filter.py)."""

    TABLE = "returnable"
    KEY = ("seq",)

    seq: int
    records: bytes
    batch_id: str | None = None
    recorded_at: datetime
    resources: bytes
    earliest: datetime | None = None
    latest: datetime | None = None


Records = Mapping[int, Sequence[ReturnableRecord]]
"""Of events, by `seq`."""

# By COPY: a source whose lines nobody registered parks all it sends, which then costs little more than counting it.
_TABLES: Final = Tables(insert(ReturnableRow), copy(QuarantineRow))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Recorded ones first: what is returned may have been recorded in the same batch of a replay."""
    recorded = [(a.event, a.envelope) for a in batch if isinstance(a.event, UsageRecorded)]
    returnable = [_returnable(event, at) for event, at in recorded if event.records]
    parked = [row for event, envelope in recorded for row in _parked(event, envelope)]
    await _TABLES.write(connection, partition, [*returnable, *parked])
    for kind, run in event_runs(batch, _about):
        places = [place for applied in run for place in _about(applied)]
        if kind in (UsageReturned, UsageRestored):
            records = await recorded_at(connection, partition, (seq for seq, _ in places))
            rows = _returned_rows if kind is UsageReturned else _restored_rows
            await _TABLES.write(connection, partition, [row for one in run for row in rows(one, records)])
        else:
            await _delete(connection, partition, places)


def _returnable(event: UsageRecorded, at: Envelope) -> ReturnableRow:
    return ReturnableRow(
        seq=at.seq,
        records=records_body(event),
        batch_id=event.batch_id,
        recorded_at=at.recorded_at,
        **found_by(event.records),
    )


def _about(applied: Applied) -> Sequence[Place]:
    """The records that it parks, or that leave quarantine with it."""
    match applied.event:
        case UsageReturned() as event:
            return [(event.seq, index) for index, _ in event.items]
        case UsageRecorded() as event:
            return [(seq, item) for seq, item in event.recycled.values()]
        case UsageDiscarded() as event:
            return [(seq, item) for seq, item in event.items]
        case UsageRetracted() | UsageRestored() as event:
            return [(item.seq, item.index) for item in event.items if item.parked is not None]
    return ()


_DELETE: Final = """
delete from quarantine q using unnest($2::bigint[], $3::int[]) as x (seq, item)
 where q.partition = $1 and q.seq = x.seq and q.item = x.item
"""


async def _delete(connection: Connection, partition: int, places: Sequence[Place]) -> None:
    await connection.execute(_DELETE, partition, [seq for seq, _ in places], [item for _, item in places])


def _parked(event: UsageRecorded, envelope: Envelope) -> Iterator[QuarantineRow]:
    """What an event parked of its records, and what of those it set aside was malformed."""
    at, batch_id = envelope.recorded_at, event.batch_id
    for index, record in enumerate(event.records) if event.records.any_parked else ():
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
                sort_key=sort_key(record.resource),
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


def _returned_rows(applied: Applied, kept: Records) -> Iterator[QuarantineRow]:
    """An accepted record that rating could not take is parked with rating's reason."""
    event, envelope, _ = applied
    records = kept[event.seq]
    for index, reason in event.items:
        record = records[index] if index < len(records) else None
        if record is None or record.account is None:
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
            sort_key=sort_key(record.resource),
        )


def _restored_rows(applied: Applied, kept: Records) -> Iterator[QuarantineRow]:
    """Those of the records that were parked when they were retracted."""
    event, envelope, _ = applied
    for item in event.items:
        if item.parked is not None:
            for record in kept[item.seq][item.index : item.index + 1]:
                yield _restored(item, envelope, record)


def _restored(item: RetractedItem, envelope: Envelope, record: ReturnableRecord) -> QuarantineRow:
    """A record that was retracted while it was parked is parked again."""
    return QuarantineRow(
        seq=item.seq,
        item=item.index,
        id=record.id,
        source=record.source,
        resource=record.resource,
        meter=record.meter,
        quantity=micro_decimal(int(record.quantity)),
        started_at=clamped(record.started_at),
        reason=item.parked or "",
        detail="restored",
        account_id=record.account,
        subscription_id=record.subscription,
        recorded_at=envelope.recorded_at,
        sort_key=sort_key(record.resource),
    )
