"""The log replayed from zero into an empty database, by the takeover of real workers.

assert rebuilt(world, "rating").digest() == world.databases["rating"].digest()
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from shared.engine.log_offsets import LogOffsets
from shared.engine.process_memory import ProcessMemory
from shared.engine.worker import Worker
from tests.kit.memory_log import MemoryLog
from tests.kit.memory_store import Database, MemoryPool
from tests.simulation.loop import VirtualLoop, running
from tests.simulation.process import CACHE_BYTES, GEN, SkewedClock

if TYPE_CHECKING:
    from tests.simulation.world import World


def rebuilt(world: World, service: str) -> Database:
    """What the states, timers and results of a service are by its events alone."""
    database = Database()
    with running(VirtualLoop(lambda: False)) as loop:
        loop.run_until_complete(_rebuild(world, service, database))
    return database


async def _rebuild(world: World, service: str, database: Database) -> None:
    kafka = MemoryLog(world.settings, world.broker, name="rebuild")
    log_offsets = LogOffsets(kafka)
    await log_offsets.start()
    memory = ProcessMemory(cache_bytes=CACHE_BYTES, owned=lambda: world.partitions)
    workers = []
    for partition in range(world.partitions):
        commands = kafka.member(service)
        worker = Worker(
            service=world.services[service],
            partition=partition,
            gen=GEN,
            kafka=kafka,
            pool=MemoryPool(database),  # type: ignore[arg-type]
            clock=SkewedClock(kafka, world),
            commands=commands,
            timer_producer=await kafka.idempotent_producer(),
            log_offsets=log_offsets,
            memory=memory,
        )
        commands.assign([worker.commands_tp])
        workers.append(worker)
    await asyncio.gather(*(worker.take_over() for worker in workers))
    await asyncio.gather(*(worker.close() for worker in workers))
