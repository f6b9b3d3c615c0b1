"""What each source did, hour by hour: how much it reported, in which minutes, how late, and by which clock.

    10:07 UTC   1,000 records of olt-12, the latest of 10:06:58
    -> olt-12, hour 10: records 1000, minute 7 heard, least delay 2 s

Rows of a source are a ring of 24, by the hour of the day: an hour takes the row of the same hour of the day before. So
they are bounded without a clock that drops them, and a rebuild gives the same. `first_seen` passes from row to row.

Hot: a batch has thousands of records, few sources and few instants, and these alone are looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec.structs import replace

from services.usage.record.messages import RecordedColumns, RecordedUsage, UsageRecorded
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, upsert
from shared.kernel.envelope import Envelope
from shared.kernel.instants import EPOCH, clamped

LATE_US: Final = 3_600_000_000
"""A record is late that ended longer ago: what rating waits for after a period ended, unless set otherwise."""

COUNTS: Final = ("records", "duplicates", "conflicts", "malformed", "late", "quarantined")


class SourceActivityRow(Row, frozen=True, kw_only=True):
    """A source in one hour of `recorded_at`, the latest with this hour of the day.

    `records` were counted for the first time, parked ones with them; `late` and `quarantined` are of those. Bit n of
    `minutes` says that something came in minute n. `least_delay_us` is the least of recorded_at - ended_at; `None`
    where nothing came that tells it.
    """

    TABLE = "source_activity"
    KEY = ("source", "hour_of_day")

    source: str
    hour_of_day: int
    hour: datetime
    first_seen: datetime
    last_seen: datetime
    records: int
    duplicates: int
    conflicts: int
    malformed: int
    late: int
    quarantined: int
    minutes: int
    least_delay_us: int | None


def activity_of(event: UsageRecorded, envelope: Envelope) -> Iterator[SourceActivityRow]:
    """A row for each source of an event. What is recycled or corrected was reported before."""
    if not event.reported:
        return
    at = envelope.recorded_at.astimezone(UTC)
    records = _by_source(event.records)
    aside = defaultdict[str, Counter[str]](Counter)
    for item in event.set_aside:
        if item.source:
            aside[item.source][item.state] += 1
    for source in dict.fromkeys((*records, *aside, *(signal.source for signal in event.signals))):
        yield _row(source, records.get(source, _NO_RECORDS), aside.get(source, _NONE), at)


def together(earlier: SourceActivityRow, later: SourceActivityRow) -> SourceActivityRow:
    """Two rows of one source and hour of the day: they add up, unless one is of a later day."""
    first, last = min(earlier.first_seen, later.first_seen), max(earlier.last_seen, later.last_seen)
    if earlier.hour != later.hour:
        return replace(max(earlier, later, key=lambda row: row.hour), first_seen=first, last_seen=last)
    delays = [row.least_delay_us for row in (earlier, later) if row.least_delay_us is not None]
    return replace(
        later,
        first_seen=first,
        last_seen=last,
        minutes=earlier.minutes | later.minutes,
        least_delay_us=min(delays, default=None),
        **{name: getattr(earlier, name) + getattr(later, name) for name in COUNTS},
    )


def _by_hour(column: str, both: str) -> str:
    """`both` where the rows are of one hour, else the column of the later one."""
    later = f"when excluded.hour > t.hour then excluded.{column} else t.{column} end"
    return f"case when excluded.hour = t.hour then {both} {later}"


TABLES: Final = Tables(
    upsert(
        SourceActivityRow,
        sets={
            "hour": "greatest(t.hour, excluded.hour)",
            "first_seen": "least(t.first_seen, excluded.first_seen)",
            "last_seen": "greatest(t.last_seen, excluded.last_seen)",
            "minutes": _by_hour("minutes", "t.minutes | excluded.minutes"),
            "least_delay_us": _by_hour("least_delay_us", "least(t.least_delay_us, excluded.least_delay_us)"),
            **{name: _by_hour(name, f"t.{name} + excluded.{name}") for name in COUNTS},
        },
        merge=together,
    )
)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    recorded = ((event, envelope) for event, envelope, _ in batch if isinstance(event, UsageRecorded))
    await TABLES.write(connection, partition, [row for one in recorded for row in activity_of(*one)])


_MICROSECOND: Final = timedelta(microseconds=1)
_NONE: Final[Mapping[str, int]] = {}
_NO_RECORDS: Final = RecordedColumns.of(())


def _by_source(records: RecordedColumns) -> Mapping[str, RecordedColumns]:
    sources = records.source.values
    if len(sources) < 2:
        return dict.fromkeys(sources, records)
    found: dict[str, list[RecordedUsage]] = {source: [] for source in sources}
    for record in records:
        found[record.source].append(record)
    return {source: RecordedColumns.of(of_source) for source, of_source in found.items()}


def _row(source: str, records: RecordedColumns, aside: Mapping[str, int], at: datetime) -> SourceActivityRow:
    now = (at - EPOCH) // _MICROSECOND
    return SourceActivityRow(
        source=source,
        hour_of_day=at.hour,
        hour=at.replace(minute=0, second=0, microsecond=0),
        first_seen=at,
        last_seen=at,
        records=records.count,
        duplicates=aside.get("duplicate", 0),
        conflicts=aside.get("conflict", 0),
        malformed=aside.get("malformed", 0),
        late=_late(records, now - LATE_US),
        quarantined=records.parked,
        minutes=1 << at.minute,
        least_delay_us=_least_delay(records, now),
    )


def _late(records: RecordedColumns, before: int) -> int:
    instants = records.ended_at.values
    if min(instants, default=before) >= before:
        return 0
    if max(instants) < before:
        return records.count
    return sum([instant < before for instant in records.ended_at.column(records.count)])


def _least_delay(records: RecordedColumns, now: int) -> int | None:
    """A sample ends with its five minutes, whenever it was taken: it tells nothing of a clock."""
    ended = records.ended_at.values
    if "sample" in records.kind.values:
        ended = [record.ended_at for record in records if record.kind != "sample"]
    return now - (clamped(max(ended)) - EPOCH) // _MICROSECOND if ended else None
