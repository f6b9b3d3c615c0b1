"""Where logs begin and end, asked over a connection on which nothing else waits.

A broker answers the requests of one connection in order, so a question behind a long poll takes as long as the poll.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Final, TypeVar

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.engine.log import Log

# How often an end that lies before what was read is asked for again: two seconds.
LATE_LOOKS_MAX: Final = 20
LOOK_S: Final = 0.1

Key = TypeVar("Key", bound=Hashable)


async def ends_reaching(
    ask: Callable[[], Awaitable[Mapping[Key, int]]], read_to: Mapping[Key, int]
) -> Mapping[Key, int]:
    """Where logs end that were read to these offsets. An end that stays before its offset is of a log that lost some.

    It may be told late: a commit is answered, and its events applied, before its markers are in every partition; and a
    broker that has just become the leader learns only then that what it holds is committed.
    """
    ends = await ask()
    for _ in range(LATE_LOOKS_MAX):
        if all(ends[place] >= offset for place, offset in read_to.items()):
            break
        await asyncio.sleep(LOOK_S)
        ends = await ask()
    return ends


class LogOffsets:
    """One per process. `end` is the offset after the last committed record, its commit marker included."""

    def __init__(self, kafka: Log) -> None:
        self._kafka = kafka
        self._consumer: AIOKafkaConsumer
        self._asked: set[TopicPartition] = set()
        self._answer: asyncio.Task[dict[TopicPartition, int]] | None = None
        self._under_way: set[asyncio.Task[dict[TopicPartition, int]]] = set()

    async def start(self) -> None:
        self._consumer = await self._kafka.reader()

    async def stop(self) -> None:
        """Whoever still asks is told that it is over: a question under way would connect once more, and stay so."""
        for answer in self._under_way:
            answer.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await self._consumer.stop()

    async def ends(self, partitions: Sequence[TopicPartition]) -> dict[TopicPartition, int]:
        """All who ask in the same turn of the event loop are answered by one request."""
        self._asked.update(partitions)
        if self._answer is None:
            self._answer = asyncio.create_task(self._ask())
            self._under_way.add(self._answer)
            self._answer.add_done_callback(self._under_way.discard)
        found = await asyncio.shield(self._answer)
        return {partition: found[partition] for partition in partitions}

    async def _ask(self) -> dict[TopicPartition, int]:
        await asyncio.sleep(0)
        asked, self._asked, self._answer = self._asked, set(), None
        found: dict[TopicPartition, int] = await self._consumer.end_offsets(list(asked))
        return found

    async def ends_reaching(self, read_to: Mapping[TopicPartition, int]) -> Mapping[TopicPartition, int]:
        """Where partitions end that were read to these offsets; see the function of that name."""
        return await ends_reaching(lambda: self.ends(list(read_to)), read_to)

    async def end_reaching(self, partition: TopicPartition, offset: int) -> int:
        return (await self.ends_reaching({partition: offset}))[partition]

    async def beginning(self, partition: TopicPartition) -> int:
        found: dict[TopicPartition, int] = await self._consumer.beginning_offsets([partition])
        return found[partition]

    async def behind(self, consumer: AIOKafkaConsumer, partitions: Sequence[TopicPartition]) -> int:
        """How many offsets `consumer` has yet to read; by position, as commit markers take offsets."""
        if not partitions:
            return 0
        ends = await self.ends(partitions)
        return sum([max(0, end - await consumer.position(tp)) for tp, end in ends.items()])
