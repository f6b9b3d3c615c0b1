"""A partition worker on real servers, driven by hand: put messages in, let it work, look at log and tables."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from meterlog.installation import create_topics
from shared.engine.clock import Clock
from shared.engine.generation import prepare
from shared.engine.log import Log
from shared.engine.log_offsets import LogOffsets
from shared.engine.postgres import Pool, worker_pool
from shared.engine.process_memory import ProcessMemory
from shared.engine.sequence import is_event_log
from shared.engine.service import Service
from shared.engine.settings import Settings
from shared.engine.worker import Worker
from shared.kernel.envelope import Envelope, from_headers, to_headers
from shared.kernel.message import Catalogue, Message, encode

PARTITION = 1


class StandingClock(Clock):
    """A clock that a test moves by hand."""

    def __init__(self, kafka: Log) -> None:
        super().__init__(kafka, test=False)
        self.at = datetime(2026, 9, 1, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


class DrivenWorker:
    """One environment with topics and tables for `service`, and tools to feed and inspect one partition of it."""

    def __init__(self, service: Service, settings: Settings, pool: Pool, kafka: Log, gen: int) -> None:
        self.service, self.settings, self.pool, self.kafka, self.gen = service, settings, pool, kafka, gen
        self.clock = StandingClock(kafka)
        self.log_offsets = LogOffsets(kafka)
        self.workers: list[Worker] = []
        self._producer: Any = None
        self._uncommitted: AIOKafkaConsumer | None = None
        self._numbers: dict[str, int] = {}

    async def start(self) -> None:
        self._producer = await self.kafka.idempotent_producer()
        if self.settings.kafka_bootstrap_servers:
            self._uncommitted = AIOKafkaConsumer(**self.settings.kafka_options())
            await self._uncommitted.start()
        await self.log_offsets.start()

    async def close(self) -> None:
        for worker in self.workers:
            await worker.close()
            await worker.commands.stop()
        await self._producer.stop()
        if self._uncommitted is not None:
            await self._uncommitted.stop()
        await self.log_offsets.stop()
        await self.pool.close()

    async def worker(self, service: Service | None = None) -> Worker:
        """A new owner of the partition, not yet in office."""
        commands = self.kafka.member(self.service.name)
        await commands.start()
        worker = Worker(
            service=service or self.service,
            partition=PARTITION,
            gen=self.gen,
            kafka=self.kafka,
            pool=self.pool,
            clock=self.clock,
            commands=commands,
            timer_producer=self._producer,
            log_offsets=self.log_offsets,
            memory=ProcessMemory(cache_bytes=100_000_000, owned=lambda: 1),
        )
        commands.assign([worker.commands_tp])
        self.workers.append(worker)
        return worker

    async def owner(self, service: Service | None = None) -> Worker:
        """A new owner that has taken over."""
        worker = await self.worker(service)
        await worker.take_over()
        worker.ready = True
        return worker

    async def work(self, worker: Worker, *, timeout_s: float = 15) -> None:
        """Let the owner work until nothing is left to do."""
        task = asyncio.create_task(worker.run())
        try:
            async with asyncio.timeout(timeout_s):
                while not task.done() and not await worker.settled():
                    await asyncio.sleep(0.02)
            if task.done():
                await task
        finally:
            worker.stop()
            await asyncio.wait([task])
            worker._work_loop.resume()
            if not task.cancelled() and task.exception() is not None:
                raise task.exception()  # type: ignore[misc]

    async def command(self, message: Message, command_id: str, **meta: Any) -> None:
        await self.put(f"{self.service.name}.commands", self.service.commands, message, command_id=command_id, **meta)

    async def put(self, topic: str, names: Catalogue[Any], message: Message, **meta: Any) -> None:
        """One message; an event log's are numbered as they come, unless `seq` says otherwise."""
        if is_event_log(topic):
            self._numbers[topic] = meta.setdefault("seq", self._numbers.get(topic, 0) + 1)
        envelope = Envelope(
            env=self.kafka.env,
            service=names.service,
            partition=PARTITION,
            type=names.name_of(message),
            recorded_at=self.clock.now(),
            subject=message.key,
            **meta,
        )
        await self._producer.send_and_wait(
            self.kafka.topic(topic), encode(message), partition=PARTITION, headers=to_headers(envelope)
        )

    async def read(self, topic: str, partition: int = PARTITION) -> list[ConsumerRecord[bytes, bytes]]:
        """Everything committed in a partition."""
        reader = await self.kafka.reader()
        tp = TopicPartition(self.kafka.topic(topic), partition)
        reader.assign([tp])
        reader.seek(tp, 0)
        end = await self._end(reader, tp)
        records: list[ConsumerRecord[bytes, bytes]] = []
        while await reader.position(tp) < end:
            for got in (await reader.getmany(tp, timeout_ms=200)).values():
                records.extend(got)
        await reader.stop()
        return records

    async def _end(self, reader: AIOKafkaConsumer, tp: TopicPartition, *, patience: int = 40) -> int:
        """The end of what is committed: of everything, unless a transaction stays open for two seconds.

        A commit is answered before its markers are in every partition, and until then nobody may read what it wrote.
        The log in memory (there is no cluster) writes them at once.
        """
        while True:
            end: int = (await reader.end_offsets([tp]))[tp]
            patience -= 1
            if self._uncommitted is None or patience < 0:
                return end
            if end == (await self._uncommitted.end_offsets([tp]))[tp]:
                return end
            await asyncio.sleep(0.05)

    async def events(self) -> list[tuple[int, str, Any]]:
        """Our own events as (seq, type, event)."""
        found = []
        for record in await self.read(f"{self.service.name}.events"):
            envelope = from_headers(record.headers)
            name = envelope.type.split(".")[1]
            event = (
                self.service.events.decode(envelope.type, record.value)
                if envelope.type in self.service.events
                else None
            )
            found.append((envelope.seq, name, event))
        return found

    async def rows(self, sql: str, *args: Any) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in await self.pool.fetch(sql, *args)]


@asynccontextmanager
async def driven(service: Service, settings: Settings) -> AsyncIterator[DrivenWorker]:
    kafka = Log(settings)
    await create_topics(settings)
    dsn = settings.postgres_dsn_of(service.name)
    generation = await prepare(dsn, service, settings)
    pool = await worker_pool(dsn, search_path=generation.search_path, size=6)
    shop = DrivenWorker(service, settings, pool, kafka, generation.number)
    await shop.start()
    try:
        yield shop
    finally:
        await shop.close()
