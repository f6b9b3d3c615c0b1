"""The questions of `shared.engine.transactions.Inquiry`, to a broker in memory."""

from __future__ import annotations

from collections.abc import Collection

from aiokafka.structs import TopicPartition

from shared.engine.transactions import EMPTY, ONGOING, UNKNOWN_ID, LastTransaction, OpenRange
from tests.kit.memory_log.broker import Broker
from tests.kit.memory_log.turns import Turns


class MemoryInquiry:
    """Made by `MemoryLog`."""

    def __init__(self, broker: Broker, turns: Turns) -> None:
        self._broker = broker
        self._turns = turns

    async def stop(self) -> None:
        """Nothing is open."""

    async def last(self, transactional_id: str) -> LastTransaction:
        return await self._turns.take("last", lambda: self._last(transactional_id))

    async def open_in(self, partitions: Collection[TopicPartition]) -> list[OpenRange]:
        asked = sorted(partitions)
        return await self._turns.take("open", lambda: self._open_in(asked))

    async def stable_and_end(self, tp: TopicPartition, at: int) -> tuple[int, int]:
        partition = self._broker.partition(tp)
        return await self._turns.take("stable", lambda: (partition.stable_end, partition.end))

    async def first_of(self, found: OpenRange) -> list[tuple[str, bytes]]:
        return await self._turns.take("first", lambda: list(self._broker.partition(found.tp).headers_at(found.since)))

    def _last(self, transactional_id: str) -> LastTransaction:
        known = self._broker.transactionals.get(transactional_id)
        if known is None:
            return LastTransaction(state=UNKNOWN_ID)
        if known.open is not None:
            named = frozenset(known.open.partitions)
            return LastTransaction(state=ONGOING, producer_id=known.producer_id, epoch=known.epoch, partitions=named)
        state = EMPTY if known.last is None else known.last.value
        return LastTransaction(state=state, producer_id=known.producer_id, epoch=known.epoch)

    def _open_in(self, partitions: Collection[TopicPartition]) -> list[OpenRange]:
        return [
            OpenRange(tp=tp, producer_id=producer_id, epoch=epoch, since=since)
            for tp in partitions
            for producer_id, (epoch, since) in sorted(self._broker.partition(tp).open_since().items())
        ]
