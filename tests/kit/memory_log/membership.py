"""How one consumer belongs to its group: it joins, is told of its share, gives it back when asked, and joins again.

    revoked(old share)  ->  join  ->  (everybody else has joined)  ->  assigned(new share)

The listener is awaited at both ends, with heartbeats alive: that is where a worker finishes its batch in flight.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from aiokafka.errors import UnknownMemberIdError
from aiokafka.structs import TopicPartition

from tests.kit.memory_log.group import Group, Member
from tests.kit.memory_log.turns import Turns


class Listener(Protocol):
    """aiokafka's `ConsumerRebalanceListener`."""

    async def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None: ...
    async def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None: ...


class Membership:
    """Of one consumer, for its life. `alive` says whether its heartbeats reach the broker."""

    def __init__(
        self,
        group: Group,
        turns: Turns,
        *,
        name: str,
        session_timeout_s: float,
        rebalance_timeout_s: float,
        alive: Callable[[], bool],
        instance: str | None = None,
    ) -> None:
        self.group = group
        self.topics: tuple[str, ...] = ()
        self._turns = turns
        self._name = name
        self._session_timeout_s = session_timeout_s
        self._rebalance_timeout_s = rebalance_timeout_s
        self._alive = alive
        self._instance = instance
        self._listener: Listener | None = None
        self._rejoin = asyncio.Event()
        self._member: Member | None = None
        self._share: list[TopicPartition] = []
        self._task: asyncio.Task[None] | None = None

    def subscribe(self, topics: Sequence[str], listener: Listener | None) -> None:
        self.topics, self._listener = tuple(topics), listener

    def start(self, begin: Callable[[], None], assigned: Callable[[Collection[TopicPartition]], None]) -> None:
        """`begin` and `assigned` tell the consumer that a share is taken away and that another one is there."""
        self._rejoin.set()
        self._task = asyncio.create_task(self._belong(begin, assigned), name=f"member-{self._name}")

    async def stop(self) -> None:
        """Leave in order; a static member just stops, and its place is kept for its successor."""
        if self._task is None:
            return
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        member = self._member
        if member is not None and self._instance is None:
            await self._turns.take("leave", lambda: self.group.leave(member))

    def vanish(self) -> None:
        """The process is gone, and nobody tells the group."""
        if self._task is not None:
            self._task.cancel()

    async def _belong(self, begin: Callable[[], None], assigned: Callable[[Collection[TopicPartition]], None]) -> None:
        while True:
            await self._rejoin.wait()
            self._rejoin.clear()
            # It learns so from the answer to a heartbeat; a process that stands still learns nothing.
            await self._turns.take("heartbeat", lambda: None)
            begin()
            if self._listener is not None and self._member is not None:
                await self._listener.on_partitions_revoked(set(self._share))
            try:
                self._share = await self._joined()
            except UnknownMemberIdError:
                # Put out while it was away: it comes back as somebody new.
                self._member = None
                self._rejoin.set()
                continue
            assigned(self._share)
            if self._listener is not None:
                await self._listener.on_partitions_assigned(set(self._share))

    async def _joined(self) -> list[TopicPartition]:
        if self._member is None or not self.group.owns(self._member):
            self._member = Member(
                id=self._name,
                topics=self.topics,
                session_timeout_s=self._session_timeout_s,
                rebalance_timeout_s=self._rebalance_timeout_s,
                rejoin=self._rejoin.set,
                alive=self._alive,
                instance=self._instance,
            )
        member = self._member
        share = await self._turns.take("join", lambda: self.group.join(member))
        return await share
