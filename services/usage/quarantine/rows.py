"""UsageRecorded, UsageReturned, UsageDiscarded -> the records that wait for a person, all of a batch at once.

A record is kept in the row of its event, to say later what it was that rating gives back, or that is recycled:

    returnable(3, 1842) = [["olt-12", "0192f1c0", "mac:00:1b", "data.octets", "73400320000000", ...], ...]
    UsageReturned(seq=1842, items=[(17, "too_late")])  ->  usage/3/1842#17 is quarantined, no longer accepted
    UsageRecorded(recycled={0: (1842, 17)})            ->  it is quarantined no more
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import asyncpg
import msgspec

from services.usage.quarantine.messages import Place, UsageDiscarded, UsageReturned
from services.usage.quarantine.resource_filter import found_by
from services.usage.quarantine.state import (
    PAGE,
    RECALLED,
    ParkedPage,
    ParkedRecord,
    ParkedSourcePage,
    place_name,
)
from services.usage.record.messages import RecordedUsage, UsageRecorded
from services.usage.retraction.messages import RetractedItem, UsageRestored, UsageRetracted
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, copy, insert
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan
from shared.kernel.instants import clamped
from shared.kernel.money import micro_decimal
from shared.kernel.resource_names import canonical, prefix_of, sort_key, sort_span, spellings


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


class ReturnableRecord(msgspec.Struct, frozen=True, array_like=True):
    """A record as its event's row keeps it; `quantity` is text, for it may exceed 64 bits.

    `unit` is what it is in, where that is not known to be the unit of its meter.
    """

    source: str
    id: str
    resource: str
    meter: str
    quantity: str
    started_at: int
    ended_at: int
    kind: str
    account: str | None = None
    subscription: str | None = None
    attributes: dict[str, Any] | None = None
    unit: str | None = None

    def recorded(self) -> RecordedUsage:
        """As it is counted once more: its dedupe key stays with the event that recorded it first."""
        return RecordedUsage(
            self.source,
            self.id,
            self.resource,
            self.meter,
            self.kind,
            int(self.quantity),
            self.started_at,
            self.ended_at,
            b"",
            b"",
            self.account,
            self.subscription,
            attributes=self.attributes,
        )


decode_records = msgspec.json.Decoder(list[ReturnableRecord]).decode
_encode = msgspec.json.Encoder().encode

# By COPY: a source whose lines nobody registered parks all it sends, which then costs little more than counting it.
_TABLES: Final = Tables(insert(ReturnableRow), copy(QuarantineRow))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Recorded ones first: what is returned may have been recorded in the same batch of a replay."""
    recorded = [(a.event, a.envelope) for a in batch if isinstance(a.event, UsageRecorded)]
    returnable = [
        ReturnableRow(
            seq=at.seq,
            records=_returnable(event),
            batch_id=event.batch_id,
            recorded_at=at.recorded_at,
            **found_by(event.records),
        )
        for event, at in recorded
        if event.records
    ]
    parked = [row for event, envelope in recorded for row in _parked(event, envelope)]
    await _TABLES.write(connection, partition, [*returnable, *parked])
    for event, envelope, _ in batch:
        match event:
            case UsageReturned():
                records = await _recorded_at(connection, partition, event.seq)
                await _TABLES.write(connection, partition, _returned(event, envelope, records))
            case UsageRecorded() if event.recycled:
                await _delete(connection, partition, event.recycled.values())
            case UsageDiscarded():
                await _delete(connection, partition, event.items)
            case UsageRetracted():
                gone = [(item.seq, item.index) for item in event.items if item.parked is not None]
                await _delete(connection, partition, gone)
            case UsageRestored():
                for item in (item for item in event.items if item.parked is not None):
                    records = (await _recorded_at(connection, partition, item.seq))[item.index : item.index + 1]
                    rows = [_restored(item, envelope, record) for record in records]
                    await _TABLES.write(connection, partition, rows)


async def load_parked_records(
    connection: Connection, partition: int, names: Sequence[str]
) -> Mapping[str, ParkedRecord]:
    """Those of the records that are in quarantine, by `seq#item`."""
    places = [_place(name) for name in names]
    rows = await connection.fetch(_PARKED, partition, [seq for seq, _ in places], [item for _, item in places])
    kept = {seq: await _recorded_at(connection, partition, seq) for seq in {row["seq"] for row in rows}}
    return {
        name: _parked_record(name, row["reason"], kept[row["seq"]], row["item"])
        for row in rows
        for name in [place_name(row["seq"], row["item"])]
    }


async def counted_at(
    connection: Connection, partition: int, places: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], tuple[ReturnableRecord, str | None]]:
    """Those of the records that were counted there, as they were; with the reason where they are in quarantine."""
    parked = await parked_at(connection, partition, places)
    kept = {seq: await _recorded_at(connection, partition, seq) for seq in {seq for seq, _ in places}}
    return {
        (seq, item): (kept[seq][item], parked.get((seq, item))) for seq, item in places if 0 <= item < len(kept[seq])
    }


async def parked_at(connection: Connection, partition: int, places: Sequence[Place]) -> dict[Place, str]:
    """Why those of the records are in quarantine that are."""
    rows = await connection.fetch(_PARKED, partition, [seq for seq, _ in places], [item for _, item in places])
    return {(row["seq"], row["item"]): row["reason"] for row in rows}


async def load_parked_pages(connection: Connection, partition: int, names: Sequence[str]) -> Mapping[str, ParkedPage]:
    """Pages of resources' parked records, by what their names say (state.py). All in one question: where thousands of
    lines are assigned at once, each asks for a page, and nearly all are empty. Prefixes are few, and asked one by one.
    """
    asked, of_prefixes = [], []
    for n, name in enumerate(names):
        place, _, resource = name.partition(" ")
        resource = canonical(resource)
        if prefix_of(resource) is None:
            asked += [(n, spelling, *_place(place)) for spelling in spellings(resource)]
        else:
            of_prefixes.append((n, _place(place), sort_span(resource)))
    rows = await connection.fetch(_PAGES, partition, *zip(*asked, strict=True), [*RECALLED], PAGE) if asked else []
    found = _pages(names, rows)
    for n, after, span in of_prefixes:
        rows = await connection.fetch(_PREFIX_PAGE, partition, *span, [*RECALLED], *after, PAGE)
        found[names[n]] = tuple((row["seq"], row["item"]) for row in rows)
    return {name: ParkedPage(name=name, places=places) for name, places in found.items()}


async def load_parked_source_pages(
    connection: Connection, partition: int, names: Sequence[str]
) -> Mapping[str, ParkedSourcePage]:
    """Pages of sources' records that were parked because nobody had defined them."""
    asked = [(n, source, *_place(place)) for n, (place, _, source) in enumerate(name.partition(" ") for name in names)]
    rows = await connection.fetch(_SOURCE_PAGES, partition, *zip(*asked, strict=True), PAGE)
    return {name: ParkedSourcePage(name=name, places=places) for name, places in _pages(names, rows).items()}


def _pages(names: Sequence[str], rows: Iterable[asyncpg.Record]) -> dict[str, tuple[tuple[int, int], ...]]:
    """The first places of each page, in order, whatever the spelling of its resource."""
    places: list[list[tuple[int, int]]] = [[] for _ in names]
    for n, seq, item in rows:
        places[n].append((seq, item))
    return {name: tuple(sorted(found)[:PAGE]) for name, found in zip(names, places, strict=True)}


_PARKED: Final = """
select q.seq, q.item, q.reason from quarantine q
  join unnest($2::bigint[], $3::int[]) as x (seq, item) on q.seq = x.seq and q.item = x.item where q.partition = $1
"""

_PAGES: Final = """
select x.n, q.seq, q.item from unnest($2::int[], $3::text[], $4::bigint[], $5::int[]) as x (n, resource, seq, item)
  cross join lateral (
    select seq, item from quarantine
     where partition = $1 and resource = x.resource and reason = any($6::text[])
       and item >= 0 and (seq, item) > (x.seq, x.item)
     order by seq, item limit $7
  ) q
"""

_PREFIX_PAGE: Final = """
select seq, item from quarantine
 where partition = $1 and sort_key collate "C" between $2 and $3 and reason = any($4::text[])
   and item >= 0 and (seq, item) > ($5::bigint, $6::int)
 order by seq, item limit $7
"""

_SOURCE_PAGES: Final = """
select x.n, q.seq, q.item from unnest($2::int[], $3::text[], $4::bigint[], $5::int[]) as x (n, source, seq, item)
  cross join lateral (
    select seq, item from quarantine
     where partition = $1 and source = x.source and reason = 'unknown_source'
       and item >= 0 and (seq, item) > (x.seq, x.item)
     order by seq, item limit $6
  ) q
"""

_DELETE: Final = """
delete from quarantine q using unnest($2::bigint[], $3::int[]) as x (seq, item)
 where q.partition = $1 and q.seq = x.seq and q.item = x.item
"""


async def _delete(connection: Connection, partition: int, places: Iterable[tuple[int, int]]) -> None:
    listed = [*places]
    await connection.execute(_DELETE, partition, [seq for seq, _ in listed], [item for _, item in listed])


def _place(name: str) -> tuple[int, int]:
    seq, _, item = name.partition("#")
    return int(seq), int(item)


def _parked_record(name: str, reason: str, records: Sequence[ReturnableRecord], item: int) -> ParkedRecord:
    if not 0 <= item < len(records):
        return ParkedRecord(name=name, reason=reason)
    return ParkedRecord(name=name, reason=reason, record=records[item].recorded(), unit=records[item].unit)


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


def _returned(event: UsageReturned, envelope: Envelope, records: Sequence[ReturnableRecord]) -> Iterator[QuarantineRow]:
    """An accepted record that rating could not take is parked with rating's reason."""
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


async def _recorded_at(connection: Connection, partition: int, seq: int) -> Sequence[ReturnableRecord]:
    """The records of an event."""
    body = await connection.fetchval("select records from returnable where partition = $1 and seq = $2", partition, seq)
    return [] if body is None else decode_records(body)


def _returnable(event: UsageRecorded) -> bytes:
    return _encode([_kept(record, event.units.get(index)) for index, record in enumerate(event.records)])


def _kept(r: RecordedUsage, unit: str | None) -> tuple[object, ...]:
    kept = (
        r.source,
        r.id,
        r.resource,
        r.meter,
        str(r.quantity),
        r.started_at,
        r.ended_at,
        r.kind,
        r.account,
        r.subscription,
        r.attributes,
    )
    return kept if unit is None else (*kept, unit)
