"""Which partitions this process owns, from group membership on `<service>.commands` and from nothing else.

The listener first seeks each assigned partition to 0 (with `auto_offset_reset=none` a fresh group would raise), pauses
it, and starts one task per partition that takes over and then runs. On revocation it waits for the batch in flight and
stops the producer before the group goes on.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Protocol

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition

from shared.runtime.log import Log

log = structlog.get_logger()

# Longer than step 8 and step 9 together may take.
REVOKE_DEADLINE_S = 25.0


class Partition(Protocol):
    """What ownership runs: the worker of a deciding service, or the projector of reporting."""

    partition: int
    ready: bool
    beat: float
    trouble: str | None
    activity: int

    async def take_over(self) -> None: ...
    async def run(self) -> None: ...
    def stop(self) -> None: ...
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
        fatal: Callable[[BaseException], None],
        stays_alive: tuple[type[Exception], ...],
    ) -> None:
        self.workers: dict[int, Partition] = {}
        self.joined = False
        self._topic = kafka.topic(f"{service}.commands")
        self._service = service
        self._make = make
        self._fatal = fatal
        self._stays_alive = stays_alive
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._consumer = kafka.member(service, instance=kafka.settings.instance)

    async def start(self) -> None:
        self._consumer.subscribe([self._topic], listener=self)
        await self._consumer.start()

    async def stop(self) -> None:
        """Finish what is in flight, then leave the group."""
        await self._release()
        await self._consumer.stop()

    async def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        for tp in assigned:
            self._consumer.seek(tp, 0)
            self._consumer.pause(tp)
        for tp in sorted(assigned):
            worker = self._make(tp.partition, self._consumer)
            self.workers[tp.partition] = worker
            task = asyncio.create_task(self._own(worker, tp), name=f"{self._service}/{tp.partition}")
            self._tasks[tp.partition] = task
        self.joined = True

    async def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:
        await self._release()

    async def _own(self, worker: Partition, tp: TopicPartition) -> None:
        try:
            await worker.take_over()
            self._consumer.resume(tp)
            await worker.run()
        except asyncio.CancelledError:
            raise
        except self._stays_alive as trouble:
            # Restarting would meet the same event again: stay alive, unready, and say why.
            worker.trouble = str(trouble)
            log.error("partition_refused", service=self._service, partition=worker.partition, why=str(trouble))
        except BaseException as error:
            self._fatal(error)

    async def _release(self) -> None:
        for worker in self.workers.values():
            worker.stop()
        if self._tasks:
            _done, pending = await asyncio.wait(self._tasks.values(), timeout=REVOKE_DEADLINE_S)
            for task in pending:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        for worker in self.workers.values():
            await worker.close()
        self.workers.clear()
        self._tasks.clear()
