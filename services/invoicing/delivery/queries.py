"""Deliveries and their attempts out of the tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import asyncpg

from services.invoicing.delivery.messages import Channel
from shared.http.api import Api
from shared.http.problems import not_found

# Of each channel the delivery that is on its way, or else the last one.
_LATEST: Final = """
select distinct on (channel) * from delivery_row where document_id = $1 and channel = any($2::text[])
 order by channel, delivery_id = any($3::text[]) desc, status in ('waiting', 'sending') desc, asked_at desc, delivery_id
"""


async def read_delivery(api: Api, delivery_id: str) -> asyncpg.Record:
    """Raises `not_found`."""
    row: asyncpg.Record | None = await api.db.fetchrow("select * from delivery_row where delivery_id = $1", delivery_id)
    if row is None:
        raise not_found("delivery", delivery_id)
    return row


async def read_attempts(api: Api, row: asyncpg.Record) -> list[asyncpg.Record]:
    rows: list[asyncpg.Record] = await api.db.fetch(
        "select * from delivery_attempt where partition = $1 and delivery_id = $2 order by n",
        row["partition"],
        row["delivery_id"],
    )
    return rows


async def latest_by_channel(
    api: Api, document_id: str, channels: Sequence[Channel], preferred: Sequence[str]
) -> list[asyncpg.Record]:
    """One delivery of each channel: of those `preferred` by id, or on its way, or the last."""
    rows: list[asyncpg.Record] = await api.db.fetch(_LATEST, document_id, channels, preferred)
    return rows
