"""How intake stands: whether it is a member of its group, and how much of `usage.reported` it has yet to hand on.

The client polls on for ever, whatever becomes of its place in the group. So the coordinator is asked; a process whose
intake has lost its place there ends.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from aiokafka import AIOKafkaConsumer, TopicPartition

from services.usage.processes.progress_report import LOOK_AGAIN_S
from services.usage.topics import REPORTED
from shared.engine.groups import Groups
from shared.engine.log import Log
from shared.engine.log_offsets import LogOffsets
from shared.engine.membership import Membership, client_id_of
from shared.engine.process import ATTEND_EVERY_S

GROUP: Final = "usage.intake"


class IntakeFeed:
    """Beside the consumer, in the same loop. `consumer` gives `None` until there is one."""

    def __init__(
        self,
        kafka: Log,
        log_offsets: LogOffsets,
        groups: Groups,
        *,
        consumer: Callable[[], AIOKafkaConsumer | None],
        is_busy: Callable[[], bool],
    ) -> None:
        self.client_id = client_id_of(kafka.settings, GROUP)
        self._log_offsets = log_offsets
        self._consumer = consumer
        self._is_busy = is_busy
        self._partitions = kafka.settings.partitions
        self._membership = Membership(
            groups,
            GROUP,
            REPORTED,
            self.client_id,
            working_on=lambda: [tp.partition for tp in self._assigned()],
            partitions=self._partitions,
        )
        self._seen_at: dict[TopicPartition, int] = {}

    async def attend(self) -> None:
        """Runs until cancelled. Raises `NotAMember`."""
        while True:
            await self._membership.look()
            await asyncio.sleep(ATTEND_EVERY_S if self.standing()[0] else ATTEND_EVERY_S / 10)

    def standing(self) -> tuple[bool, str]:
        return self._membership.standing()

    async def lag(self) -> int:
        """Messages of our partitions that are not read yet."""
        consumer, assigned = self._consumer(), self._assigned()
        return 0 if consumer is None else await self._log_offsets.behind(consumer, assigned)

    async def settled(self) -> bool:
        """Whether everything reported has been handed on, of all partitions."""
        if len(self._assigned()) < self._partitions or not await self._idle():
            return False
        before, self._seen_at = self._seen_at, await self._positions()
        if before != self._seen_at:
            # What the consumer has given out may not have reached its handler yet.
            await asyncio.sleep(LOOK_AGAIN_S)
        return await self._idle() and self._seen_at == await self._positions()

    async def _idle(self) -> bool:
        return not self._is_busy() and await self.lag() == 0

    async def _positions(self) -> dict[TopicPartition, int]:
        consumer = self._consumer()
        return {} if consumer is None else {tp: await consumer.position(tp) for tp in self._assigned()}

    def _assigned(self) -> list[TopicPartition]:
        consumer = self._consumer()
        return [] if consumer is None else sorted(consumer.assignment())
