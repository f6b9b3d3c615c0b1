"""One partition of a service that decides nothing: upstream events in, rows out, no producer.

It reads its partition of every upstream topic; each (topic, partition) has a checkpoint of its own and moves in one
Postgres transaction with the rows it writes, so a crash anywhere only reads again.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from shared.engine.by_bytes import by_bytes
from shared.engine.changes import nobody_waits
from shared.engine.failpoints import failpoint
from shared.engine.log import ASSIGNED_ONCE_MS, Log
from shared.engine.log_offsets import LogOffsets
from shared.engine.postgres import Pool
from shared.engine.process_memory import ProcessMemory
from shared.engine.service import Applied, AppliedOf, Input, ViewService
from shared.engine.store import Checkpoint, CheckpointStore
from shared.engine.takeover import LogLost
from shared.engine.telemetry import INPUTS
from shared.engine.work_loop import WorkLoop
from shared.engine.worker import APPLY_DEADLINE_S
from shared.kernel.envelope import from_headers
from shared.kernel.outcome import outcomes
from shared.kernel.sequence_gap import SequenceGap

log = structlog.get_logger()

# Events and bytes of them per transaction; a hot one holds up to 4,000 records.
BATCH_EVENTS = 1000
BATCH_BYTES = 2 * 1024 * 1024
# So many are worth a transaction of their own, and so are so many bytes of them: a hot event is thousands of rows.
FULL_ENOUGH = 50
FULL_BYTES = BATCH_BYTES // 4
POLL_MS = 2_000

_Fetched = dict[TopicPartition, list[ConsumerRecord[bytes, bytes]]]


class Projector:
    """The owner of one partition of a view service."""

    def __init__(
        self,
        *,
        service: ViewService,
        partition: int,
        gen: int,
        kafka: Log,
        pool: Pool,
        log_offsets: LogOffsets,
        memory: ProcessMemory,
        applied: Callable[[], None] = nobody_waits,
    ) -> None:
        """`applied` is called for each batch that is in the tables."""
        self.service = service
        self.partition = partition
        self.gen = gen
        self.kafka = kafka
        self.pool = pool
        self.log_offsets = log_offsets
        self._memory = memory
        self._applied = applied
        self.activity = 0
        self.beat = time.monotonic()
        self.ready = False
        self.trouble: str | None = None
        self.reader: AIOKafkaConsumer
        self._inputs = {TopicPartition(kafka.topic(i.topic), partition): i for i in service.inputs}
        self._catalogues = {i.topic: i.catalogue | outcomes(i.catalogue.service) for i in service.inputs}
        self._checkpoint_stores = {i.topic: CheckpointStore(gen, i.topic, partition) for i in service.inputs}
        self._checkpoints: dict[str, Checkpoint] = {}
        self._work_loop = WorkLoop()
        self._hot = False

    async def take_over(self) -> None:
        """Start each topic where its checkpoint stands. Raises `LogLost` if the log ends before it."""
        self.reader = await self.kafka.reader(waits_ms=ASSIGNED_ONCE_MS)
        self.reader.assign(list(self._inputs))
        async with self.pool.acquire() as connection:
            for tp, source in self._inputs.items():
                checkpoint = await self._checkpoint_stores[source.topic].read(connection)
                self._checkpoints[source.topic] = checkpoint
                self.reader.seek(tp, checkpoint.next_offset)
        read_to = {tp: self._checkpoints[source.topic].next_offset for tp, source in self._inputs.items()}
        for tp, end in (await self.log_offsets.ends_reaching(read_to)).items():
            if end < read_to[tp]:
                raise LogLost(f"{tp.topic}/{tp.partition} ends at {end}, read to {read_to[tp]}")
        failpoint("projector_positioned")

    async def run(self) -> None:
        self.ready = True
        while not self._work_loop.stopping:
            self._work_loop.begin()
            self.beat = time.monotonic()
            if fetched := await self._fetch():
                with self._work_loop.batch():
                    await self._apply_all(fetched)

    def stop(self) -> None:
        self._work_loop.stop()

    def nudge(self) -> None:
        self._work_loop.nudge()

    async def close(self) -> None:
        if hasattr(self, "reader"):
            await self.reader.stop()

    async def settled(self) -> bool:
        return self.ready and await self._work_loop.confirm(self._idle)

    async def _idle(self) -> bool:
        return await self.lag() == 0

    async def lag(self) -> int:
        return await self.log_offsets.behind(self.reader, list(self._inputs))

    def next_due(self) -> datetime | None:
        """A view has no timers."""
        return None

    async def _fetch(self) -> _Fetched:
        """Whatever has arrived. The client has one answer of the broker at hand, which may be old and small: behind a
        batch it is let wait for what has come since."""
        fetched: _Fetched = {}
        await self._poll(fetched, POLL_MS)
        self.kafka.messages_come(self.reader, come=bool(fetched))
        wait_s = self._work_loop.gather_s(hot=self._hot)
        if wait_s > 0 and fetched and not _is_full(fetched):
            await asyncio.sleep(wait_s)
            await self._poll(fetched, 0)
        return fetched

    async def _poll(self, fetched: _Fetched, wait_ms: int) -> None:
        for found in await self._work_loop.first_of(self.reader.getmany(timeout_ms=wait_ms, max_records=BATCH_EVENTS)):
            for tp, records in found.items():
                fetched.setdefault(tp, []).extend(records)

    async def _apply_all(self, fetched: Mapping[TopicPartition, list[ConsumerRecord[bytes, bytes]]]) -> None:
        self._hot = False
        for tp, records in fetched.items():
            for run, size in by_bytes(records, limit=BATCH_BYTES):
                # Who waits for memory is not stuck: those that have it have beats of their own.
                self.beat = math.inf
                async with self._memory.room(size), asyncio.timeout(APPLY_DEADLINE_S):
                    self.beat = time.monotonic()
                    await self._apply(self._inputs[tp], run)

    async def _apply(self, source: Input, records: list[ConsumerRecord[bytes, bytes]]) -> None:
        before = self._checkpoints[source.topic]
        batch = self._read(source, records, before.next_seq)
        failpoint("projector_fetched")
        last = batch[-1]
        after = replace(
            before,
            next_offset=last.offset + 1,
            next_seq=last.envelope.seq + 1,
            last_event_id=str(last.envelope.seq),
            recorded_at=last.envelope.recorded_at,
        )
        async with self.pool.acquire() as connection, connection.transaction():
            await self._checkpoint_stores[source.topic].move(connection, before, after, reference=False)
            await self.service.project(connection, source.topic, self.partition, batch)
            failpoint("projector_applying")
        failpoint("projector_applied")
        self._checkpoints[source.topic] = after
        self._applied()
        INPUTS.labels(self.service.name, source.topic).inc(len(batch))
        self._hot |= any(applied.event.HOT for applied in batch)
        self.activity += sum(1 for applied in batch if not applied.event.QUIET)

    def _read(self, source: Input, records: list[ConsumerRecord[bytes, bytes]], expected: int) -> list[Applied]:
        catalogue = self._catalogues[source.topic]
        batch = []
        for record in records:
            envelope = from_headers(record.headers)
            if envelope.seq != expected:
                raise SequenceGap.at(f"{source.topic}/{self.partition}", expected, envelope)
            expected += 1
            batch.append(AppliedOf(catalogue.decode(envelope.type, record.value or b""), envelope, record.offset))
        return batch


def _is_full(fetched: _Fetched) -> bool:
    if sum(map(len, fetched.values())) >= FULL_ENOUGH:
        return True
    return sum([len(record.value or b"") for records in fetched.values() for record in records]) >= FULL_BYTES
