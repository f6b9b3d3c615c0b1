"""Intake's report of how far it is: the clock is read, and once everything reported before that reading is in the log,
every usage partition is told. Each second while usage comes in, every ten while none does.

    read the clock: 12:00:07    read the ends: reported 0 at 4711, 1 at 520
    wait until 0 is sent on up to 4711 and 1 up to 520
    IntakeProgressed(through=12:00:07, partitions=[0, 1])

The clock is read first: what is published after that reading may be missing, what was published before it can't be.
A test clock that nobody has set yet is not reported, so that its first setting may go anywhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Final

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError

from services.usage.processes.stall_detector import StallDetector
from services.usage.watermark.messages import IntakeProgressed
from shared.engine.clock import Clock
from shared.engine.failpoints import failpoint

log = structlog.get_logger()

EVERY_S: Final = 1.0
QUIET_EVERY_S: Final = 10.0
"""Where nothing was reported since the last time: time goes on, and nobody waits for it by the second."""
REPEAT_S: Final = 30.0
"""A clock that stands still moves nothing; it is said again so often for a reader that has just taken over."""

# Between getting records from the consumer and handling them nothing is awaited, but that is FastStream's business:
# two looks this far apart, both idle and at the end, leave no room for a batch in between.
LOOK_AGAIN_S: Final = 0.02


class ProgressReport:
    """Runs beside the consumer, in the same loop."""

    def __init__(
        self,
        *,
        clock: Clock,
        consumer: AIOKafkaConsumer,
        is_busy: Callable[[], bool],
        batches: Callable[[], int],
        send: Callable[[IntakeProgressed], Awaitable[None]],
        partitions: int,
    ) -> None:
        self._clock = clock
        self._consumer = consumer
        self._is_busy = is_busy
        self._batches = batches
        self._stalls = StallDetector()
        self._committed: dict[TopicPartition, int] = {}
        self._send = send
        self._partitions = partitions
        self._clock_moved = asyncio.Event()
        self._reported: datetime | None = None
        self._assigned: frozenset[TopicPartition] = frozenset()
        self._settled_at = 0.0
        self._told_at = float("-inf")
        self._told_to: dict[TopicPartition, int] = {}
        clock.on_change(self._clock_moved.set)

    async def run(self) -> None:
        while True:
            try:
                async with asyncio.timeout(EVERY_S):
                    await self._clock_moved.wait()
            except TimeoutError:
                pass
            self._clock_moved.clear()
            if self._clock.started:
                await self._report()

    async def _report(self) -> None:
        through = self._clock.now()
        assigned = frozenset(self._consumer.assignment())
        again = self._monotonic() - self._settled_at >= REPEAT_S
        moved = self._reported is None or through > self._reported or assigned != self._assigned
        if not assigned or not (moved or again):
            return
        if not again and await self._quiet(assigned):
            return
        ends = await self._consumer.end_offsets(sorted(assigned))
        sent = await self._until_sent(ends)
        if frozenset(self._consumer.assignment()) != assigned:
            # Some went to another member before all of theirs was sent on here: ask again.
            return
        await self._commit(sent)
        settled = again or (self._clock.frozen and moved)
        await self._send(
            IntakeProgressed(
                through=through,
                partitions=sorted(tp.partition for tp in assigned),
                reported_partitions=self._partitions,
                settled=settled,
            )
        )
        failpoint("intake_progressed")
        self._reported, self._assigned = through, assigned
        self._told_at, self._told_to = self._monotonic(), sent
        if settled:
            self._settled_at = self._monotonic()

    async def _quiet(self, assigned: frozenset[TopicPartition]) -> bool:
        """Whether nothing was reported since all were told, and that was lately. A standing clock tells its moves."""
        if self._clock.frozen or assigned != self._assigned or self._monotonic() - self._told_at >= QUIET_EVERY_S:
            return False
        return not self._is_busy() and await self._positions(self._told_to) == self._told_to

    async def _until_sent(self, ends: Mapping[TopicPartition, int]) -> dict[TopicPartition, int]:
        """Until every record below the ends is acknowledged in the log, or a partition is ours no more (then empty).

        Returns where reading stands, every record before it acknowledged. Raises `IntakeStalled`.
        """
        before: dict[TopicPartition, int] | None = None
        while True:
            position = await self._positions(ends)
            if position is None:
                return {}
            busy = self._is_busy()
            self._stalls.check(
                positions=position, ends=ends, at_s=self._monotonic(), batches=self._batches(), busy=busy
            )
            idle_at_the_end = not busy and all(position[tp] >= end for tp, end in ends.items())
            if idle_at_the_end and before is not None:
                return before
            before = position if idle_at_the_end else None
            await asyncio.sleep(LOOK_AGAIN_S)

    async def _commit(self, sent: dict[TopicPartition, int]) -> None:
        """What stands at a partition's end may be no record (a transaction's end, or one that was aborted), and so no
        batch commits it: it is said here, for whoever compares the group with the log's end."""
        if not sent or sent == self._committed or self._is_busy() or await self._positions(sent) != sent:
            return
        try:
            await self._consumer.commit(sent)
        except (CommitFailedError, IllegalStateError) as error:
            log.info("intake_commit_refused", error=str(error))
            return
        self._committed = sent

    def _monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    async def _positions(self, ends: Mapping[TopicPartition, int]) -> dict[TopicPartition, int] | None:
        """Where the consumer reads next; `None` once a partition has gone to another member."""
        assigned = self._consumer.assignment()
        if not all(tp in assigned for tp in ends):
            return None
        return {tp: await self._consumer.position(tp) for tp in ends}
