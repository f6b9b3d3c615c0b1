"""Usage records as received, in bulk: one COPY per batch, and counts per hour beside them.

    usage/3/1842#17   olt-12.par3   mac:00:1b:…   data.octets   73400320000000   acc-1   line-1   accepted

An instant outside the calendar (equipment said so, before admission refused it) is shown as its first or last.

Hot: a batch holds thousands of records. A record given back by rating (`UsageReturned`) changes its row here, since the
event comes from the partition that wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from services.reporting.adding import adding
from services.usage.quarantine.messages import Place, UsageDiscarded, UsageReturned
from services.usage.record.messages import RecordedUsage, SetAside, UsageRecorded
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, upsert
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.instants import EPOCH, clamped

_HOUR: Final = timedelta(hours=1)


class UsageRecordRow(Row, frozen=True, kw_only=True):
    """A record as it was received; `quantity` in 1e-6 units, `attributes` as JSON.

    There are thousands in a batch, so they are written as tuples in the order of these columns, without an object each.
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


class UsageHourRow(Row, frozen=True, kw_only=True):
    """Counts of an hour of `started_at`, or of `recorded_at` where that is unknown."""

    TABLE = "usage_hour"
    KEY = ("hour", "meter", "state", "reason")

    hour: datetime
    meter: str
    state: str
    reason: str
    records: int
    quantity: Decimal


class UsageDayRow(Row, frozen=True, kw_only=True):
    TABLE = "usage_day"
    KEY = ("day", "meter", "state")

    day: date
    meter: str
    state: str
    records: int
    quantity: Decimal


def _together(earlier: UsageHourRow, later: UsageHourRow) -> UsageHourRow:
    records, quantity = earlier.records + later.records, EXACT.add(earlier.quantity, later.quantity)
    return replace(later, records=records, quantity=quantity)


COLUMNS: Final = ("partition", *UsageRecordRow.__struct_fields__)
HOURS: Final = Tables(
    upsert(
        UsageHourRow,
        sets={"records": "t.records + excluded.records", "quantity": "t.quantity + excluded.quantity"},
        merge=_together,
    ),
    adding(UsageDayRow, "records", "quantity"),
)

_encode = msgspec.json.Encoder().encode

# (hour since the epoch, meter, state, reason) -> [records, quantity in 1e-6 units]
Counts = dict[tuple[int, str, str, str], list[int]]


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[tuple[Any, ...]] = []
    counts: Counts = {}
    returned: list[UsageReturned] = []
    recycled: list[Place] = []
    discarded: list[UsageDiscarded] = []
    for event, envelope, _ in batch:
        match event:
            case UsageRecorded():
                _records(event.records, partition, envelope, rows, counts)
                _set_aside(event.set_aside, partition, envelope, rows, counts)
                recycled += event.recycled.values()
            case UsageReturned():
                returned.append(event)
            case UsageDiscarded():
                discarded.append(event)
    if rows:
        await connection.copy_records_to_table("usage_record", records=rows, columns=COLUMNS)
    if returned:
        await _return(connection, partition, returned, counts)
    if recycled:
        await _forget(connection, partition, recycled, counts)
    if discarded:
        await _discard(connection, partition, discarded, counts)
    if counts:
        await count_hours(connection, partition, counts)


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
        # As `add_count` does, without the cost of a call for each record.
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
    recorded_hour = hour_of(envelope.recorded_at)
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
        add_count(counts, hour, item.meter, state, item.reason, 1, item.quantity or 0)


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


def _json(value: Any) -> str:
    return _encode(value).decode()


def _moment(started_us: int) -> tuple[datetime, int]:
    """The instant as it is shown, and the hour it is counted in."""
    started_at = clamped(started_us)
    return started_at, hour_of(started_at)


def hour_of(instant: datetime) -> int:
    return (instant - EPOCH) // _HOUR


def add_count(
    counts: Counts, hour: int, meter: str | None, state: str, reason: str | None, records: int, quantity: int
) -> None:
    key = (hour, meter or "", state, reason or "")
    count = counts.get(key)
    if count is None:
        counts[key] = [records, quantity]
    else:
        count[0] += records
        count[1] += quantity


async def count_hours(connection: Connection, partition: int, counts: Counts) -> None:
    days: dict[tuple[date, str, str], list[int]] = {}
    for (hour, meter, state, _), (records, quantity) in counts.items():
        of_day = days.setdefault(((EPOCH + hour * _HOUR).date(), meter, state), [0, 0])
        of_day[0] += records
        of_day[1] += quantity
    counted = [
        UsageDayRow(day=day, meter=meter, state=state, records=records, quantity=Decimal(quantity))
        for (day, meter, state), (records, quantity) in days.items()
    ]
    hours = [_counted(*key, *count) for key, count in counts.items()]
    await HOURS.write(connection, partition, [*hours, *counted])


def _counted(hour: int, meter: str, state: str, reason: str, records: int, quantity: int) -> UsageHourRow:
    begins = EPOCH + hour * _HOUR
    return UsageHourRow(
        hour=begins, meter=meter, state=state, reason=reason, records=records, quantity=Decimal(quantity)
    )
