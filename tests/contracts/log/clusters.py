"""The two logs that the suite is run on, and what a test may do to them beyond what a client may.

`cluster.log` has the product's factories; what else is here is the cluster's own business: topics, retention, an
accident, a process that dies, the patience of the broker. Names are without the environment.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any, Protocol

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic, RecordsToDelete
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.protocol.admin import AlterConfigsRequest, DeleteGroupsRequest
from aiokafka.structs import ConsumerRecord

from shared.engine.log import Log
from shared.engine.settings import Settings
from tests.kit.memory_log import Broker, MemoryLog
from tests.kit.waiting import WITHIN_S

_GROUP_ID_NOT_FOUND = 69
_VERIFICATION = "transaction.partition.verification.enable"


class Cluster(Protocol):
    """A log and its operator."""

    name: str
    log: Log

    def process(self) -> Log:
        """The log as another process sees it."""
        ...

    async def create(self, topic: str, *, partitions: int = 1, message_bytes_max: int = 1_000_000) -> TopicPartition:
        """Make a topic; its first partition."""
        ...

    async def forget_before(self, tp: TopicPartition, offset: int) -> None:
        """Retention has removed everything before `offset`."""
        ...

    async def lose(self, topic: str, *, partitions: int = 1) -> None:
        """An accident: the topic is there and empty."""
        ...

    async def forget_offsets(self, group: str) -> None:
        """What the group has committed has expired."""
        ...

    async def kill(self, process: Log, consumer: Any) -> None:
        """The process of a group's member is gone, without a word."""
        ...

    async def lose_markers(self, producer: Any, *places: TopicPartition | str, kept: TopicPartition) -> None:
        """The transaction that this producer has just begun will be recorded as ended and leave no marker in these
        partitions, nor (by its name) with the offsets of this group. In `kept` it leaves one.
        """
        ...

    async def pass_time(self, seconds: float) -> None: ...

    async def close(self) -> None: ...


class MemoryCluster:
    """In memory: time passes when a test says so."""

    name = "memory"

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.broker = Broker()
        self.log: Log = MemoryLog(settings, self.broker, name="m0")
        self._processes = 0

    def process(self) -> Log:
        self._processes += 1
        return MemoryLog(self.settings, self.broker, name=f"m{self._processes}")

    async def create(self, topic: str, *, partitions: int = 1, message_bytes_max: int = 1_000_000) -> TopicPartition:
        self.broker.create_topic(self.log.topic(topic), partitions=partitions, message_bytes_max=message_bytes_max)
        return TopicPartition(self.log.topic(topic), 0)

    async def forget_before(self, tp: TopicPartition, offset: int) -> None:
        self.broker.partition(tp).forget_before(offset)

    async def lose(self, topic: str, *, partitions: int = 1) -> None:
        for partition in range(partitions):
            self.broker.partition(TopicPartition(self.log.topic(topic), partition)).shorten_to(0)

    async def forget_offsets(self, group: str) -> None:
        self.broker.group(self.log.topic(group)).expire_offsets()

    async def kill(self, process: Log, consumer: Any) -> None:
        assert isinstance(process, MemoryLog)
        process.stall()
        consumer.vanish()

    async def lose_markers(self, producer: Any, *places: TopicPartition | str, kept: TopicPartition) -> None:
        self.broker.transaction_of(producer._known(), producer.identity[1]).partitions[kept] = self.broker.partition(
            kept
        )
        self.broker.lose_markers(places)

    async def pass_time(self, seconds: float) -> None:
        self.broker.pass_time(seconds)

    async def close(self) -> None:
        """Nothing is open."""


class KafkaCluster:
    """Real Kafka, by its admin interface."""

    name = "kafka"

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.log = Log(settings)
        self._admin: Any = None
        self._unverified = False

    def process(self) -> Log:
        return Log(self.settings)

    async def create(self, topic: str, *, partitions: int = 1, message_bytes_max: int = 1_000_000) -> TopicPartition:
        name, configs = self.log.topic(topic), {"max.message.bytes": str(message_bytes_max)}
        admin = await self._client()
        async with asyncio.timeout(WITHIN_S):
            # A topic of that name that was just deleted may still be in the way.
            while True:
                response = await admin.create_topics([NewTopic(name, partitions, 1, topic_configs=configs)])
                if all(error[1] == 0 for error in response.topic_errors):
                    break
                await asyncio.sleep(0.05)
            while (await self._leaders(name)) < partitions:
                await asyncio.sleep(0.02)
        return TopicPartition(name, 0)

    async def forget_before(self, tp: TopicPartition, offset: int) -> None:
        await (await self._client()).delete_records({tp: RecordsToDelete(before_offset=offset)})

    async def lose(self, topic: str, *, partitions: int = 1) -> None:
        await (await self._client()).delete_topics([self.log.topic(topic)])
        await self.create(topic, partitions=partitions)

    async def forget_offsets(self, group: str) -> None:
        admin, name = await self._client(), self.log.topic(group)
        coordinator = await admin.find_coordinator(name)
        response = await admin._send_request_to_node(coordinator, DeleteGroupsRequest([name]))
        # Not found is as good: there is nothing left to forget.
        assert all(error in (0, _GROUP_ID_NOT_FOUND) for _, error, *_ in response.results), response

    async def kill(self, process: Log, consumer: Any) -> None:
        """Its last words, that it leaves the group, are not said."""

        async def nothing() -> None: ...

        consumer._coordinator._maybe_leave_group = nothing
        await consumer.stop()

    async def lose_markers(self, producer: Any, *places: TopicPartition | str, kept: TopicPartition) -> None:
        """The producer writes to them without having told the coordinator, which then does not know of them, as one
        that takes a partition for deleted. A broker refuses that, unless it is told not to look.
        """
        await self._configure([(_VERIFICATION, "false")])
        async with asyncio.timeout(WITHIN_S):
            while await self._configured(_VERIFICATION) != "false":
                await asyncio.sleep(0.02)
        manager = producer._txn_manager
        for place in places:
            if isinstance(place, str):
                manager._txn_consumer_group = place
            else:
                manager._txn_partitions.add(place)
        manager.maybe_add_partition_to_txn(kept)
        self._unverified = True

    async def pass_time(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def close(self) -> None:
        if self._admin is not None:
            if self._unverified:
                await self._configure([])
            await self._admin.close()

    async def _configure(self, settings: list[tuple[str, str]]) -> None:
        """What all brokers have beside their files; one of these settings may not go once it is there."""
        kept = ("min.insync.replicas", "1")
        request = AlterConfigsRequest(resources=[(int(ConfigResourceType.BROKER), "", [kept, *settings])])
        response = await (await self._client())._send_request(request)
        assert all(error == 0 for error, *_ in response.resources), response

    async def _configured(self, name: str) -> str:
        """A setting as the broker has it now, which is a moment after it was told."""
        admin = await self._client()
        [broker] = admin._client.cluster.brokers()
        resource = ConfigResource(ConfigResourceType.BROKER, str(broker.nodeId), {name: ""})
        [response] = await admin.describe_configs([resource])
        [(_, _, _, _, [(_, value, *_)])] = response.resources
        return str(value)

    async def _leaders(self, topic: str) -> int:
        found = (await (await self._client()).describe_topics([topic]))[0]
        return sum(partition["leader"] >= 0 for partition in found["partitions"]) if not found["error_code"] else 0

    async def _client(self) -> Any:
        if self._admin is None:
            self._admin = AIOKafkaAdminClient(**self.settings.kafka_options())
            await self._admin.start()
        return self._admin


async def read(cluster: Cluster, tp: TopicPartition, *, start: int = 0) -> list[ConsumerRecord[bytes, bytes]]:
    """Everything a committed reader is given from `start` to the end as it is now."""
    reader = await cluster.log.reader()
    try:
        reader.assign([tp])
        reader.seek(tp, start)
        end = (await reader.end_offsets([tp]))[tp]
        records: list[ConsumerRecord[bytes, bytes]] = []
        deadline = time.monotonic() + WITHIN_S
        while await reader.position(tp) < end and time.monotonic() < deadline:
            for got in (await reader.getmany(tp, timeout_ms=100)).values():
                records.extend(got)
        return records
    finally:
        await reader.stop()


async def values(cluster: Cluster, tp: TopicPartition) -> list[bytes | None]:
    return [record.value for record in await read(cluster, tp)]


async def values_after_commit(cluster: Cluster, tp: TopicPartition, count: int) -> list[bytes | None]:
    """The values, once there are `count`: a commit is answered before its markers are in every partition."""
    deadline = asyncio.get_running_loop().time() + 10
    while len(found := await values(cluster, tp)) < count and asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(0.02)
    return found


async def end_after_commit(reader: Any, tp: TopicPartition, at_least: int) -> int:
    """Where the committed part of a partition ends, once its markers are there."""
    deadline = asyncio.get_running_loop().time() + 10
    while (end := (await reader.end_offsets([tp]))[tp]) < at_least and asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(0.02)
    return int(end)


async def put(producer: Any, tp: TopicPartition, *texts: bytes) -> list[int]:
    """Send and wait; the offsets."""
    sent = [await producer.send(tp.topic, text, partition=tp.partition) for text in texts]
    return [(await future).offset for future in sent]


async def committed(cluster: Cluster, group: str, tp: TopicPartition, *, after: str = "a.0") -> int | None:
    """What a group has committed, asked as takeover asks: the transactional id `after` is started first.

    Right after a commit the answer is old as often as not; once InitProducerId has returned, the transaction is through
    in every partition, that of the offsets included.
    """
    successor = await cluster.process().transactional_producer(after)
    member = cluster.process().member(group)
    await member.start()
    member.assign([tp])
    try:
        offset: int | None = await member.committed(tp)
        return offset
    finally:
        await member.stop()
        await successor.stop()
