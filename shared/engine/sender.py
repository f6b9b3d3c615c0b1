"""An idempotent producer that is made again when it has broken for good.

An idempotent producer whose sequence numbers no longer agree with the broker's (after a restart of a broker without its
log's tail, say) refuses everything from then on. What it was sending has failed and was reported so; a new producer
starts with new numbers. Whoever waits for an answer retries under the same command id, so nothing is decided twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from shared.engine.log import Log

log = structlog.get_logger()


class Sender:
    """Connects on first use. One per process."""

    def __init__(self, kafka: Log) -> None:
        self._kafka = kafka
        self._producer: Any = None
        self._starting = asyncio.Lock()

    async def start(self) -> None:
        """Connect now, so that the first command does not pay for it."""
        await self._started()

    async def stop(self) -> None:
        """Returns when everything handed over before is sent."""
        if self._producer is not None:
            producer, self._producer = self._producer, None
            await producer.stop()

    async def send_and_wait(
        self,
        topic: str,
        value: bytes,
        *,
        key: bytes | None = None,
        partition: int,
        headers: Sequence[tuple[str, bytes | None]],
    ) -> Any:
        """Returns the record's metadata once all brokers in sync have it. Raises `KafkaError`."""
        producer: AIOKafkaProducer = await self._started()
        try:
            return await producer.send_and_wait(topic, value, key=key, partition=partition, headers=headers)
        except KafkaError as error:
            if not error.retriable and producer is self._producer:
                log.warning("producer_replaced", error=repr(error))
                self._producer = None
                await producer.stop()
            raise

    async def _started(self) -> AIOKafkaProducer:
        async with self._starting:
            if self._producer is None:
                self._producer = await self._kafka.idempotent_producer()
            return self._producer
