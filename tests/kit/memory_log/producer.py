"""A producer with the part of aiokafka's interface that the runtime uses, transactional or only idempotent.

    producer = await log.transactional_producer("local.rating.2")
    await producer.begin_transaction()
    future = await producer.send("local.rating.events", b"{}", partition=2)
    await producer.send_offsets_to_transaction({...}, "local.rating")
    await producer.commit_transaction()

As with the real one a failed send fails its own future and nothing else: the transaction can still be committed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from aiokafka.errors import IllegalOperation, KafkaError, MessageSizeTooLargeError, ProducerClosed
from aiokafka.structs import RecordMetadata, TopicPartition

from tests.kit.memory_log.broker import Broker
from tests.kit.memory_log.partition import Headers
from tests.kit.memory_log.transaction import Transactional
from tests.kit.memory_log.turns import Turns

_Record = tuple[bytes | None, bytes | None, Headers]
"""Key, value, headers."""


@dataclass(frozen=True)
class _Queued:
    """Records that are written together; `sent` has the place of the first."""

    tp: TopicPartition
    records: list[_Record]
    sent: asyncio.Future[RecordMetadata]


class MemoryBatch:
    """Records for one partition, as many as a request takes; one always fits."""

    def __init__(self, bytes_max: int) -> None:
        self.records: list[_Record] = []
        self._left = bytes_max

    def append(
        self, *, timestamp: float | None, key: bytes | None, value: bytes | None, headers: Headers = ()
    ) -> object | None:
        """`None` where it is full."""
        size = len(value or b"")
        if self.records and size > self._left:
            return None
        self._left -= size
        self.records.append((key, value, headers))
        return self

    def record_count(self) -> int:
        return len(self.records)


class MemoryProducer:
    """Made and started by `MemoryLog`."""

    def __init__(
        self,
        broker: Broker,
        turns: Turns,
        *,
        transactional_id: str | None = None,
        timeout_s: float = 10.0,
        request_bytes_max: int = 1_000_000,
    ) -> None:
        self._broker = broker
        self._turns = turns
        self._id = transactional_id
        self._timeout_s = timeout_s
        self._request_bytes_max = request_bytes_max
        self._transactional: Transactional | None = None
        self._epoch = -1
        self._in_transaction = False
        self._queue: list[_Queued] = []
        self._flushing: asyncio.Future[None] | None = None
        self._closed = False

    async def start(self) -> None:
        if self._id is not None:
            known = self._id
            started = self._turns.take("init", lambda: self._broker.start_producer(known, self._timeout_s))
            self._transactional, self._epoch = await started

    async def stop(self) -> None:
        """What was handed over is sent first; an open transaction stays open."""
        if not self._closed:
            self._closed = True
            if self._flushing is not None:
                await self._flushing

    # -- sending -----------------------------------------------------------------------------------------------------

    async def send(
        self,
        topic: str,
        value: bytes | None = None,
        key: bytes | None = None,
        partition: int | None = None,
        headers: Headers | None = None,
    ) -> asyncio.Future[RecordMetadata]:
        """Hand over a record; the future has its place once the broker has it, or why not."""
        if partition is None:
            raise ValueError("say to which partition: we always do")
        return self._queued(TopicPartition(topic, partition), [(key, value, headers or ())])

    def create_batch(self) -> MemoryBatch:
        return MemoryBatch(self._request_bytes_max)

    async def send_batch(self, batch: MemoryBatch, topic: str, *, partition: int) -> asyncio.Future[RecordMetadata]:
        """Hand over a batch, which is written whole; the future has the place of its first record."""
        return self._queued(TopicPartition(topic, partition), batch.records)

    def _queued(self, tp: TopicPartition, records: list[_Record]) -> asyncio.Future[RecordMetadata]:
        if self._closed:
            raise ProducerClosed()
        if self._id is not None and not self._in_transaction:
            raise IllegalOperation("begin a transaction first")
        for _, value, _ in records:
            if len(value or b"") > self._request_bytes_max:
                raise MessageSizeTooLargeError(f"{len(value or b'')} bytes, a request takes {self._request_bytes_max}")
        sent: asyncio.Future[RecordMetadata] = asyncio.get_running_loop().create_future()
        self._queue.append(_Queued(tp, records, sent))
        self._flush_soon()
        return sent

    async def send_and_wait(
        self,
        topic: str,
        value: bytes | None = None,
        key: bytes | None = None,
        partition: int | None = None,
        headers: Headers | None = None,
    ) -> RecordMetadata:
        return await (await self.send(topic, value, key, partition, headers))

    def _flush_soon(self) -> None:
        if self._flushing is None or self._flushing.done():
            self._flushing = self._turns.take("produce", self._flush_some)
            self._flushing.add_done_callback(self._refused)

    def _flush_some(self) -> None:
        """One request to the broker: the next records in order, perhaps not all of them."""
        for _ in range(self._turns.portion(len(self._queue)) if self._queue else 0):
            self._write(self._queue.pop(0))
        self._flushing = None
        if self._queue:
            self._flush_soon()

    def _refused(self, flushing: asyncio.Future[None]) -> None:
        """A request that fails as a whole fails all that it would have carried."""
        if not flushing.cancelled() and (error := flushing.exception()) is not None:
            queued, self._queue = self._queue, []
            for record in queued:
                if not record.sent.done():
                    record.sent.set_exception(error)

    def _flush(self) -> None:
        while self._queue:
            self._write(self._queue.pop(0))

    def _write(self, queued: _Queued) -> None:
        if queued.sent.cancelled():
            return
        try:
            transaction = None
            if self._transactional is not None:
                transaction = self._broker.transaction_of(self._transactional, self._epoch)
            offsets = [self._broker.append(queued.tp, *record, transaction) for record in queued.records]
        except KafkaError as error:
            queued.sent.set_exception(error)
            return
        queued.sent.set_result(RecordMetadata(*queued.tp, queued.tp, offsets[0], self._broker.now_ms, 0, None))

    # -- transactions ------------------------------------------------------------------------------------------------

    async def begin_transaction(self) -> None:
        """Nothing is asked of the broker: a transaction begins with its first write."""
        self._known()
        if self._in_transaction:
            raise IllegalOperation("a transaction is open already")
        self._in_transaction = True

    async def send_offsets_to_transaction(self, offsets: Mapping[TopicPartition, int], group: str) -> None:
        producer = self._known()
        if not self._in_transaction:
            raise IllegalOperation("begin a transaction first")
        moved = dict(offsets)
        await self._turns.take("offsets", lambda: self._broker.add_offsets(producer, self._epoch, group, moved))

    async def commit_transaction(self) -> None:
        await self._end("commit", commit=True)

    async def abort_transaction(self) -> None:
        await self._end("abort", commit=False)

    async def end_everywhere(self, partitions: Collection[TopicPartition], group: str, *, commit: bool) -> None:
        """One request here, where a real producer makes three."""
        producer, added = self._known(), list(partitions)
        await self._turns.take(
            "close", lambda: self._broker.end_everywhere(producer, self._epoch, added, group, commit=commit)
        )

    @property
    def identity(self) -> tuple[int, int]:
        return self._known().producer_id, self._epoch

    async def _end(self, what: str, *, commit: bool) -> None:
        producer = self._known()
        if not self._in_transaction:
            raise IllegalOperation("no transaction is open")

        def end() -> None:
            self._flush()
            self._broker.end_transaction(producer, self._epoch, commit=commit)

        await self._turns.take(what, end)
        self._in_transaction = False

    def _known(self) -> Transactional:
        if self._transactional is None:
            raise IllegalOperation("not a transactional producer, or not started")
        return self._transactional
