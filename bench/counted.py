"""Waiting for rows: a benchmark ends when so many are in the tables.

ended = await until_there(sandbox, db, "select count(*) from live.invoice_row where agrees", 10_000)
"""

from __future__ import annotations

import asyncio
import time as monotonic
from typing import Final, TypeAlias

import asyncpg

from bench.servers import BenchFailed, Sandbox

LOOK_EVERY_S: Final = 0.05
STALLED_S: Final = 60.0
_Db: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


async def until_there(sandbox: Sandbox, db: _Db, count: str, expected: int) -> float:
    """The instant at which so many are there. Raises `BenchFailed` if they become no more."""
    last, since = -1, monotonic.monotonic()
    while True:
        found = int(await db.fetchval(count))
        now = monotonic.monotonic()
        if found >= expected:
            return now
        if found != last:
            last, since = found, now
        elif now - since > STALLED_S:
            raise BenchFailed(f"nothing happened for {STALLED_S:.0f} s; {found} of {expected}: {count}")
        sandbox.check()
        await asyncio.sleep(LOOK_EVERY_S)
