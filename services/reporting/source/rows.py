"""UsageRecorded -> when each source was heard last; SourceDefined, …Changed, …Deleted -> whose silence is watched.

olt-12   last seen 10:07:03   watched: silent after 900 s

From 10:22:03 on it is silent, and asks for attention until something comes again. The rows are here and not asked of
usage, so that what asks for attention is one snapshot and needs no other service.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.usage.record.messages import UsageRecorded
from services.usage.source.messages import SourceChanged, SourceDefined, SourceDeleted
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, upsert


class HeardSourceRow(Row, frozen=True, kw_only=True):
    TABLE = "heard_source"
    KEY = ("source",)

    source: str
    last_seen: datetime


class WatchedSourceRow(Row, frozen=True, kw_only=True):
    TABLE = "watched_source"
    KEY = ("id",)

    id: str
    silent_after_s: int
    defined_at: datetime


def _later(earlier: HeardSourceRow, later: HeardSourceRow) -> HeardSourceRow:
    return max(earlier, later, key=lambda row: row.last_seen)


_LATEST: Final = {"last_seen": "greatest(t.last_seen, excluded.last_seen)"}
_HEARD: Final = Tables(upsert(HeardSourceRow, sets=_LATEST, merge=_later))
_WATCH: Final = """
insert into watched_source (partition, id, silent_after_s, defined_at) values ($1, $2, $3, $4)
on conflict (partition, id) do update set silent_after_s = excluded.silent_after_s
"""
_FORGET: Final = "delete from watched_source where partition = $1 and id = $2"


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    heard: dict[str, datetime] = {}
    for event, envelope, _ in batch:
        match event:
            case UsageRecorded() if event.reported:
                at = envelope.recorded_at
                heard.update({source: max(at, heard.get(source, at)) for source in _sources(event)})
            case SourceDefined() | SourceChanged():
                # A change by hand and few of them: one after the other, in the order of the log.
                if event.terms.silent_after_s is None:
                    await connection.execute(_FORGET, partition, event.source_id)
                else:
                    terms = (event.source_id, event.terms.silent_after_s, envelope.recorded_at)
                    await connection.execute(_WATCH, partition, *terms)
            case SourceDeleted():
                await connection.execute(_FORGET, partition, event.source_id)
    rows = [HeardSourceRow(source=source, last_seen=at) for source, at in heard.items()]
    await _HEARD.write(connection, partition, rows)


def _sources(event: UsageRecorded) -> set[str]:
    found = {*event.records.source.values}
    found |= {item.source for item in event.set_aside}
    found |= {signal.source for signal in event.signals}
    return found - {""}
