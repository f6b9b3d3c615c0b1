"""The factories of `shared.engine.log.Log`, for a log in memory.

    broker = Broker()
    broker.create_topic("local.rating.events", partitions=4)
    log = MemoryLog(settings, broker)
    producer = await log.transactional_producer("local.rating.2")

One `MemoryLog` stands for one process: what it has made falls silent together (`stall`), as a stopped process does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shared.engine.log import REQUEST_BYTES, TRANSACTION_TIMEOUT_MS, Log
from shared.engine.settings import Settings
from tests.kit.memory_log.broker import Broker
from tests.kit.memory_log.consumer import MemoryConsumer
from tests.kit.memory_log.inquiry import MemoryInquiry
from tests.kit.memory_log.membership import Membership
from tests.kit.memory_log.producer import MemoryProducer
from tests.kit.memory_log.turns import AtOnce, Turns

REBALANCE_TIMEOUT_S = 10.0


class MemoryLog(Log):
    """`name` tells the members of a group apart and orders them; `turns` decides when requests happen."""

    def __init__(
        self,
        settings: Settings,
        broker: Broker,
        *,
        turns: Turns | None = None,
        name: str = "c",
        alive: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__(settings)
        self.broker = broker
        self._turns = turns or AtOnce()
        self._name = name
        self._alive = alive or (lambda: not self._stalled)
        self._stalled = False
        self._members = 0

    def stall(self) -> None:
        """No heartbeat leaves this process any more."""
        self._stalled = True

    async def reader(self, *, fetch_bytes: int = 0, waits_ms: int = 0) -> Any:
        consumer = MemoryConsumer(self.broker, self._turns)
        await consumer.start()
        return consumer

    @staticmethod
    def messages_come(reader: Any, *, come: bool, waits_ms: int = 0) -> None:
        """A request is answered as soon as there is something, whatever else was asked for."""

    def member(self, group: str, *, instance: str | None = None, client_id: str = "") -> Any:
        self._members += 1
        membership = Membership(
            self.broker.group(f"{self.env}.{group}"),
            self._turns,
            name=f"{self._name}-{self._members}",
            session_timeout_s=self.settings.session_timeout_ms / 1000,
            rebalance_timeout_s=REBALANCE_TIMEOUT_S,
            alive=self._alive,
            instance=instance,
        )
        return MemoryConsumer(self.broker, self._turns, membership)

    async def transactional_producer(self, transactional_id: str) -> Any:
        producer = MemoryProducer(
            self.broker,
            self._turns,
            transactional_id=transactional_id,
            timeout_s=TRANSACTION_TIMEOUT_MS / 1000,
            request_bytes_max=REQUEST_BYTES,
        )
        await producer.start()
        return producer

    async def inquiry(self) -> Any:
        return MemoryInquiry(self.broker, self._turns)

    async def end_everywhere(self, producer: Any, partitions: Any, group: str, *, commit: bool) -> None:
        await producer.end_everywhere(partitions, group, commit=commit)

    def identity_of(self, producer: Any) -> tuple[int, int]:
        found: tuple[int, int] = producer.identity
        return found

    async def idempotent_producer(self) -> Any:
        producer = MemoryProducer(self.broker, self._turns, request_bytes_max=REQUEST_BYTES)
        await producer.start()
        return producer
