"""Sending again: one delivery, those that a filter names, or all that happened in a while, sent before or not.

    await replay(pool, "k3…")                                            one, whatever became of it
    await replay_many(pool, "erp", Chosen(statuses=("failed",)), by)     Replayed(deliveries=812, left=0)
    await replay_events(pool, endpoint, start, end, types, by)           from the audit trail, from when it was down

The id that the receiver knows a delivery by stays, so what it has taken already it takes for a repetition.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from services.reporting.database import Database
from services.reporting.identity.changes import By, Change, changing
from services.reporting.webhook.bodies import SAMPLE_TYPE
from services.reporting.webhook.changes import WebhookDeliveriesReplayed
from services.reporting.webhook.deliveries import WAITING_MAX, delivery_id_of, room
from services.reporting.webhook.endpoints import Endpoint
from shared.http.problems import not_found
from shared.kernel.errors import Rejection


class Chosen(NamedTuple):
    """Which deliveries; where nothing is said, all. `start` is included, `end` is not: instants of their making."""

    statuses: Sequence[str] = ()
    types: Sequence[str] = ()
    start: datetime | None = None
    end: datetime | None = None


class Replayed(NamedTuple):
    """So many will be sent; `left` are more than may wait at once: ask again when these are through."""

    deliveries: int
    left: int


_AGAIN: Final = "status = 'waiting', tries = 0, due_at = now(), finished_at = null"


async def replay(database: Database, delivery_id: str) -> None:
    """Raises `Rejection`: 404, 409 `queue_full`."""
    row = await database.fetchrow(
        "select endpoint_id, status from durable.webhook_delivery where delivery_id = $1", delivery_id
    )
    if row is None:
        raise not_found("webhook delivery", delivery_id)
    if row["status"] != "waiting" and not await room(database, row["endpoint_id"]):
        raise _full()
    await database.execute(f"update durable.webhook_delivery set {_AGAIN} where delivery_id = $1", delivery_id)


async def replay_many(database: Database, endpoint_id: str, chosen: Chosen, by: By) -> Replayed:
    """The oldest first. Raises `Rejection` (409 `queue_full`)."""
    async with changing(database) as change:
        free = await room(change.connection, endpoint_id)
        if not free:
            raise _full()
        where = (endpoint_id, list(chosen.statuses), list(chosen.types), chosen.start, chosen.end)
        found = await change.connection.fetchval(
            f"select count(*) from durable.webhook_delivery where {_CHOSEN}", *where
        )
        await change.connection.execute(
            f"""
            update durable.webhook_delivery set {_AGAIN}
             where delivery_id in (select delivery_id from durable.webhook_delivery
                                    where {_CHOSEN} order by created_at, delivery_id limit $6)
            """,
            *where,
            free,
        )
        return await _told(change, endpoint_id, Replayed(min(found, free), max(0, found - free)), by)


# What waits is sent anyway, and a sample is made anew.
_CHOSEN: Final = """
endpoint_id = $1 and not sample and status <> 'waiting'
and (cardinality($2::text[]) = 0 or status = any($2)) and (cardinality($3::text[]) = 0 or type = any($3))
and ($4::timestamptz is null or created_at >= $4) and ($5::timestamptz is null or created_at < $5)
"""


async def replay_events(
    database: Database, endpoint: Endpoint, start: datetime, end: datetime, types: Sequence[str], by: By
) -> Replayed:
    """All events of these types from `start` (included) to `end` (excluded), by when they were recorded, the oldest
    first; what waits is left as it is. Raises `Rejection` (409 `queue_full`)."""
    async with changing(database) as change:
        free = await room(change.connection, endpoint.endpoint_id)
        if not free:
            raise _full()
        rows = await change.connection.fetch(_EVENTS, start, end, list(types), free)
        more = await change.connection.fetchval(_COUNT_EVENTS, start, end, list(types), free)
        await change.connection.execute(
            f"""
            insert into durable.webhook_delivery as known (delivery_id, endpoint_id, event_id, type, account_id)
            select id, $1, event_id, type, account_id
              from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as new (id, event_id, type, account_id)
            on conflict (endpoint_id, event_id) where not sample do update set {_AGAIN}
            """,
            endpoint.endpoint_id,
            [delivery_id_of(endpoint.endpoint_id, row["id"]) for row in rows],
            [row["id"] for row in rows],
            [row["type"] for row in rows],
            [row["account_id"] for row in rows],
        )
        return await _told(change, endpoint.endpoint_id, Replayed(len(rows), more), by)


_SPAN: Final = "recorded_at >= $1 and recorded_at < $2 and type = any($3::text[])"
_EVENTS: Final = f"""
select id, type, account_id from audit_event where {_SPAN} order by recorded_at, topic, partition, seq limit $4
"""
# How many are left is told as far as one can see at a glance.
_COUNT_EVENTS: Final = f"""
select count(*) from (select 1 from audit_event where {_SPAN} offset $4 limit {WAITING_MAX}) more
"""


async def _told(change: Change, endpoint_id: str, replayed: Replayed, by: By) -> Replayed:
    if replayed.deliveries:
        told = WebhookDeliveriesReplayed(endpoint_id=endpoint_id, deliveries=replayed.deliveries)
        await change.tell(told, by)
    return replayed


def _full() -> Rejection:
    detail = f"{WAITING_MAX} deliveries wait for this endpoint already; try again when some are through"
    return Rejection("queue_full", detail, status=409)


async def send_sample(database: Database, delivery_id: str, endpoint_id: str, types: Collection[str] | None) -> None:
    """Put a sample in the queue, once under this id: the newest event of these types, or, of `None`, none of the log's.
    Raises `Rejection`: 409 `queue_full`, 422 `no_such_event` where none has happened."""
    if not await room(database, endpoint_id):
        raise _full()
    event_id, event_type, account_id = None, SAMPLE_TYPE, None
    if types is not None:
        row = await database.fetchrow(
            f"select id, type, account_id from {_NEWEST} where type = any($1::text[]) limit 1", list(types)
        )
        if row is None:
            detail = "nothing of this type has happened lately; leave it out to send a sample that is no event"
            raise Rejection("no_such_event", detail, pointer="/type")
        event_id, event_type, account_id = row["id"], row["type"], row["account_id"]
    await database.execute(
        """
        insert into durable.webhook_delivery (delivery_id, endpoint_id, event_id, type, account_id, sample, due_at)
        values ($1, $2, $3, $4, $5, true, now() - interval '1 day') on conflict (delivery_id) do nothing
        """,
        delivery_id,
        endpoint_id,
        event_id,
        event_type,
        account_id,
    )


_NEWEST: Final = "(select * from audit_event order by recorded_at desc nulls last limit 100000) newest"
