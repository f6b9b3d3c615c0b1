"""Which partitions this process owns, from group membership on `<service>.commands` and from nothing else.

The listener first seeks each assigned partition to 0 (with `auto_offset_reset=none` a fresh group would raise), pauses
it, and starts one task per partition that takes over and then runs. On revocation it waits for the batch in flight and
stops the producer before the group goes on. Where a rebuild has put other tables in place, or a partition has written
nothing for a day, it is taken over again by a new object, without leaving the group.

The client keeps what went wrong in the group for whoever polls it, and does nothing until then: `attend` polls,
whatever is owned, be it nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Protocol

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition

from shared.engine.failpoints import failpoint
from shared.engine.log import Log
from shared.engine.store import GenerationMoved

log = structlog.get_logger()

# Longer than step 8 and step 9 together may take.
REVOKE_DEADLINE_S = 25.0
# A poll waits while the group is being handed out anew.
ATTEND_DEADLINE_S = 1.0


class Partition(Protocol):
    """What ownership runs: the worker of a deciding service, or the projector of reporting."""

    partition: int
    gen: int
    ready: bool
    beat: float
    trouble: str | None
    activity: int

    async def take_over(self) -> None: ...
    async def run(self) -> None: ...
    def stop(self) -> None: ...
    def nudge(self) -> None: ...
    async def close(self) -> None: ...
    async def settled(self) -> bool: ...
    async def lag(self) -> int: ...
    def next_due(self) -> datetime | None: ...


class Ownership(ConsumerRebalanceListener):  # type: ignore[misc]
    """Runs one `Partition` per partition assigned to this process."""

    def __init__(
        self,
        *,
        kafka: Log,
        service: str,
        make: Callable[[int, AIOKafkaConsumer], Partition],
        look_again: Callable[[], Awaitable[None]],
        fatal: Callable[[BaseException], None],
        stays_alive: tuple[type[Exception], ...],
        client_id: str = "meterlog",
    ) -> None:
        """`look_again` reads which generation is shown, for `make`."""
        self.workers: dict[int, Partition] = {}
        self.joined = False
        self._topic = kafka.topic(f"{service}.commands")
        self._service = service
        self._make = make
        self._look_again = look_again
        self._leaving = False
        self._stopped = False
        self._releasing = asyncio.Lock()
        self._fatal = fatal
        self._stays_alive = stays_alive
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._consumer = kafka.member(service, instance=kafka.settings.instance, client_id=client_id)
        # What is read of the partitions belongs to their workers; this one has nobody.
        self._nowhere = TopicPartition(self._topic, -1)

    async def start(self) -> None:
        self._consumer.subscribe([self._topic], listener=self)
        await self._consumer.start()

    async def stop(self) -> None:
        """Finish what is in flight, then leave the group."""
        self._stopped = True
        await self._release()
        await self._consumer.stop()

    async def attend(self) -> None:
        """Take what went wrong in the group since the last time. Raises the `KafkaError` of it."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ATTEND_DEADLINE_S):
                await self._consumer.getmany(self._nowhere, timeout_ms=0)

    def go_over_to(self, gen: int) -> None:
        """Have partitions that work on another generation finish their batch and begin anew with this one."""
        for worker in self.workers.values():
            if worker.gen != gen:
                worker.stop()

    async def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        """The client logs what a listener raises, and goes on as if the partitions had an owner."""
        try:
            self._begin(assigned)
        except Exception as error:
            self._fatal(error)

    async def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:
        try:
            await self._release()
        except Exception as error:
            self._fatal(error)

    def _begin(self, assigned: Collection[TopicPartition]) -> None:
        if self._stopped:
            # The group handed out anew while we leave it: what would begin now, nobody would end.
            return
        self._leaving = False
        for tp in assigned:
            self._consumer.seek(tp, 0)
            self._consumer.pause(tp)
        for tp in sorted(assigned):
            worker = self._make(tp.partition, self._consumer)
            self.workers[tp.partition] = worker
            task = asyncio.create_task(self._own(worker, tp), name=f"{self._service}/{tp.partition}")
            self._tasks[tp.partition] = task
        self.joined = True

    async def _own(self, worker: Partition, tp: TopicPartition) -> None:
        try:
            while not self._leaving:
                try:
                    await worker.take_over()
                    self._consumer.resume(tp)
                    failpoint("takeover_resumed")
                    await worker.run()
                except GenerationMoved as moved:
                    log.info("generation_moved", service=self._service, partition=worker.partition, why=str(moved))
                if not self._leaving:
                    worker = await self._successor(worker, tp)
        except asyncio.CancelledError as cancelled:
            if self._leaving:
                raise
            # Nobody asked for it: a client of ours has passed on a cancellation of its own, and nobody would take over.
            self._fatal(cancelled)
        except self._stays_alive as trouble:
            # Restarting would meet the same event again: stay alive, unready, and say why.
            self.workers[tp.partition].trouble = str(trouble)
            log.error("partition_refused", service=self._service, partition=tp.partition, why=str(trouble))
        except BaseException as error:
            self._fatal(error)

    async def _successor(self, worker: Partition, tp: TopicPartition) -> Partition:
        """A new object in the place of one that is done: nothing it had in mind is carried over."""
        worker.ready = False
        self._consumer.pause(tp)
        await worker.close()
        await self._look_again()
        successor = self._make(tp.partition, self._consumer)
        if not self._leaving:
            self.workers[tp.partition] = successor
        return successor

    async def _release(self) -> None:
        """One at a time: the group may take the partitions while the process is leaving."""
        self._leaving = True
        async with self._releasing:
            await self._released()

    async def _released(self) -> None:
        for worker in self.workers.values():
            worker.stop()
        if self._tasks:
            _done, pending = await asyncio.wait(self._tasks.values(), timeout=REVOKE_DEADLINE_S)
            for task in pending:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        async with AsyncExitStack() as owned:
            for worker in self.workers.values():
                owned.push_async_callback(worker.close)
        self.workers.clear()
        self._tasks.clear()
