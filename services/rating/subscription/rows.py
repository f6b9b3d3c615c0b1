"""SubscriptionStarted -> a row of subscription_row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.rating.subscription.messages import SubscriptionStarted
from shared.engine.postgres import Connection
from shared.engine.service import Applied
from shared.kernel.claims import EarlierUse

_START = """
    insert into subscription_row (partition, subscription_id, account_id, plan_id, starts_on, ends_on, started_at)
    values ($1, $2, $3, $4, $5, $6, $7)"""


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    started = [
        (partition, e.subscription_id, e.account_id, e.plan_id, e.start, e.end, envelope.recorded_at)
        for e, envelope, _ in batch
        if isinstance(e, SubscriptionStarted)
    ]
    if started:
        await connection.executemany(_START, started)


async def earlier_uses(connection: Connection, partition: int, names: Sequence[str]) -> Mapping[str, EarlierUse]:
    """Subscriptions of any partition that have an id which nobody claimed."""
    ids = [name.removeprefix("subscription:") for name in names]
    rows = await connection.fetch("select subscription_id from subscription_row where subscription_id = any($1)", ids)
    found = [EarlierUse(name=f"subscription:{row[0]}", holder=row[0]) for row in rows]
    return {earlier.name: earlier for earlier in found}
