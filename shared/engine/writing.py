"""Batches on their way into the tables, while the next one is fetched, decided and logged.

    deciding, then into the log     n+2     step 8, one Kafka transaction at a time
    in the log                      n+1
    into the tables                 n       step 9, one Postgres transaction at a time

Both wait for servers most of their time, so side by side a partition does in the longer of the two what took their sum.
Batches are written in their order, and what fails ends all that were begun behind it: the next owner finds them in the
log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

from shared.engine.changes import nobody_waits
from shared.engine.store import Checkpoint, GenerationMoved
from shared.kernel.unit_of_work import UnitOfWork

UNWRITTEN_MAX = 2
"""Batches that are in the log and not in the tables; the next one waits."""


@dataclass(frozen=True)
class Logged:
    """A batch that is in the log, and the checkpoint after it. `room` is left once it is in the tables.

    `begun_at` is by the processor's clock (`time.perf_counter`).
    """

    unit: UnitOfWork
    after: Checkpoint
    begun_at: float
    room: AsyncExitStack


class BehindFailed(Exception):
    """The batch before this one has failed, and says why."""


class Writing:
    """Of one partition. `write` is step 9; `written` is called after each."""

    def __init__(
        self, write: Callable[[Logged], Awaitable[None]], *, written: Callable[[], None] = nobody_waits
    ) -> None:
        self._write = write
        self._written = written
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def idle(self) -> bool:
        return not self._tasks

    def check(self) -> None:
        """Raise what a batch has met, should one have failed: the others are gone once they are through."""
        for task in self._tasks:
            if task.done():
                task.result()

    async def has_room(self) -> None:
        """Wait until another batch may be begun. Raises what one of those before it has met."""
        await self._until(UNWRITTEN_MAX - 1)

    def begin(self, batch: Logged) -> None:
        """Write a batch behind those that were begun before."""
        before = self._tasks[-1] if self._tasks else None
        self._tasks.append(asyncio.create_task(self._go(batch, before)))

    async def all_written(self) -> None:
        """Wait until everything that was begun is in the tables. Raises what one of them has met."""
        await self._until(0)

    async def end(self, error: BaseException | None = None) -> None:
        """Wait until nothing is on its way any more, and raise what ended it.

        A generation that has moved is not what ended it where something worse did. With an `error` of the loop itself
        the worse one is raised here and the other left to it.
        """
        ended: list[BaseException] = [] if error is None else [error]
        if isinstance(error, asyncio.CancelledError):
            for task in self._tasks:
                task.cancel()
        for result in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(result, BaseException) and not isinstance(result, BehindFailed):
                ended.append(result)
        self._tasks.clear()
        worst = next((found for found in ended if not isinstance(found, GenerationMoved)), next(iter(ended), None))
        if worst is not None and worst is not error:
            raise worst

    async def _until(self, unwritten: int) -> None:
        self.check()
        while len(self._tasks) > unwritten:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            self.check()

    async def _go(self, batch: Logged, before: asyncio.Task[None] | None) -> None:
        async with batch.room:
            if before is not None:
                await asyncio.wait([before])
                if before.cancelled() or before.exception() is not None:
                    raise BehindFailed
            await self._write(batch)
            self._written()
        self._tasks.pop(0)
