"""The payloads of single events, read from the log where the audit index says they are.

    payloads = Payloads(lambda: edge.settings)
    await payloads.read([Place("invoicing.events", 3, 1907)])    # {Place(...): {"invoice_id": "inv-7", ...}}

The log is the only place that has them. Each read uses a consumer of its own, two at a time: looking at an event is
rare, and an idle consumer would keep fetching what follows.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import msgspec
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from shared.runtime.http.problems import Unavailable
from shared.runtime.log import Log
from shared.runtime.settings import Settings

READ_DEADLINE_S: Final = 8
AT_ONCE: Final = 2


class Place(NamedTuple):
    """Where an event stands; `topic` without the environment."""

    topic: str
    partition: int
    offset: int


class Payloads:
    """Reads payloads of one environment's events."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        """`settings` is asked at the first read: routes are made before the process is complete."""
        self._settings = settings
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def read(self, places: Sequence[Place]) -> dict[Place, Any]:
        """The decoded data of each event. Raises `Unavailable` (503) when the log does not answer within 8 s."""
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


async def _read(reader: AIOKafkaConsumer, log: Log, places: Sequence[Place]) -> dict[Place, Any]:
    """Partition by partition in the order of offsets, so that neighbours come out of one fetch."""
    found: dict[Place, Any] = {}
    by_partition: dict[TopicPartition, list[Place]] = defaultdict(list)
    for place in sorted(set(places)):
        by_partition[TopicPartition(log.topic(place.topic), place.partition)].append(place)
    for partition, wanted in by_partition.items():
        reader.assign([partition])
        position = -1
        for place in wanted:
            if position != place.offset:
                reader.seek(partition, place.offset)
            record = await reader.getone(partition)
            position = record.offset + 1
            if record.offset != place.offset:
                raise LostEvent(f"{place} holds no event: the next one is at {record.offset}")
            found[place] = msgspec.json.decode(record.value or b"null")
    return found


class LostEvent(Exception):
    """The index points to an offset without an event: index and log are not of one origin."""
