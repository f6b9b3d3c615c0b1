"""What delivery reads: what is due, and what has been started.

Those first that have waited longest, 200 at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import asyncpg

from services.invoicing.delivery.messages import Channel
from shared.engine.postgres import Pool

LOOK_MAX: Final = 200

Place = tuple[datetime | None, str]
"""When a row is due, and its delivery."""

_DUE: Final = f"""
select * from delivery_row
 where partition = any($1::int[]) and status = 'waiting' and channel = $2 and due_at <= $3
   and ($4::timestamptz is null or (due_at, delivery_id) > ($4, $5::text))
 order by due_at, delivery_id limit {LOOK_MAX}
"""
_STARTED: Final = f"""
select * from delivery_row where partition = any($1::int[]) and status = 'sending' order by delivery_id limit {LOOK_MAX}
"""


async def due(
    pool: Pool, partitions: Sequence[int], channel: Channel, now: datetime, after: Place = (None, "")
) -> list[asyncpg.Record]:
    """What waits for an attempt by this channel, and was not in the page that ended with `after`."""
    found: list[asyncpg.Record] = await pool.fetch(_DUE, partitions, channel, now, *after)
    return found


async def started(pool: Pool, partitions: Sequence[int]) -> list[asyncpg.Record]:
    """Whose attempt has no outcome yet."""
    found: list[asyncpg.Record] = await pool.fetch(_STARTED, partitions)
    return found
