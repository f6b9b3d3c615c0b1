"""What delivery reads: what is due, and what has been started.

A look takes at most 200 of each, those first that have waited longest.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import asyncpg

from services.invoicing.delivery.messages import Channel
from shared.engine.postgres import Pool

LOOK_MAX: Final = 200

_DUE: Final = f"""
select * from delivery_row
 where partition = any($1::int[]) and status = 'waiting' and channel = $2 and due_at <= $3
 order by due_at, delivery_id limit {LOOK_MAX}
"""
_STARTED: Final = f"""
select * from delivery_row where partition = any($1::int[]) and status = 'sending' order by delivery_id limit {LOOK_MAX}
"""


async def due(pool: Pool, partitions: Sequence[int], channel: Channel, now: datetime) -> list[asyncpg.Record]:
    """What waits for an attempt by this channel."""
    found: list[asyncpg.Record] = await pool.fetch(_DUE, partitions, channel, now)
    return found


async def started(pool: Pool, partitions: Sequence[int]) -> list[asyncpg.Record]:
    """Whose attempt has no outcome yet."""
    found: list[asyncpg.Record] = await pool.fetch(_STARTED, partitions)
    return found
