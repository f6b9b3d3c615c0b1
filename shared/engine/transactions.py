"""How transactions stand, as brokers tell it: what the coordinator has recorded, and what is open in the partitions.

    inquiry = await log.inquiry()
    await inquiry.last("local.rating.3")        # LastTransaction("CompleteAbort", producer_id=25, epoch=8)
    await inquiry.open_in([rating_events_3])    # [OpenRange(rating.events/3, producer_id=25, epoch=7, since=1263)]

The two must agree and may not: a transaction can be recorded as ended without a marker in a partition it wrote to
(settlement.py says what follows). `end_everywhere` puts one there.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.client import AIOKafkaClient, ConnectionGroup, CoordinationType
from aiokafka.errors import KafkaError, LeaderNotAvailableError, for_code
from aiokafka.protocol.fetch import FetchRequest
from aiokafka.record.memory_records import MemoryRecords

from shared.engine.protocol import DescribeProducers, DescribeTransactions

T = TypeVar("T")

UNKNOWN_ID: Final = ""
"""The state of a transactional id that the coordinator does not know: never used, or expired."""

ONGOING: Final = "Ongoing"
ENDING: Final = ("PrepareCommit", "PrepareAbort", "PrepareEpochFence")
EMPTY: Final = "Empty"
"""Its producer was started, and has not written since."""

COMMITTED: Final = ("CompleteCommit", "PrepareCommit")

_ID_NOT_FOUND: Final = 105
_READ_UNCOMMITTED: Final = 0
_READ_COMMITTED: Final = 1
# A coordinator or a leader that is just moving is asked again, for so long.
GIVE_UP_AFTER_S: Final = 10.0
AGAIN_S: Final = 0.05


@dataclass(frozen=True, kw_only=True)
class LastTransaction:
    """What the coordinator has recorded of a transactional id. `partitions` are named while it is not complete."""

    state: str
    producer_id: int = -1
    epoch: int = -1
    partitions: frozenset[TopicPartition] = frozenset()

    @property
    def epoch_after(self) -> int:
        """The epoch of the next producer to start: one more, and another one where a transaction has to be aborted."""
        return self.epoch + (2 if self.state == ONGOING else 1)


@dataclass(frozen=True, kw_only=True)
class OpenRange:
    """From `since` on a transaction of this producer is open in a partition: committed readers stop there."""

    tp: TopicPartition
    producer_id: int
    epoch: int
    since: int

    def __str__(self) -> str:
        return f"{self.tp.topic}/{self.tp.partition} from offset {self.since} (producer {self.producer_id})"


class Inquiry:
    """Questions over a connection of their own; to be stopped."""

    def __init__(self, client: AIOKafkaClient) -> None:
        self._client = client

    @classmethod
    async def begin(cls, options: Mapping[str, Any]) -> Inquiry:
        inquiry = cls(AIOKafkaClient(**options))
        try:
            await inquiry._client.bootstrap()
        except BaseException:
            await inquiry.stop()
            raise
        return inquiry

    async def stop(self) -> None:
        await self._client.close()

    async def last(self, transactional_id: str) -> LastTransaction:
        return await self._patiently(lambda: self._last(transactional_id))

    async def open_in(self, partitions: Collection[TopicPartition]) -> list[OpenRange]:
        """Every range that is open in these partitions, whoever's it is, in order of partition."""
        return await self._patiently(lambda: self._open_in(partitions))

    async def stable_and_end(self, tp: TopicPartition, at: int) -> tuple[int, int]:
        """The last stable offset and the high watermark, of one fetch at `at`."""
        return await self._patiently(lambda: self._stable_and_end(tp, at))

    async def first_of(self, found: OpenRange) -> list[tuple[str, bytes]]:
        """The headers of the first record in a range, committed or not."""
        return await self._patiently(lambda: self._first_of(found))

    async def _last(self, transactional_id: str) -> LastTransaction:
        node = await self._client.coordinator_lookup(CoordinationType.TRANSACTION, transactional_id)
        request = DescribeTransactions([transactional_id])
        answer = await self._client.send(node, request, group=ConnectionGroup.COORDINATION)
        [(error, _, state, _, _, producer_id, epoch, topics, _)] = answer.transactions
        if error == _ID_NOT_FOUND:
            return LastTransaction(state=UNKNOWN_ID)
        _raise(error)
        named = frozenset(TopicPartition(topic, p) for topic, partitions, _ in topics for p in partitions)
        return LastTransaction(state=state, producer_id=producer_id, epoch=epoch, partitions=named)

    async def _open_in(self, partitions: Collection[TopicPartition]) -> list[OpenRange]:
        await self._client.set_topics({tp.topic for tp in partitions})
        by_leader: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for tp in sorted(partitions):
            by_leader[self._leader(tp)][tp.topic].append(tp.partition)
        asked = (self._client.send(leader, DescribeProducers(topics)) for leader, topics in by_leader.items())
        return sorted(_open(await asyncio.gather(*asked)), key=lambda found: (found.tp, found.producer_id))

    async def _stable_and_end(self, tp: TopicPartition, at: int) -> tuple[int, int]:
        [end, stable, *_] = await self._fetch(tp, at, _READ_COMMITTED)
        return stable, end

    async def _first_of(self, found: OpenRange) -> list[tuple[str, bytes]]:
        *_, content = await self._fetch(found.tp, found.since, _READ_UNCOMMITTED)
        records = MemoryRecords(content)
        while records.has_next():
            for record in records.next_batch():
                if record.offset == found.since:
                    return list(record.headers)
        raise LeaderNotAvailableError(f"{found}: nothing stands there")

    async def _fetch(self, tp: TopicPartition, at: int, isolation: int) -> list[Any]:
        """What a fetch brings of one partition: its first batch at least, if there is one."""
        await self._client.set_topics({tp.topic})
        request = FetchRequest(
            max_wait_time=0,
            min_bytes=0,
            max_bytes=1,
            isolation_level=isolation,
            topics=[(tp.topic, [(tp.partition, at, 1)])],
        )
        [(_, [(_, error, *brought)])] = (await self._client.send(self._leader(tp), request)).topics
        _raise(error)
        return list(brought)

    async def _patiently(self, ask: Callable[[], Awaitable[T]]) -> T:
        """A question again, until it is answered or a retriable error has lasted for `GIVE_UP_AFTER_S`."""
        deadline = time.monotonic() + GIVE_UP_AFTER_S
        while True:
            try:
                return await ask()
            except KafkaError as error:
                if not error.retriable or time.monotonic() > deadline:
                    raise
            await self._client.force_metadata_update()
            await asyncio.sleep(AGAIN_S)

    def _leader(self, tp: TopicPartition) -> int:
        leader = self._client.cluster.leader_for_partition(tp)
        if leader is None or leader == -1:
            raise LeaderNotAvailableError(f"{tp.topic}/{tp.partition}")
        return int(leader)


async def end_everywhere(
    producer: AIOKafkaProducer, partitions: Iterable[TopicPartition], group: str, *, commit: bool
) -> None:
    """A transaction of no record, which leaves its marker in all these partitions and with the group's offsets.

    aiokafka adds a partition only with a record for it, and a group only with offsets: hence its inner parts.
    """
    await producer.begin_transaction()
    manager, sender = producer._txn_manager, producer._sender
    for tp in partitions:
        manager.maybe_add_partition_to_txn(tp)
    while not await sender._do_add_offsets_to_txn(group):
        pass
    await (producer.commit_transaction() if commit else producer.abort_transaction())


def identity_of(producer: AIOKafkaProducer) -> tuple[int, int]:
    """Its producer id and epoch."""
    return producer._txn_manager.producer_id, producer._txn_manager.producer_epoch


def _open(answers: Iterable[Any]) -> Iterable[OpenRange]:
    for answer in answers:
        for topic, partitions, _ in answer.topics:
            for partition, error, _, producers, _ in partitions:
                _raise(error)
                for producer_id, epoch, _, _, _, since, _ in producers:
                    if since >= 0:
                        tp = TopicPartition(topic, partition)
                        yield OpenRange(tp=tp, producer_id=producer_id, epoch=epoch, since=since)


def _raise(error_code: int) -> None:
    error = for_code(error_code)
    if error_code:
        raise error()
