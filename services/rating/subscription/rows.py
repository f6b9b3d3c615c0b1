"""SubscriptionStarted -> a row of subscription_row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from services.rating.subscription.messages import SubscriptionStarted
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert
from shared.kernel.claims import EarlierUse


class SubscriptionRow(Row, frozen=True, kw_only=True):
    """A plan that an account takes from `starts_on` to `ends_on` (exclusive, open when `None`)."""

    TABLE = "subscription_row"
    KEY = ("subscription_id",)

    subscription_id: str
    account_id: str
    plan_id: str
    starts_on: date
    ends_on: date | None
    started_at: datetime


_TABLES: Final = Tables(insert(SubscriptionRow))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    started = [
        SubscriptionRow.of(event, starts_on=event.start, ends_on=event.end, started_at=envelope.recorded_at)
        for event, envelope, _ in batch
        if isinstance(event, SubscriptionStarted)
    ]
    await _TABLES.write(connection, partition, started)


async def earlier_uses(connection: Connection, partition: int, names: Sequence[str]) -> Mapping[str, EarlierUse]:
    """Subscriptions of any partition that have an id which nobody claimed."""
    ids = [name.removeprefix("subscription:") for name in names]
    rows = await connection.fetch("select subscription_id from subscription_row where subscription_id = any($1)", ids)
    found = [EarlierUse(name=f"subscription:{row[0]}", holder=row[0]) for row in rows]
    return {earlier.name: earlier for earlier in found}
