"""Whether the tables are where the log was when this process started. Until they are, nobody is shown them.

    catching_up = CatchingUp(SERVICE, settings, pool, logs)
    await catching_up.begin()          # looks once, and goes on looking if they are not
    catching_up.done                   # requests are answered

A backup of Postgres may have been put back while no process was there to see it. Whoever takes over brings the tables
to where the log is; what they hold until then says of things that were acknowledged that there is no such thing. All
partitions count, also those of other replicas, since all answer from the same tables.

After `HELD_S_MAX` requests are answered all the same: where a partition is stuck, the others' rows are of use.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Final

import asyncpg
import structlog
from aiokafka.errors import KafkaError

from shared.engine.logs import Logs, reached
from shared.engine.postgres import AWAY, Pool
from shared.engine.progress import progress_of
from shared.engine.sequence import is_event_log
from shared.engine.service import Service, Spec

HELD_S_MAX: Final = 60.0
_LOOK_S: Final = 0.2

log = structlog.get_logger()


class CatchingUp:
    """One per process; `begin` once, before the first request is taken."""

    def __init__(self, spec: Spec, pool: Pool, logs: Logs, *, partitions: int) -> None:
        self.done = False
        self._spec = spec
        self._pool = pool
        self._logs = logs
        self._partitions = partitions
        self._topics = [topic for topic in spec.takes if is_event_log(topic)]
        if isinstance(spec, Service):
            # Its own events make its tables; how far it has come with others' it tells by lag.
            self._topics = [f"{spec.name}.events"]
        self._ends: Mapping[str, Sequence[int]] | None = None
        self._task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Returns after one look: where a service stopped in order, there is nothing to catch up with."""
        await self._look()
        if not self.done:
            self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _follow(self) -> None:
        began = time.monotonic()
        while not self.done:
            await asyncio.sleep(_LOOK_S)
            if time.monotonic() - began > HELD_S_MAX:
                log.warning("answering_behind_the_log", service=self._spec.name, after_s=HELD_S_MAX)
                self.done = True
                return
            await self._look()
        log.info("tables_caught_up", service=self._spec.name, after_s=round(time.monotonic() - began, 1))

    async def _look(self) -> None:
        try:
            if self._ends is None:
                self._ends = await self._logs.ends(self._topics)
            found = await progress_of(self._pool, self._spec, partitions=self._partitions)
            taken = {topic: found.offsets[topic] for topic in self._topics}
            behind = await self._logs.behind(taken)
            self.done = reached(taken, self._ends, behind, range(self._partitions))
        except (*AWAY, asyncpg.PostgresError, KafkaError) as error:
            # Whoever needs them for more than a look will say so.
            log.warning("progress_unreadable", error=repr(error))
