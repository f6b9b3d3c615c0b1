"""A pool and connections in memory, with the part of asyncpg's interface that the runtime uses.

A transaction's writes are seen by itself alone until it commits; then all of them are there at once. The first to touch
a checkpoint holds its row until it ends, and the next one waits, as with `update` in Postgres.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from tests.kit.memory_log.turns import AtOnce, Turns
from tests.kit.memory_store.database import Database, Row
from tests.kit.memory_store.statements import Write, read, write

T = TypeVar("T")


class MemoryPool:
    """Of one process. `turns` decides when a statement or a commit happens."""

    def __init__(self, database: Database, locks: Locks | None = None, turns: Turns | None = None) -> None:
        self.database = database
        self._locks = locks or Locks()
        self._turns = turns or AtOnce()

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[MemoryConnection]:
        yield MemoryConnection(self.database, self._locks, self._turns)

    async def close(self) -> None:
        """Nothing is open."""


class Locks:
    """Who holds which checkpoint row; one per database."""

    def __init__(self) -> None:
        self._holders: dict[Any, MemoryConnection] = {}
        self._released: list[Callable[[], None]] = []

    async def hold(self, row: Any, holder: MemoryConnection) -> None:
        while self._holders.get(row, holder) is not holder:
            released = asyncio.Event()
            self._released.append(released.set)
            await released.wait()
        self._holders[row] = holder

    def release(self, holder: MemoryConnection) -> None:
        """At the end of its transaction, or of its process."""
        self._holders = {row: other for row, other in self._holders.items() if other is not holder}
        waiting, self._released = self._released, []
        for released in waiting:
            released()


class MemoryConnection:
    """Answers the runtime's statements; anything else is a `NotImplementedError` that quotes it."""

    def __init__(self, database: Database, locks: Locks, turns: Turns) -> None:
        self.database = database
        self._turns = turns
        self._locks = locks
        self._pending: list[Write] | None = None
        self._since = database.started_at

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """All or nothing."""
        pending: list[Write] = []
        self._pending = pending
        try:
            yield
            await self._turns.take("store.commit", lambda: self._do(pending))
        finally:
            self._pending = None
            self._locks.release(self)

    async def fetch(self, sql: str, *args: Any) -> Sequence[Row]:
        rows: Sequence[Row] = await self._turns.take("store.read", lambda: read(self._open(), sql, args))
        return rows

    async def fetchrow(self, sql: str, *args: Any) -> Row | None:
        rows = await self.fetch(sql, *args)
        return rows[0] if rows else None

    async def fetchval(self, sql: str, *args: Any) -> Any:
        """The first column of the first row, `None` without one; also for the update of a checkpoint."""
        if sql.startswith("update meterlog.checkpoint"):
            return await self._move(sql, args)
        row = await self.fetchrow(sql, *args)
        return None if row is None else next(iter(row.values()))

    async def execute(self, sql: str, *args: Any) -> None:
        await self._write(write(sql, args))

    async def executemany(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        writes = [write(sql, row) for row in rows]
        await self._write(lambda database: [do(database) for do in writes])

    async def read(self, look_up: Callable[[Database], T]) -> T:
        """For a service's stand-in loader: whatever it wants to know of the rows."""
        return await self._turns.take("store.read", lambda: look_up(self._open()))

    async def write(self, change: Write) -> None:
        """For a service's stand-in projection: rows of its own, in the transaction that is open."""
        await self._write(change)

    async def _move(self, sql: str, args: Sequence[Any]) -> int | None:
        """Compare and set: 1 if the row was where the caller left it, else `None`."""
        row = tuple(args[:3])
        await self._locks.hold(row, self)
        expected = args[3]
        if self._open().checkpoints.get(row, {}).get("next_offset") != expected:
            return None
        await self._write(write(sql, args))
        return 1

    async def _write(self, change: Write) -> None:
        if self._pending is not None:
            self._pending.append(change)
        else:
            await self._turns.take("store.write", lambda: self._do([change]))

    def _do(self, changes: Sequence[Write]) -> None:
        database = self._open()
        for change in changes:
            change(database)

    def _open(self) -> Database:
        """Raises `ConnectionError` once the server has been started anew: its connections went with it."""
        if self.database.started_at != self._since:
            raise ConnectionError("the database was started anew")
        return self.database
