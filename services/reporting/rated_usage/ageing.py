"""Which records were rated, and which were not billable, goes with the records: a day later, so never before them.

    rating.events[1]: 2026-09-01 of usage/3 begins with seq 1842, ..., 2026-12-12 has begun  ->  usage/3/1..1841 go

A partition of rating knows how far each partition of usage had come on each day, by the time of its own log. There is a
row for each event of usage, not for each record, so a day of them goes at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from services.rating.rated_usage.messages import UsageRated
from services.reporting.usage_record.ageing import KEPT_DAYS, Days
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied

RATED_KEPT_DAYS: Final = KEPT_DAYS + 1


class RatedUsageAgeRow(Row, frozen=True, kw_only=True):
    """The days that have begun, and the event of usage that each began with; what is before the first has no rows."""

    TABLE = "rated_usage_age"
    KEY = ("usage_partition",)

    usage_partition: int
    days: tuple[date, ...]
    seqs: tuple[int, ...]


_LAST: Final = "select usage_partition, days[cardinality(days)] as day from rated_usage_age where partition = $1"
_READ: Final = "select days, seqs from rated_usage_age where partition = $1 and usage_partition = $2"
_WRITE: Final = """
insert into rated_usage_age (partition, usage_partition, days, seqs) values ($1, $2, $3, $4)
on conflict (partition, usage_partition) do update set days = excluded.days, seqs = excluded.seqs
"""
_DROP: Final = (
    "delete from rated_usage where partition = $1 and usage_partition = $2 and usage_seq < $3",
    "delete from usage_not_billable where partition = $1 and usage_partition = $2 and seq < $3",
)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rated = [(event, envelope.recorded_at.date()) for event, envelope, _ in batch if type(event) is UsageRated]
    if not rated:
        return
    last: dict[int, date] = {row["usage_partition"]: row["day"] for row in await connection.fetch(_LAST, partition)}
    for event, day in rated:
        before = last.get(event.source)
        if before is None or before < day:
            last[event.source] = day
            await _begin(connection, partition, event, day)


async def _begin(connection: Connection, partition: int, event: UsageRated, day: date) -> None:
    """A day of what a partition of usage sends."""
    row = await connection.fetchrow(_READ, partition, event.source)
    days = Days(RATED_KEPT_DAYS) if row is None else Days(RATED_KEPT_DAYS, [*row["days"]], [*row["seqs"]])
    if days.begin(day, event.usage_seq):
        for statement in _DROP:
            await connection.execute(statement, partition, event.source, days.first)
    await connection.execute(_WRITE, partition, event.source, days.days, days.seqs)
