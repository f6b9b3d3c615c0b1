"""Names for asyncpg's types, and the two pools a service process has.

The worker's pool commits asynchronously: Postgres follows the log, and what a crash of the server forgets is applied
again from the log at takeover. What is not in the log (schema `durable`) is written through the API's pool, which
waits.
"""

from __future__ import annotations

from datetime import datetime
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


AWAY: Final = (
    OSError,  # also TimeoutError: no answer within the pool's command_timeout
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""What says that the database can't be reached, or was lost in the middle of a query. Try again later.

The last two are asyncpg's own: a connection that breaks while a statement is on its way is sometimes told of as closed,
or as in the wrong state.
"""


def is_away(error: BaseException) -> bool:
    """Whether an error of a request comes from a database that is away, and not from a bug of ours.

    Bad arguments of a query (asyncpg gives a `ValueError`) and files that are not there are bugs.
    """
    if isinstance(error, OSError):
        return isinstance(error, ConnectionError | TimeoutError)
    return isinstance(error, AWAY) and not isinstance(error, ValueError)


async def _keep(_connection: Connection) -> None:
    """What a connection does when it is given back: nothing, instead of a round trip of resets for each batch.

    Nobody here listens, takes session locks, opens cursors or changes a setting outside of a transaction.
    """


def worker_connections(partitions: int) -> int:
    """How many the owner of so many partitions needs: one each to decide with, up to four that write, two to spare."""
    return partitions + min(partitions, 4) + 2


API_CONNECTIONS: Final = 8
"""How many requests of one process are with Postgres at once; more wait for a connection."""


STATEMENT_S: Final = 15
"""A question that takes longer is too much to ask at once: `took_too_long`."""
JOINS_TURNED: Final = 11
"""Views join up to nine tables. With Postgres' usual limit of eight it looks at what was asked for last, over all rows;
from twelve on it would guess."""


def server_connections(databases: int, partitions: int) -> int:
    """`max_connections` of a Postgres that holds so many databases of ours.

    For each: two replicas with all their connections open (one may be leaving while the other comes), and a rebuild
    beside them with a connection for each partition and three of its own. Ten more are for people and monitoring.

    >>> server_connections(6, 4), server_connections(6, 24)
    (268, 628)
    """
    replica = worker_connections(partitions) + API_CONNECTIONS
    return databases * (2 * replica + partitions + 3) + 10


async def worker_pool(dsn: str, *, search_path: str, size: int, idle_s: float = 300.0) -> Pool:
    """Nothing waits for the disk. A connection that is unused for `idle_s` is closed."""
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


class ServerStartedAnew(ConnectionError):
    """The database is another server, or one that was started since: its tables may be those of an older backup."""


async def api_pool(
    dsn: str,
    *,
    search_path: str,
    size: int = API_CONNECTIONS,
    idle_s: float = 300.0,
    since: datetime | None = None,
) -> Pool:
    """For the HTTP API; the server gives up a statement after `STATEMENT_S`. With `since`, a new connection to a server
    that did not start at that moment raises `ServerStartedAnew`."""
    settings = {
        "search_path": search_path,
        "application_name": API,
        "statement_timeout": f"{STATEMENT_S}s",
        "join_collapse_limit": str(JOINS_TURNED),
        "from_collapse_limit": str(JOINS_TURNED),
    }

    async def is_the_same(connection: Connection) -> None:
        if since is not None and (started := await connection.fetchval("select pg_postmaster_start_time()")) != since:
            raise ServerStartedAnew(f"the database was started anew at {started}")

    return await asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=size,
        max_inactive_connection_lifetime=idle_s,
        server_settings=settings,
        # Longer than the server itself: then it is not there.
        command_timeout=STATEMENT_S + 5,
        init=is_the_same,
        reset=_keep,
    )
