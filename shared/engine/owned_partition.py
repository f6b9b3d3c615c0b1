"""What an owner has of its partition: the clients, the states, and how far the log is applied in Postgres.

A partition is first taken over, then worked on; both read and move the same checkpoint:

    partition = OwnedPartition(service=rating, partition=3, gen=7, kafka=log, pool=pool, commands=consumer, ...)
    await take_over(partition)                      # takeover.py: fence, close, replay, seek
    unit = partition.unit(now, behind=checkpoint)   # worker.py: decide ...
    await partition.apply(connection, after, unit)  # ... and let Postgres follow
"""

from __future__ import annotations

import math
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Final

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from shared.engine.failpoints import failpoint
from shared.engine.log import Log
from shared.engine.log_offsets import LogOffsets
from shared.engine.postgres import Connection, Pool
from shared.engine.process_memory import ProcessMemory
from shared.engine.service import AppliedOf, Service
from shared.engine.state_cache import StateCache
from shared.engine.store import Checkpoint, CheckpointStore, touches_reference, write_results, write_states
from shared.engine.timers import Timers
from shared.kernel.unit_of_work import PartitionAddress, UnitOfWork

_NO_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)


class OwnedPartition:
    """One partition of a deciding service, as the process that owns it has it. `producer` and `reader` are there once
    it is taken over; `beat` is when its owner last showed a sign of life.
    """

    def __init__(
        self,
        *,
        service: Service,
        partition: int,
        gen: int,
        kafka: Log,
        pool: Pool,
        commands: AIOKafkaConsumer,
        timer_producer: AIOKafkaProducer,
        log_offsets: LogOffsets,
        memory: ProcessMemory,
    ) -> None:
        self.service = service
        self.partition = partition
        self.gen = gen
        self.partitions = kafka.settings.partitions
        self.kafka = kafka
        self.pool = pool
        self.log_offsets = log_offsets
        self.group = f"{kafka.env}.{service.name}"
        self.commands = commands
        self.commands_tp = TopicPartition(kafka.topic(f"{service.name}.commands"), partition)
        self.reader: AIOKafkaConsumer
        self.producer: AIOKafkaProducer
        self.checkpoints = CheckpointStore(gen, f"{service.name}.events", partition)
        self.checkpoint = Checkpoint()
        self.tables_since: datetime
        self.state = StateCache(service, partition, self.partitions, memory.cache_bytes, all_written=self.all_written)
        self._memory = memory
        self.timers = Timers(service, partition, kafka, timer_producer)
        self.beat = time.monotonic()
        self._domain = service.domain
        self._place = PartitionAddress(env=kafka.env, partition=partition, partitions=self.partitions)

    @property
    def stopping(self) -> bool:
        """Whether its owner is to give it up: what only waits for others goes on no longer."""
        return False

    async def all_written(self) -> None:
        """Wait until the tables hold all that was decided here: at once, where one batch is written before the next."""

    def unit(self, now: datetime, *, behind: Checkpoint) -> UnitOfWork:
        """An empty unit of work that goes on behind a checkpoint; its time is never before what it follows."""
        if behind.recorded_at is not None:
            now = max(now, behind.recorded_at)
        return UnitOfWork(self._domain, self.state, self._place, next_seq=behind.next_seq, now=now)

    @asynccontextmanager
    async def room(self, size: int) -> AsyncIterator[None]:
        """Entered once there is memory for a batch of so many bytes.

        Who waits shows no sign of life and is not stuck: those that are in work have beats of their own.
        """
        self.beat = math.inf
        async with self._memory.room(size):
            self.beat = time.monotonic()
            yield

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """Entered once this process may have another transaction in flight; who waits is not stuck."""
        self.beat = math.inf
        async with self.kafka.room_for_transaction:
            self.beat = time.monotonic()
            yield

    async def check_tables(self, connection: Connection) -> None:
        """Before what was decided upon the tables enters the log. Raises `TablesPutBack` or `GenerationMoved`."""
        if self.state.loaded:
            await self.checkpoints.check(connection, since=self.tables_since, written=self.checkpoint)

    def replaying(self) -> UnitOfWork:
        """A unit of work for what the log has and Postgres has not: nothing is decided, so there is no time."""
        return self.unit(_NO_TIME, behind=self.checkpoint)

    async def apply(self, connection: Connection, after: Checkpoint, batch: UnitOfWork) -> None:
        """Step 9: what the log has, in Postgres. Its states are known to be decided already.

        Raises `AppliedElsewhere` or `GenerationMoved`.
        """
        applied = [AppliedOf(event, envelope) for event, envelope in batch.events]
        async with connection.transaction():
            await self.checkpoints.move(connection, self.checkpoint, after, reference=touches_reference(batch.states))
            written = await write_states(connection, self.partition, batch.states)
            await write_results(connection, self.partition, applied, since=self.checkpoint.recorded_at)
            if applied:
                await self.service.project(connection, self.partition, applied)
            failpoint("applying")
        self.state.written(written)
        self.checkpoint = after
        self.timers.changed(batch.states)

    async def close(self) -> None:
        async with AsyncExitStack() as clients:
            for client in (getattr(self, "reader", None), getattr(self, "producer", None)):
                if client is not None:
                    clients.push_async_callback(client.stop)
