"""Single records of our topics, read from the log by their offsets, for routes that show what only the log has.

    lookup = Lookup(lambda: api.settings)
    await lookup.read([LogOffset("invoicing.events", 3, 1907)])      # {LogOffset(...): ConsumerRecord}

Each read uses a consumer of its own, two at a time: looking at a record is rare, and an idle consumer would keep
fetching what follows. A record that the topic no longer keeps is not in the answer.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from shared.engine.log import Log
from shared.engine.settings import Settings
from shared.http.problems import Unavailable

READ_DEADLINE_S: Final = 8
AT_ONCE: Final = 2


class LogOffset(NamedTuple):
    """Where a record stands; `topic` without the environment."""

    topic: str
    partition: int
    offset: int


Found = dict[LogOffset, "ConsumerRecord[bytes, bytes]"]


class Lookup:
    """Reads records of one environment."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        """`settings` is asked at the first read: routes are made before the process is complete."""
        self._settings = settings
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def read(self, places: Sequence[LogOffset]) -> Found:
        """The record at each place. Raises `Unavailable` (503) when the log does not answer within 8 s."""
        if not places:
            return {}
        log = Log(self._settings())
        try:
            async with asyncio.timeout(READ_DEADLINE_S), self._turn:
                reader = await log.reader()
                try:
                    return await _read(reader, log, places)
                finally:
                    await reader.stop()
        except (TimeoutError, KafkaError) as error:
            raise Unavailable("log_unavailable", "the log does not answer; try again in a moment") from error


async def _read(reader: AIOKafkaConsumer, log: Log, places: Sequence[LogOffset]) -> Found:
    """Partition by partition in the order of offsets, so that what stands side by side comes out of one fetch."""
    found: Found = {}
    by_partition: dict[TopicPartition, list[LogOffset]] = defaultdict(list)
    for place in sorted(set(places)):
        by_partition[TopicPartition(log.topic(place.topic), place.partition)].append(place)
    first = await reader.beginning_offsets(list(by_partition))
    ends = await reader.end_offsets(list(by_partition))
    for partition, wanted in by_partition.items():
        reader.assign([partition])
        position = -1
        for place in wanted:
            if not first[partition] <= place.offset < ends[partition]:
                continue
            if position != place.offset:
                reader.seek(partition, place.offset)
            record = await reader.getone(partition)
            position = record.offset + 1
            if record.offset == place.offset:
                found[place] = record
    return found
