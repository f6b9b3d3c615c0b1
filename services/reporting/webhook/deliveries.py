"""What is to be sent, and what came of it: a queue for each endpoint, in a table, and the log of its attempts.

    await enqueue(pool, holder, endpoint, rows, position)      # what has happened, once for each event
    for delivery in await due(pool, "erp", 32): …
    n = await begin(pool, holder, delivery)                    # written before the call; None: not ours any more
    await end(pool, endpoint, delivery, n, outcome, …)         # delivered, to be tried again, or failed

A queue is bounded: who has `WAITING_MAX` is told no more of what happens until there is room; the logs wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

import msgspec

from services.reporting.database import Database
from services.reporting.webhook.endpoints import Held
from shared.engine.postgres import Pool
from shared.kernel.ids import derive

WAITING_MAX: Final = 10_000
CALL_S: Final = 10.0
"""How long a receiver may take."""
CLAIM_S: Final = 30.0
"""After which a delivery whose attempt has no outcome is due again. Longer than a call takes with what is around it."""
KEPT_DAYS: Final = 14
KEPT_MAX: Final = 100_000
_FORGET_AT_ONCE: Final = 5000


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """`tries`: attempts since it was last asked for. `event_id` is null for a sample that is no event."""

    delivery_id: str
    endpoint_id: str
    event_id: str | None
    type: str
    sample: bool
    attempts: int
    tries: int
    created_at: datetime


class Happened(NamedTuple):
    """An event of the audit trail's index."""

    event_id: str
    type: str
    account_id: str | None


class Outcome(NamedTuple):
    """`code` is HTTP's or a word of ours; `answer` the beginning of what was said."""

    kind: Literal["delivered", "failed", "unknown"]
    code: str
    answer: str = ""
    duration_ms: int | None = None


class After(NamedTuple):
    """What follows from a failure: after how long it is tried again (`None`: not), and how long the endpoint rests
    (`None`: it was not its fault)."""

    retry_s: float | None
    rest_s: float | None


_DELIVERY: Final = ", ".join(f"d.{name}" for name in Delivery.__struct_fields__)


async def room(database: Database, endpoint_id: str) -> int:
    """How many more may wait."""
    waiting = await database.fetchval(
        "select count(*) from durable.webhook_delivery where endpoint_id = $1 and status = 'waiting'", endpoint_id
    )
    return max(0, WAITING_MAX - int(waiting))


async def enqueue(pool: Pool, holder: str, endpoint: Held, happened: Sequence[Happened], position: str) -> bool:
    """Put events in the queue and move the endpoint's position, both or neither. False where somebody else moved it."""
    async with pool.acquire() as connection, connection.transaction():
        moved = await connection.fetchval(
            """
            update durable.webhook_endpoint set position = $3
             where endpoint_id = $1 and holder = $2 and position = $4 and disabled_at is null returning true
            """,
            endpoint.endpoint_id,
            holder,
            position,
            endpoint.position,
        )
        if moved and happened:
            await connection.execute(
                """
                insert into durable.webhook_delivery (delivery_id, endpoint_id, event_id, type, account_id)
                select id, $1, event_id, type, account_id
                  from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as new (id, event_id, type, account_id)
                on conflict (endpoint_id, event_id) where not sample do nothing
                """,
                endpoint.endpoint_id,
                [delivery_id_of(endpoint.endpoint_id, one.event_id) for one in happened],
                [one.event_id for one in happened],
                [one.type for one in happened],
                [one.account_id for one in happened],
            )
        return bool(moved)


def delivery_id_of(endpoint_id: str, event_id: str) -> str:
    return derive("webhook-delivery", endpoint_id, event_id)


async def ready(database: Database, holder: str) -> set[str]:
    """The endpoints of this process that have something to send now."""
    rows = await database.fetch(
        """
        select endpoint_id from durable.webhook_endpoint e
         where holder = $1 and lease_until > now()
           and exists (select from durable.webhook_delivery d
                        where d.endpoint_id = e.endpoint_id and d.status = 'waiting' and d.due_at <= now()
                          and (d.sample or (e.disabled_at is null and coalesce(e.rest_until, '-infinity') <= now())))
        """,
        holder,
    )
    return {row["endpoint_id"] for row in rows}


async def due(database: Database, endpoint_id: str, most: int) -> list[Delivery]:
    """What is to be sent now, what has waited longest first; of an endpoint that is not called, samples only."""
    rows = await database.fetch(
        f"""
        select {_DELIVERY}
          from durable.webhook_delivery d join durable.webhook_endpoint e using (endpoint_id)
         where d.endpoint_id = $1 and d.status = 'waiting' and d.due_at <= now()
           and (d.sample or (e.disabled_at is null and coalesce(e.rest_until, '-infinity') <= now()))
         order by d.due_at, d.n limit $2
        """,
        endpoint_id,
        most,
    )
    return [delivery_of(row) for row in rows]


def delivery_of(row: Any) -> Delivery:
    return Delivery(**{name: row[name] for name in Delivery.__struct_fields__})


async def begin(database: Database, holder: str, delivery: Delivery) -> int | None:
    """Write down that it is about to be called; the number of the attempt. `None` where it must not be: another process
    speaks for the endpoint, or could before the call ends; the delivery is through; the endpoint is not called now."""
    number: int | None = await database.fetchval(
        """
        with taken as (
            update durable.webhook_delivery d
               set attempts = d.attempts + 1, tries = d.tries + 1, due_at = now() + make_interval(secs => $5)
              from durable.webhook_endpoint e
             where d.delivery_id = $1 and d.status = 'waiting' and d.attempts = $2 and e.endpoint_id = d.endpoint_id
               and e.holder = $3 and e.lease_until > now() + make_interval(secs => $4)
               and (d.sample or (e.disabled_at is null and coalesce(e.rest_until, '-infinity') <= now()))
            returning d.delivery_id, d.attempts)
        insert into durable.webhook_attempt (delivery_id, n) select delivery_id, attempts from taken returning n
        """,
        delivery.delivery_id,
        delivery.attempts,
        holder,
        CALL_S + 2,
        CLAIM_S,
    )
    return number


async def end(pool: Pool, delivery: Delivery, number: int, outcome: Outcome, after: After | None) -> None:
    """What came of an attempt, and what follows from it; `after` of a failure. Says it once."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(
            """
            update durable.webhook_attempt
               set finished_at = now(), outcome = $3, code = $4, answer = $5, duration_ms = $6
             where delivery_id = $1 and n = $2
            """,
            delivery.delivery_id,
            number,
            *outcome,
        )
        if outcome.kind == "delivered":
            await connection.execute(_DELIVERED, delivery.delivery_id, outcome.code)
            if not delivery.sample:
                await connection.execute(_WELL, delivery.endpoint_id)
            return
        retry_s = None if after is None else after.retry_s
        await connection.execute(_FAILED, delivery.delivery_id, outcome.code, retry_s, number)
        if after is not None and after.rest_s is not None:
            await connection.execute(_RESTS, delivery.endpoint_id, after.rest_s)


_DELIVERED: Final = """
update durable.webhook_delivery set status = 'delivered', code = $2, finished_at = now()
 where delivery_id = $1 and status = 'waiting'
"""
# What was asked to be sent again meanwhile is due already.
_FAILED: Final = """
update durable.webhook_delivery
   set code = $2,
       status = case when $3::float8 is null then 'failed' else status end,
       finished_at = case when $3::float8 is null then now() end,
       due_at = case when $3::float8 is null then due_at else now() + make_interval(secs => $3::float8) end
 where delivery_id = $1 and status = 'waiting' and attempts = $4 and tries > 0
"""
_WELL: Final = """
update durable.webhook_endpoint
   set failures = 0, failing_since = null, rest_until = null, delivered_at = now()
 where endpoint_id = $1
   and (failures > 0 or delivered_at is null or delivered_at < now() - interval '10 s')
"""
_RESTS: Final = """
update durable.webhook_endpoint
   set failures = failures + 1, failing_since = coalesce(failing_since, now()),
       rest_until = greatest(rest_until, now() + make_interval(secs => $2::float8))
 where endpoint_id = $1
"""


async def has_failed_long(database: Database, endpoint_id: str, for_s: float) -> bool:
    """Whether nothing has succeeded there for so long, while it was tried."""
    return bool(
        await database.fetchval(
            """
            select failing_since < now() - make_interval(secs => $2) and disabled_at is null
              from durable.webhook_endpoint where endpoint_id = $1
            """,
            endpoint_id,
            for_s,
        )
    )


async def close_open_attempts(database: Database, endpoint_ids: Sequence[str]) -> None:
    """Attempts of a process that is no more: nobody knows what came of them, so they are made again, under their id."""
    await database.execute(
        """
        update durable.webhook_attempt a set finished_at = now(), outcome = 'unknown', code = 'process_ended'
          from durable.webhook_delivery d
         where a.finished_at is null and d.delivery_id = a.delivery_id and d.endpoint_id = any($1::text[])
        """,
        list(endpoint_ids),
    )


async def forget_old(database: Database) -> None:
    """What is through goes after a while, and where it is too much."""
    await database.execute(
        """
        delete from durable.webhook_delivery where delivery_id in (
            select delivery_id from durable.webhook_delivery
             where finished_at < now() - make_interval(days => $1) limit $2)
        """,
        KEPT_DAYS,
        _FORGET_AT_ONCE,
    )
    await database.execute(
        """
        delete from durable.webhook_delivery where delivery_id in (
            select old.delivery_id
              from durable.webhook_endpoint e,
                   lateral (select delivery_id from durable.webhook_delivery d
                             where d.endpoint_id = e.endpoint_id and d.finished_at is not null
                             order by d.created_at desc, d.delivery_id desc offset $1 limit $2) old)
        """,
        KEPT_MAX,
        _FORGET_AT_ONCE,
    )
