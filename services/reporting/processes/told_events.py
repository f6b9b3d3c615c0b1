"""From the audit trail's index to the queues: what was committed behind the position of each endpoint, once.

    head of a log 1842, position of the endpoint 1839     ->  1840, 1841 and 1842, those that it asks for, in its queue

Endpoints that are equally far, as all are that keep up, are read for together. One that has no room stays where it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from services.reporting.audit.heads import Heads, heads
from services.reporting.webhook.deliveries import Happened, enqueue, room
from services.reporting.webhook.endpoints import Held, heads_in, position_of
from services.reporting.webhook.filters import wanted
from shared.engine.postgres import Pool

READ_MAX: Final = 2000
"""Events in one reading, over all partitions that moved."""


async def tell(pool: Pool, holder: str, endpoints: Sequence[Held]) -> bool:
    """Whether there is more to read at once."""
    now, more = await heads(pool), False
    alike: dict[str, list[Held]] = defaultdict(list)
    for endpoint in endpoints:
        if endpoint.disabled_at is None:
            alike[endpoint.position].append(endpoint)
    for position, there in alike.items():
        more |= await _tell(pool, holder, position, there, now)
    return more


async def _tell(pool: Pool, holder: str, position: str, endpoints: Sequence[Held], now: Heads) -> bool:
    known = heads_in(position)
    moved = {place: head for place, head in now.items() if head > known.get(place, 0)}
    if not moved:
        return False
    most = max(1, READ_MAX // len(moved))
    rows = await pool.fetch(
        _HAPPENED,
        [topic for topic, _ in moved],
        [partition for _, partition in moved],
        [known.get(place, 0) for place in moved],
        list(moved.values()),
        most,
    )
    reached = _reached(rows, moved, most)
    has_moved = False
    for endpoint in endpoints:
        types = wanted(endpoint.events)
        asked = [Happened(row["id"], row["type"], row["account_id"]) for row in rows if row["type"] in types]
        if not asked or await room(pool, endpoint.endpoint_id) >= len(asked):
            has_moved |= await enqueue(pool, holder, endpoint, asked, position_of(known | reached))
    return has_moved and reached != moved


def _reached(rows: Sequence[Any], moved: Heads, most: int) -> Heads:
    """Where a reading ends: at the head, or at the last event of a partition that had more than it was read of."""
    read: dict[tuple[str, int], list[int]] = defaultdict(list)
    for row in rows:
        read[row["topic"], row["partition"]].append(row["seq"])
    return {place: max(read[place]) if len(read[place]) == most else head for place, head in moved.items()}


_HAPPENED: Final = """
select e.id, e.type, e.account_id, e.topic, e.partition, e.seq
  from unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[]) as moved (topic, partition, known, head)
 cross join lateral (
       select id, type, account_id, topic, partition, seq, recorded_at from audit_event a
        where a.topic = moved.topic and a.partition = moved.partition and a.seq > moved.known and a.seq <= moved.head
        order by a.seq limit $5) e
 order by e.recorded_at, e.topic, e.partition, e.seq
"""
