"""Names for asyncpg's types, and the two pools a service process has.

The worker's pool commits asynchronously: Postgres follows the log, and what a crash of the server forgets is applied
again from the log at takeover. What is not in the log (schema `durable`) is written through the API's pool, which
waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import asyncpg

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
    Pool = asyncpg.Pool[asyncpg.Record]
else:
    Connection = asyncpg.Connection
    Pool = asyncpg.Pool


API: Final = "meterlog-api"
"""What sessions that answer requests are called in `pg_stat_activity`."""


async def _keep(_connection: Connection) -> None:
    """What a connection does when it is given back: nothing, instead of a round trip of resets for each batch.

    Nobody here listens, takes session locks, opens cursors or changes a setting outside of a transaction.
    """


async def worker_pool(dsn: str, *, search_path: str, size: int, idle_s: float = 300.0) -> Pool:
    """One connection per partition and one to spare; nothing waits for the disk. Unused for `idle_s`, it is closed."""
    settings = {"search_path": search_path, "synchronous_commit": "off", "application_name": "meterlog-worker"}
    return await asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=size,
        max_inactive_connection_lifetime=idle_s,
        server_settings=settings,
        command_timeout=30,
        reset=_keep,
    )


async def api_pool(dsn: str, *, search_path: str, size: int = 8, idle_s: float = 300.0) -> Pool:
    """For the HTTP API; a query that runs longer than 15 s is given up."""
    settings = {"search_path": search_path, "application_name": API}
    return await asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=size,
        max_inactive_connection_lifetime=idle_s,
        server_settings=settings,
        command_timeout=15,
        reset=_keep,
    )
