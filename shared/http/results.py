"""The results of commands, as the owners of the partitions project them, and one poll that serves all who wait.

    results = Results(pool)
    with results.expect("pja3whn3...", after=seen(await results.all("pja3whn3..."))) as result:
        ...produce the command...
        (await result).status                        # 'done', 'refused' or 'faulted'

A command that claims keys may leave a result in several partitions: the owner of a key refused it once, its account's
partition carried it out later. At most one of them is final.

`LISTEN/NOTIFY` would serialise the workers' commits; a query over all awaited ids every 10 ms costs one index look-up
each, and nothing while nobody waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

import asyncpg
import msgspec
import structlog

from shared.engine.postgres import AWAY
from shared.kernel.errors import Rejection

POLL_S: Final = 0.01

_SELECT: Final = """
select command_id, partition, status, final, seq, subject, code, detail, pointer, http_status, recorded_at
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
    recorded_at: datetime
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
        """The final result of a command, else the latest; `None` while there is none."""
        return latest(await self.all(command_id))

    async def all(self, command_id: str) -> list[Result]:
        """Its result in each partition that has one."""
        return [_result(row) for row in await self._pool.fetch(_SELECT, [command_id])]

    @contextmanager
    def expect(self, command_id: str, *, after: Mapping[int, int]) -> Iterator[asyncio.Future[Result]]:
        """A future of the first result of `command_id` that is newer than those seen; `after` is as `seen` gives it."""
        waiter = _Waiter(asyncio.get_running_loop().create_future(), dict(after))
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
            except (*AWAY, asyncpg.PostgresError) as error:
                # The database is away: callers time out on their own, the next poll may find it back.
                log.warning("command_results_unreadable", error=str(error))
                await asyncio.sleep(POLL_S * 10)
                continue
            # What is final comes first: one try of a command may be refused while another is carried out.
            for result in sorted(map(_result, rows), key=lambda result: not result.final):
                self._deliver(result)

    def _deliver(self, result: Result) -> None:
        for waiter in self._waiting.get(result.command_id, ()):
            if result.seq > waiter.after.get(result.partition, 0) and not waiter.future.done():
                waiter.future.set_result(result)


def latest(results: Iterable[Result]) -> Result | None:
    """The final one, else the last."""
    return max(results, key=lambda result: (result.final, result.status == "done", result.recorded_at), default=None)


def seen(results: Iterable[Result]) -> dict[int, int]:
    """The number of each partition's last event about a command: what comes later has a higher one."""
    return {result.partition: result.seq for result in results}


class _Waiter:
    """Somebody who waits for a result with a higher number than that of its partition in `after`."""

    def __init__(self, future: asyncio.Future[Result], after: Mapping[int, int]) -> None:
        self.future = future
        self.after = after


def _result(row: asyncpg.Record) -> Result:
    return Result(**dict(row.items()))
