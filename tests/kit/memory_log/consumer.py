"""A consumer with the part of aiokafka's interface that the runtime uses; always `read_committed`.

    reader = await log.reader()
    reader.assign([tp])
    reader.seek(tp, 0)                       # `auto_offset_reset=none`: where to read is always said
    await reader.getmany(tp, timeout_ms=200)

As with the real one, each `assign` forgets all positions, a position moves over commit markers and aborted records
without anything being returned, and records of a new assignment come before the listener has been told of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from typing import Final

from aiokafka.errors import ConsumerStoppedError, IllegalOperation, IllegalStateError, NoOffsetForPartitionError
from aiokafka.structs import ConsumerRecord, TopicPartition

from tests.kit.memory_log.broker import Broker
from tests.kit.memory_log.membership import Listener, Membership
from tests.kit.memory_log.turns import Turns

Records = list[ConsumerRecord[bytes, bytes]]

CLOCK_RESOLUTION_S: Final = 1e-6


class MemoryConsumer:
    """Made by `MemoryLog`; with a `membership` it is one of a group."""

    def __init__(self, broker: Broker, turns: Turns, membership: Membership | None = None) -> None:
        self._broker = broker
        self._turns = turns
        self._membership = membership
        self._positions: dict[TopicPartition, int | None] = {}
        self._paused: set[TopicPartition] = set()
        self._settled = asyncio.Event()
        self._settled.set()
        self._closed = False

    async def start(self) -> None:
        if self._membership is not None and self._membership.topics:
            self._membership.start(self._begin_reassignment, self._assigned)

    async def stop(self) -> None:
        if not self._closed:
            self._closed = True
            if self._membership is not None:
                await self._membership.stop()

    def vanish(self) -> None:
        """The process is gone, without a word to its group."""
        self._closed = True
        if self._membership is not None:
            self._membership.vanish()

    # -- what to read ------------------------------------------------------------------------------------------------

    def subscribe(self, topics: Sequence[str], *, listener: Listener | None = None) -> None:
        """Take a share of these topics, from `start` on."""
        if self._membership is None:
            raise IllegalOperation("a consumer without a group is assigned by hand")
        self._membership.subscribe(topics, listener)

    def assign(self, partitions: Collection[TopicPartition]) -> None:
        """Read these, by hand. All positions are forgotten."""
        self._positions = {tp: self._committed_now(tp) for tp in partitions}
        self._paused &= self._positions.keys()

    def assignment(self) -> frozenset[TopicPartition]:
        return frozenset(self._positions)

    def seek(self, partition: TopicPartition, offset: int) -> None:
        self._check_assigned(partition)
        if offset < 0:
            raise ValueError(f"an offset is not negative, but {offset}")
        self._positions[partition] = offset

    def pause(self, *partitions: TopicPartition) -> None:
        for tp in partitions:
            self._check_assigned(tp)
            self._paused.add(tp)

    def resume(self, *partitions: TopicPartition) -> None:
        for tp in partitions:
            self._check_assigned(tp)
            self._paused.discard(tp)

    async def position(self, partition: TopicPartition) -> int:
        """The offset that is read next. Raises `NoOffsetForPartitionError` where nobody has said."""
        await self._settled.wait()
        self._check_assigned(partition)
        if self._positions[partition] is not None and partition not in self._paused:
            self._pass_unseen(partition)
        position = self._positions[partition]
        if position is None:
            raise NoOffsetForPartitionError(partition)
        return position

    # -- questions ---------------------------------------------------------------------------------------------------

    async def committed(self, partition: TopicPartition) -> int | None:
        """What the group has committed, `None` if nothing (or if it expired)."""
        if self._membership is None:
            raise IllegalOperation("a consumer without a group has committed nothing")
        return await self._turns.take("committed", lambda: self._committed_now(partition))

    async def end_offsets(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, int]:
        """The last stable offset of each: what committed readers can read up to."""
        asked = list(partitions)
        return await self._turns.take("ends", lambda: {tp: self._broker.partition(tp).stable_end for tp in asked})

    async def beginning_offsets(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, int]:
        asked = list(partitions)
        return await self._turns.take("beginnings", lambda: {tp: self._broker.partition(tp).start for tp in asked})

    # -- reading -----------------------------------------------------------------------------------------------------

    async def getmany(
        self, *partitions: TopicPartition, timeout_ms: int = 0, max_records: int | None = None
    ) -> dict[TopicPartition, Records]:
        """What has arrived, by partition; after `timeout_ms` without anything, nothing."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_ms / 1000
        while True:
            await self._settled.wait()
            if self._closed:
                raise ConsumerStoppedError()
            if self._readable(partitions):
                fetched = await self._turns.take("fetch", lambda: self._fetch(partitions, max_records))
                if fetched:
                    return fetched
                continue
            remaining_s = deadline - loop.time()
            # A loop fires timers that are a hair ahead of it; where time stands meanwhile, the hair would never pass.
            if remaining_s < CLOCK_RESOLUTION_S:
                return {}
            await self._change(partitions, remaining_s)

    async def getone(self, *partitions: TopicPartition) -> ConsumerRecord[bytes, bytes]:
        """The next record, however long it takes."""
        while True:
            for records in (await self.getmany(*partitions, timeout_ms=1000, max_records=1)).values():
                return records[0]

    def _fetch(self, partitions: Sequence[TopicPartition], max_records: int | None) -> dict[TopicPartition, Records]:
        """One answer of the broker: some of the partitions, some of their records."""
        if not self._settled.is_set():
            return {}
        readable = self._readable(partitions)
        fetched: dict[TopicPartition, Records] = {}
        left = max_records
        for tp in self._turns.order(readable)[: self._turns.portion(len(readable))] if readable else ():
            if left == 0:
                break
            partition, position = self._broker.partition(tp), self._positions[tp]
            assert position is not None
            portion = self._turns.portion(partition.visible_from(position))
            records, self._positions[tp] = partition.read(position, portion if left is None else min(left, portion))
            fetched[tp] = records
            left = None if left is None else left - len(records)
        return fetched

    def _readable(self, partitions: Sequence[TopicPartition]) -> list[TopicPartition]:
        """Those of the partitions (all, if none are named) that have a record to give. Foreign ones are passed over."""
        found = []
        for tp in partitions or list(self._positions):
            if tp not in self._positions:
                continue
            if self._positions[tp] is None:
                raise NoOffsetForPartitionError(tp)
            if tp not in self._paused and self._pass_unseen(tp):
                found.append(tp)
        return found

    def _pass_unseen(self, tp: TopicPartition) -> bool:
        """Move over markers and aborted records up to the next that is seen; whether there is one."""
        position, partition = self._positions[tp], self._broker.partition(tp)
        assert position is not None
        self._positions[tp] = position = partition.first_seen(position)
        return position < partition.stable_end

    async def _change(self, partitions: Sequence[TopicPartition], timeout_s: float) -> None:
        """Until something happens in one of the partitions, or the time is over."""
        changed = asyncio.Event()
        watched = [self._broker.partition(tp) for tp in partitions or list(self._positions)]
        for partition in watched:
            partition.watch(changed.set)
        try:
            async with asyncio.timeout(timeout_s):
                await changed.wait()
        except TimeoutError:
            pass
        finally:
            for partition in watched:
                partition.unwatch(changed.set)

    # -- a group's shares --------------------------------------------------------------------------------------------

    def _begin_reassignment(self) -> None:
        """From here on nothing is given out until the new share is known."""
        self._settled.clear()

    def _assigned(self, share: Collection[TopicPartition]) -> None:
        self.assign(share)
        self._paused.clear()
        self._settled.set()

    def _committed_now(self, partition: TopicPartition) -> int | None:
        return None if self._membership is None else self._membership.group.offsets.get(partition)

    def _check_assigned(self, partition: TopicPartition) -> None:
        if partition not in self._positions:
            raise IllegalStateError(f"{partition.topic}/{partition.partition} is not assigned")
