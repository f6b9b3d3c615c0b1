"""A service process as `shared.engine.process` builds it, without HTTP: ownership, workers, clock, timers' producer.

What ends a real process (`die`) kills this one; the world starts another. A death of a cause that the design does not
know is a failure of the simulation, and so is a partition that refuses to start.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from aiokafka.errors import IllegalStateError, KafkaError

from shared.engine.clock import Clock
from shared.engine.log_offsets import LogOffsets
from shared.engine.ownership import Ownership
from shared.engine.process_memory import ProcessMemory
from shared.engine.store import AppliedElsewhere, TablesPutBack
from shared.engine.takeover import LogLost, PoisonedEvent
from shared.engine.transaction_outcome import TransactionHangs
from shared.engine.worker import Worker
from shared.kernel.sequence_gap import SequenceGap
from tests.kit.memory_log import MemoryLog
from tests.kit.memory_store import MemoryPool
from tests.simulation.machine import Process

if TYPE_CHECKING:
    from tests.simulation.world import World

GEN: Final = 1
CACHE_BYTES: Final = 100_000_000
KNOWN_DEATHS: Final = (
    *(KafkaError, IllegalStateError, AppliedElsewhere, TablesPutBack, ConnectionError, TimeoutError),
)
"""Fenced, a partition that went to somebody else, applied by somebody else, database away, too slow."""


class SkewedClock(Clock):
    """The world's time as this machine has it: a little early or late."""

    def __init__(self, kafka: MemoryLog, world: World, skew: timedelta = timedelta()) -> None:
        super().__init__(kafka, test=False)
        self._world = world
        self._skew = skew

    def now(self) -> datetime:
        return self._world.now + self._skew


class ServiceProcess:
    """One life of one process of a service."""

    def __init__(self, world: World, service: str, name: str, *, skew: timedelta) -> None:
        self.service = service
        self.name = name
        self._world = world
        self._skew = skew
        self.leaving = False
        self._ownership: Ownership
        self.process: Process = world.machine.spawn(name, self._main)

    def leave(self) -> None:
        """SIGTERM: finish what is in flight, leave the group."""
        self.leaving = True
        self._world.machine.run_in(self.process, self._leave())

    def trouble(self) -> str | None:
        """Why a partition refuses to start, if one does."""
        ownership: Any = getattr(self, "_ownership", None)
        workers = ownership.workers.values() if ownership else ()
        return next((worker.trouble for worker in workers if worker.trouble), None)

    async def _main(self, process: Process) -> None:
        try:
            await self._start(process)
        except KNOWN_DEATHS as error:
            self._die(error)

    async def _start(self, process: Process) -> None:
        world = self._world
        kafka = MemoryLog(
            world.settings,
            world.broker,
            turns=process.turns,
            name=self.name,
            alive=lambda: process.responds,
        )
        pool = MemoryPool(world.databases[self.service], world.locks[self.service], process.turns)
        clock = SkewedClock(kafka, world, self._skew)
        producer = await kafka.idempotent_producer()
        log_offsets = LogOffsets(kafka)
        await log_offsets.start()
        memory = ProcessMemory(cache_bytes=CACHE_BYTES, owned=lambda: world.partitions)

        def make(partition: int, commands: Any) -> Worker:
            return Worker(
                service=world.services[self.service],
                partition=partition,
                gen=GEN,
                kafka=kafka,
                pool=pool,  # type: ignore[arg-type]
                clock=clock,
                commands=commands,
                timer_producer=producer,
                log_offsets=log_offsets,
                memory=memory,
            )

        self._ownership = Ownership(
            kafka=kafka,
            service=self.service,
            make=make,
            look_again=_look_again,
            fatal=self._die,
            stays_alive=(PoisonedEvent, LogLost, SequenceGap, TransactionHangs),
        )
        await self._ownership.start()
        await asyncio.Event().wait()

    async def _leave(self) -> None:
        if hasattr(self, "_ownership"):
            try:
                await self._ownership.stop()
            except KNOWN_DEATHS as error:
                self._die(error)
        self._world.ended(self)

    def _die(self, error: BaseException) -> None:
        self._world.died(self, error, known=isinstance(error, KNOWN_DEATHS))


async def _look_again() -> None:
    """There is one generation here, and it stays."""
