"""Single records are kept for 100 days, by the time of the log that they stand in, and then dropped by its owner.

    usage.events[3]: day 2026-09-01 begins with seq 1842, ..., day 2026-12-11 has begun  ->  seq 1..1841 are dropped

What a row decides about is in sums and in the log for good. No clock is asked: a day begins with the first event of it,
and each event (a watermark is one, so an idle network ages too) drops those of four others. So a rebuild drops the same
rows with the same event, and no batch waits for a day of rows to go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from services.usage.record.messages import UsageRecorded
from services.usage.watermark.messages import IntakeCompleteThrough
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied

KEPT_DAYS: Final = 100
EVENTS_DROPPED: Final = 4
"""With each event. An event has at most a thousand records, so a batch drops at most four times what it brings."""


class UsageRecordAgeRow(Row, frozen=True, kw_only=True):
    """`days` have begun with the events `seqs`; those up to `dropped` have no rows any more, which were `records`.

    All that was received on `since` or later is kept; `None` until a day was let go.
    """

    TABLE = "usage_record_age"
    KEY = ()

    days: tuple[date, ...]
    seqs: tuple[int, ...]
    since: date | None
    dropped: int
    records: int


@dataclass
class Days:
    """The days of a log that are kept, each with the number that it begins with.

    >>> days = Days(kept=2)
    >>> [days.begin(date(2026, 9, day), seq) for day, seq in ((1, 10), (1, 11), (2, 20), (3, 30), (4, 40))]
    [False, False, False, False, True]
    >>> days.first
    20
    """

    kept: int
    days: list[date] = field(default_factory=list)
    seqs: list[int] = field(default_factory=list)

    @property
    def first(self) -> int:
        """The first number that is kept."""
        return self.seqs[0] if self.seqs else 0

    def begin(self, day: date, seq: int) -> bool:
        """Take note of an event of a day; whether earlier ones were let go. A day never goes back."""
        if self.days and day <= self.days[-1]:
            return False
        self.days.append(day)
        self.seqs.append(seq)
        gone = sum(one < day - timedelta(days=self.kept) for one in self.days)
        del self.days[:gone], self.seqs[:gone]
        return gone > 0


@dataclass
class Age:
    """How far the rows of a partition have been dropped: it moves with each event, up to the first that is kept."""

    days: Days
    since: date | None
    dropped: int

    def take(self, day: date, seq: int) -> None:
        if self.days.begin(day, seq):
            self.since = self.days.days[0]
        if self.since is not None:
            self.dropped = max(self.dropped, min(self.days.first - 1, self.dropped + EVENTS_DROPPED))


# A record that is parked is waited for, however old. What is told of a record goes with it.
_DROP: Final = """
with gone as (
  delete from usage_record
   where partition = $1 and seq > $2 and seq <= $3 and not (state = 'quarantined' and index >= 0)
  returning seq, index
),
sessions as (
  delete from usage_session_report s using gone g where s.partition = $1 and s.seq = g.seq and s.index = g.index
),
retractions as (
  delete from usage_retraction t using gone g
   where t.partition = $1 and t.seq = g.seq and t.index = g.index and t.status not in ('retracting', 'restoring')
)
select count(*) from gone
"""
_READ: Final = "select days, seqs, since, dropped, records from usage_record_age where partition = $1"
_WRITE: Final = """
insert into usage_record_age (partition, days, seqs, since, dropped, records) values ($1, $2, $3, $4, $5, $6)
on conflict (partition) do update set days = excluded.days, seqs = excluded.seqs, since = excluded.since,
       dropped = excluded.dropped, records = excluded.records
"""


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Behind all that the batch writes: what it drops was written long before."""
    ticks = [
        (envelope.recorded_at.date(), envelope.seq)
        for event, envelope, _ in batch
        if type(event) is UsageRecorded or type(event) is IntakeCompleteThrough
    ]
    if not ticks:
        return
    was = await _read(connection, partition)
    age = Age(Days(KEPT_DAYS, [*was.days], [*was.seqs]), was.since, was.dropped)
    for day, seq in ticks:
        age.take(day, seq)
    records = was.records
    if age.dropped > was.dropped:
        records += await connection.fetchval(_DROP, partition, was.dropped, age.dropped)
    if age.dropped > was.dropped or tuple(age.days.days) != was.days:
        await connection.execute(_WRITE, partition, age.days.days, age.days.seqs, age.since, age.dropped, records)


async def _read(connection: Connection, partition: int) -> UsageRecordAgeRow:
    row = await connection.fetchrow(_READ, partition)
    if row is None:
        return UsageRecordAgeRow(days=(), seqs=(), since=None, dropped=0, records=0)
    return UsageRecordAgeRow(**{**row, "days": tuple(row["days"]), "seqs": tuple(row["seqs"])})
