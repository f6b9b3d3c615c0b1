"""The results of commands, as the owners of the partitions project them, and one poll that serves all who wait.

    results = Results(pool)
    with results.expect("pja3whn3...", after=None) as result:
        ...produce the command...
        (await result).status                        # 'done', 'refused' or 'faulted'

`LISTEN/NOTIFY` would serialise the workers' commits; a query over all awaited ids every 10 ms costs one index look-up
each, and nothing while nobody waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import asyncpg
import msgspec
import structlog

from shared.kernel.errors import Rejection

POLL_S: Final = 0.01

_SELECT: Final = """
select command_id, partition, status, final, seq, subject, code, detail, pointer, http_status
  from command_result where command_id = any($1::text[])
"""

log = structlog.get_logger()


class Result(msgspec.Struct, frozen=True):
    """A row of `command_result`. `final` is false where the same command id may be decided again."""

    command_id: str
    partition: int
    status: str
    final: bool
    seq: int
    subject: str
    code: str | None = None
    detail: str | None = None
    pointer: str | None = None
    http_status: int | None = None

    def refusal(self) -> Rejection | None:
        """The owner's "no" as it was raised; `None` when the command was carried out."""
        match self.status:
            case "done":
                return None
            case "faulted":
                detail = "the command could not be decided; it is kept for an operator. Retry with the same key later"
                return Rejection("command_faulted", detail, status=500)
            case _:
                return Rejection(
                    self.code or "refused", self.detail or "", pointer=self.pointer, status=self.http_status or 422
                )


class Results:
    """Looks up results and waits for them; one per process."""

    def __init__(self, pool: asyncpg.Pool[Any]) -> None:
        self._pool = pool
        self._waiting: dict[str, list[_Waiter]] = {}
        self._poll: asyncio.Task[None] | None = None

    async def find(self, command_id: str) -> Result | None:
        """The latest result of a command; `None` while there is none."""
        rows = await self._pool.fetch(_SELECT, [command_id])
        return max((_result(row) for row in rows), key=lambda result: result.seq, default=None)

    @contextmanager
    def expect(self, command_id: str, *, after: Result | None) -> Iterator[asyncio.Future[Result]]:
        """A future of the first result of `command_id` that is newer than `after`."""
        waiter = _Waiter(asyncio.get_running_loop().create_future(), after.seq if after else 0)
        self._waiting.setdefault(command_id, []).append(waiter)
        if self._poll is None or self._poll.done():
            self._poll = asyncio.create_task(self._run(), name="command-results")
        try:
            yield waiter.future
        finally:
            waiters = self._waiting[command_id]
            waiters.remove(waiter)
            if not waiters:
                del self._waiting[command_id]
            # A poll that failed at the moment its last waiter left leaves an exception nobody will ask for.
            if waiter.future.done() and not waiter.future.cancelled():
                waiter.future.exception()

    async def _run(self) -> None:
        while self._waiting:
            await asyncio.sleep(POLL_S)
            try:
                rows = await self._pool.fetch(_SELECT, list(self._waiting))
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                # The database is away: callers time out on their own, the next poll may find it back.
                log.warning("command_results_unreadable", error=str(error))
                await asyncio.sleep(POLL_S * 10)
                continue
            for row in rows:
                self._deliver(_result(row))

    def _deliver(self, result: Result) -> None:
        for waiter in self._waiting.get(result.command_id, ()):
            if result.seq > waiter.after_seq and not waiter.future.done():
                waiter.future.set_result(result)


class _Waiter:
    """Somebody who waits for a result with a sequence number above `after_seq`."""

    def __init__(self, future: asyncio.Future[Result], after_seq: int) -> None:
        self.future = future
        self.after_seq = after_seq


def _result(row: asyncpg.Record) -> Result:
    return Result(**dict(row.items()))
