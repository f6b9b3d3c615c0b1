"""Which entries an export has, and how they are read: everything booked up to its month and before its cut, less what
the export before it has.

    export 1   October    cut invoicing/0@40 ...      entries booked till 31 October that stand before the cut
    export 2   November   cut invoicing/0@90 ...      the rest of October, booked on 1 November if that is closed

Months and cuts only go forward, so that what earlier exports have is exactly what the one before it covers.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

import asyncpg
import msgspec

from services.reporting.database import Database


class Export(NamedTuple):
    """`covers_to` is the last day of its month, `before_to` that of the export before it, whose cut is `before`."""

    n: int
    export_id: str
    month: date
    closes: bool
    opens_on: date | None
    chart_version: int
    cut: Mapping[str, Sequence[int]]
    exported_at: datetime
    exported_by: str | None
    before_month: date | None
    before: Mapping[str, Sequence[int]]


_SQL: Final = """
select * from (
  select n, export_id, month, closes, opens_on, chart_version, cut::text as cut, exported_at, exported_by,
         lag(month) over (order by n) as before_month, lag(cut::text) over (order by n) as before
    from journal_export_row) as export
"""


async def exports(database: Database) -> Sequence[Export]:
    """All of them, the latest first."""
    return [_export(row) for row in await database.fetch(f"{_SQL} order by n desc")]


async def find(database: Database, export_id: str) -> Export | None:
    row = await database.fetchrow(f"{_SQL} where export_id = $1", export_id)
    return None if row is None else _export(row)


def _export(row: asyncpg.Record) -> Export:
    values = dict(row)
    for name in ("cut", "before"):
        values[name] = msgspec.json.decode(values[name], type=dict[str, list[int]]) if values[name] else {}
    return Export(**values)


# What is booked up to a day and stands before a cut; the cut is sent as arrays of logs, partitions and offsets. In two
# parts, each by an index: the months of this export, and what has come since of those of the export before it.
_CUT: Final = """
  join unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[]) as cut (log, partition, upto, since)
    on cut.log = e.log and cut.partition = e.partition
"""
_COVERED: Final = f"""
select {{columns}} from journal_entry e {_CUT}
 where e.booked_on > $6::date and e.booked_on <= $5::date and e.log_offset < cut.upto
 union all
select {{columns}} from journal_entry e {_CUT}
 where e.booked_on <= $6::date and e.log_offset >= cut.since and e.log_offset < cut.upto
"""
_POSTED: Final = "greatest(e.booked_on, $7::date)"
_SLICES: Final = f"""
with entry as ({_COVERED.format(columns="e.partition, e.log, e.seq, e.booked_on, e.currency")})
select date_trunc('month', {_POSTED})::date as month, e.currency, count(*) as postings,
       count(distinct (e.log, e.partition, e.seq, e.booked_on)) as entries
  from entry e join journal_posting p using (partition, log, seq, booked_on)
 group by 1, 2 order by 1, 2
"""
_ROWS: Final = f"""
with entry as ({_COVERED.format(columns="e.*")})
select e.entry_id, e.account_id, e.booked_on, e.event_id, e.recorded_at, p.n, p.kind, p.debit, p.credit, p.amount,
       p.currency, p.document_id, p.number, p.invoice_id, p.line_n, p.plan_id, p.subscription_id, p.charge_id,
       p.tax_class, p.tax_category, p.tax_rate, p.method, p.legal_entity, p.earned_from, p.earned_to
  from entry e join journal_posting p using (partition, log, seq, booked_on)
 where date_trunc('month', {_POSTED})::date = $8::date and e.currency = $9::text
   and ($12::text is null or p.legal_entity = $12)
 order by e.booked_on, e.log, e.partition, e.seq, p.n offset $10::bigint limit $11::bigint
"""
READ_AT_ONCE: Final = 1000


async def slices(database: Database, export: Export) -> Sequence[asyncpg.Record]:
    """How many postings and entries it has, by month of bookkeeping and currency."""
    return await database.fetch(_SLICES, *_covered(export))


async def rows(
    connection: Any,
    export: Export,
    month: date,
    currency: str,
    *,
    skip: int,
    take: int,
    legal_entity: str | None = None,
) -> AsyncIterator[asyncpg.Record]:
    """Its postings of a month from a place on, in an order that never changes; inside a transaction. `legal_entity`:
    of those in its books alone, of the operator's where it is empty."""
    arguments = (*_covered(export), month, currency, skip, take, legal_entity)
    async for row in connection.cursor(_ROWS, *arguments, prefetch=READ_AT_ONCE):
        yield row


def _covered(export: Export) -> tuple[Any, ...]:
    places = [(log, n, offset) for log, offsets in sorted(export.cut.items()) for n, offset in enumerate(offsets)]
    since = [_at(export.before, log, n) for log, n, _ in places]
    logs, partitions, upto = ([place[n] for place in places] for n in range(3))
    return logs, partitions, upto, since, last_day(export.month), _before(export), export.opens_on


def _at(cut: Mapping[str, Sequence[int]], log: str, n: int) -> int:
    offsets = cut.get(log, ())
    return offsets[n] if n < len(offsets) else 0


def _before(export: Export) -> date:
    return date.min if export.before_month is None else last_day(export.before_month)


def last_day(month: date) -> date:
    if (month.year, month.month) == (9999, 12):
        return date.max
    return date(month.year + month.month // 12, month.month % 12 + 1, 1) - timedelta(days=1)


def posted_on(booked_on: date, opens_on: date | None) -> date:
    """The day in bookkeeping: what belongs to a month that was closed before goes into the first that is open."""
    return booked_on if opens_on is None else max(booked_on, opens_on)


class Covering:
    """Which export has an entry: the first that covers it."""

    def __init__(self, found: Sequence[Export]) -> None:
        self._exports = sorted(found)

    def of(self, log: str, partition: int, offset: int, booked_on: date) -> Export | None:
        for export in self._exports:
            if booked_on <= last_day(export.month) and offset < _at(export.cut, log, partition):
                return export
        return None

    @property
    def opens_on(self) -> date | None:
        """The first day that is not closed."""
        closed = [export.month for export in self._exports if export.closes]
        return last_day(max(closed)) + timedelta(days=1) if closed else None
