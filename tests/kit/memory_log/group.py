"""A consumer group: who is a member, who gets which partitions, and how far the group has read.

    join  ->  everybody is asked to join again  ->  all have  ->  partitions are dealt out by range

Rebalances are eager, as aiokafka's are: nobody holds a partition while they are dealt. A member that neither joins
again nor shows signs of life is put out when its session, or the rebalance, has lasted too long.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.errors import UnknownMemberIdError
from aiokafka.structs import TopicPartition

Assignment = list[TopicPartition]


@dataclass(eq=False)
class Member:
    """One consumer of a group. `alive` says whether its heartbeats arrive; `rejoin` asks it to join again.

    `instance` makes it a static member: whoever joins under that name takes its place, partitions included.
    """

    id: str
    topics: Sequence[str]
    session_timeout_s: float
    rebalance_timeout_s: float
    rejoin: Callable[[], None]
    alive: Callable[[], bool]
    instance: str | None = None
    joining: asyncio.Future[Assignment] | None = None
    assignment: Assignment = field(default_factory=list)
    silent_s: float = 0.0
    awaited_s: float = 0.0


class Group:
    """Membership of one group and its committed offsets."""

    def __init__(self, partitions_of: Callable[[str], int]) -> None:
        self.offsets: dict[TopicPartition, int] = {}
        self._pending: dict[int, list[Mapping[TopicPartition, int]]] = {}
        self.generation = 0
        self.members: dict[str, Member] = {}
        self._partitions_of = partitions_of
        self._rebalancing = False

    def join(self, member: Member) -> asyncio.Future[Assignment]:
        """Ask for a share. The future has it once every member has asked."""
        member.joining = asyncio.get_running_loop().create_future()
        if not self._rebalancing and (predecessor := self._predecessor(member)) is not None:
            self._succeed(predecessor, member)
            return member.joining
        self.members[member.id] = member
        if not self._rebalancing:
            self._ask_everybody()
        self._deal_if_all_joined()
        return member.joining

    def leave(self, member: Member) -> None:
        """A member goes in order, or is put out."""
        if self.members.pop(member.id, None) is None:
            return
        member.assignment = []
        if member.joining is not None and not member.joining.done():
            member.joining.set_exception(UnknownMemberIdError())
        member.rejoin()
        if self.members and not self._rebalancing:
            self._ask_everybody()
        self._deal_if_all_joined()

    def owns(self, member: Member) -> bool:
        """Whether the group still counts on it."""
        return self.members.get(member.id) is member

    def pass_time(self, seconds: float) -> None:
        """Put out whom nobody has heard of for too long."""
        for member in list(self.members.values()):
            member.silent_s = 0.0 if member.alive() else member.silent_s + seconds
            waited_for = self._rebalancing and (member.joining is None or member.joining.done())
            member.awaited_s = member.awaited_s + seconds if waited_for else 0.0
            if member.silent_s >= member.session_timeout_s or member.awaited_s >= member.rebalance_timeout_s:
                self.leave(member)

    def expire_offsets(self) -> None:
        """What nobody has committed for longer than the broker keeps offsets is forgotten."""
        self.offsets.clear()

    def pend(self, producer_id: int, offsets: Mapping[TopicPartition, int]) -> None:
        """Offsets of a transaction: they move with the producer's next marker, if that commits."""
        self._pending.setdefault(producer_id, []).append(offsets)

    def mark_end(self, producer_id: int, *, commit: bool) -> None:
        for offsets in self._pending.pop(producer_id, ()):
            if commit:
                self.offsets.update(offsets)

    # -- dealing -----------------------------------------------------------------------------------------------------

    def _predecessor(self, member: Member) -> Member | None:
        if member.instance is None:
            return None
        return next((m for m in self.members.values() if m.instance == member.instance and m is not member), None)

    def _succeed(self, predecessor: Member, member: Member) -> None:
        del self.members[predecessor.id]
        self.members[member.id] = member
        member.assignment, predecessor.assignment = predecessor.assignment, []
        assert member.joining is not None
        member.joining.set_result(member.assignment)

    def _ask_everybody(self) -> None:
        self._rebalancing = True
        for member in list(self.members.values()):
            if member.joining is None or member.joining.done():
                member.rejoin()

    def _deal_if_all_joined(self) -> None:
        if not self._rebalancing:
            return
        waiting = [member.joining for member in self.members.values()]
        if any(joining is None or joining.done() for joining in waiting):
            return
        self._rebalancing = False
        self.generation += 1
        shares = self._shares()
        for member in self.members.values():
            member.assignment = shares[member.id]
            assert member.joining is not None
            member.joining.set_result(member.assignment)

    def _shares(self) -> Mapping[str, Assignment]:
        """By the assignor of the real consumers. Static members sort by name, so that each keeps its share."""
        names = {member.instance or member.id: member for member in self.members.values()}
        subscriptions = {name: RangePartitionAssignor.metadata(member.topics) for name, member in names.items()}
        dealt = RangePartitionAssignor.assign(_Cluster(self._partitions_of), subscriptions)
        return {names[name].id: list(share.partitions()) for name, share in dealt.items()}


@dataclass(frozen=True)
class _Cluster:
    """The part of a cluster's metadata that the assignor looks at."""

    partitions_of: Callable[[str], int]

    def partitions_for_topic(self, topic: str) -> set[int]:
        return set(range(self.partitions_of(topic)))
