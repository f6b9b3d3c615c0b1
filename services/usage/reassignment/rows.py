"""Where records of a resource were counted, looked for in the records of events; which have one their filters say.

A resource's own name is asked of the filters. A prefix covers any number of names: all events with records of the time
are looked into, which is why so few of them may be (preview.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

import msgspec

from services.usage.quarantine.messages import Place
from services.usage.quarantine.resource_filter import HAS, places_of
from services.usage.quarantine.returnable import ReturnableRecord, decode_records
from services.usage.reassignment.state import INDEX_LAST, Asked, CountedPage
from services.usage.record.state import AHEAD_MAX_US
from services.usage.retraction.messages import ITEMS_MAX
from shared.engine.postgres import Connection
from shared.kernel.instants import clamped
from shared.kernel.resource_names import prefix_of, sort_key, sort_span, spellings

EVENTS_MAX: Final = 100
"""Events that are looked into for one page: at 1,000 records each, some 50 ms."""

# A record may be a day ahead of the clock here when it is counted.
_AHEAD: Final = timedelta(microseconds=AHEAD_MAX_US)
FIRST: Final = """
select seq from returnable where partition = $1 and recorded_at >= $2 order by recorded_at, seq limit 1
"""
_OF_THE_TIME: Final = "partition = $1 and seq >= $2 and latest >= $3 and ($4::timestamptz is null or earliest < $4)"
_BY_NAME: Final = f"{_OF_THE_TIME} and {HAS.format(ones='$5', twos='$6', texts='$7')}"
_EVENTS: Final = "select seq, records from returnable where {condition} order by seq limit {limit}"

Wanted = Callable[[ReturnableRecord], bool]


async def load_counted_pages(connection: Connection, partition: int, names: Sequence[str]) -> Mapping[str, CountedPage]:
    return {name: await _page(connection, partition, Asked.of(name)) for name in names}


async def counted(connection: Connection, partition: int, asked: Asked, limit: int) -> list[Any]:
    """The events from `asked.after` on that may have such a record, with their records, at most `limit` of them."""
    first = await connection.fetchval(FIRST, partition, clamped(asked.since) - _AHEAD)
    if first is None:
        return []
    until = None if asked.until is None else clamped(asked.until)
    span = (partition, max(first, asked.after[0]), clamped(asked.since), until)
    if prefix_of(asked.resource_id) is not None:
        return list(await connection.fetch(_EVENTS.format(condition=_OF_THE_TIME, limit=limit), *span))
    names = spellings(asked.resource_id)
    ones, twos = zip(*map(places_of, names), strict=True)
    sql = _EVENTS.format(condition=_BY_NAME, limit=limit)
    return list(await connection.fetch(sql, *span, ones, twos, [msgspec.json.encode(name) for name in names]))


def found_in(row: Any, asked: Asked, wanted: Wanted) -> Iterator[tuple[Place, ReturnableRecord]]:
    """Those of an event's records, in order."""
    for index, record in enumerate(decode_records(row["records"])):
        if record.account is not None and wanted(record) and (row["seq"], index) > asked.after:
            yield (row["seq"], index), record


def wanted_by(asked: Asked) -> Wanted:
    """Guided records of the resource, or of what the prefix covers, that begin in the time."""
    names, span = frozenset(spellings(asked.resource_id)), None
    if prefix_of(asked.resource_id) is not None:
        span = sort_span(asked.resource_id)

    def is_wanted(record: ReturnableRecord) -> bool:
        if record.started_at < asked.since or (asked.until is not None and record.started_at >= asked.until):
            return False
        if span is None:
            return record.resource in names
        key = sort_key(record.resource)
        return key is not None and span[0] <= key <= span[1]

    return is_wanted


async def _page(connection: Connection, partition: int, asked: Asked) -> CountedPage:
    wanted = wanted_by(asked)
    rows = await counted(connection, partition, asked, EVENTS_MAX + 1)
    places = [place for row in rows[:EVENTS_MAX] for place, _ in found_in(row, asked, wanted)]
    page = tuple(places[:ITEMS_MAX])
    if len(places) > ITEMS_MAX:
        return CountedPage(name=asked.name, places=page, more=True, after=page[-1])
    more = len(rows) > EVENTS_MAX
    after = (rows[EVENTS_MAX - 1]["seq"], INDEX_LAST) if more else asked.after
    return CountedPage(name=asked.name, places=page, more=more, after=after)
