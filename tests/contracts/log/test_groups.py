"""Who owns which partition, and how far a group has read."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from functools import partial
from typing import Any

from aiokafka import ConsumerRebalanceListener, TopicPartition

from tests.contracts.log.clusters import Cluster, committed, put
from tests.kit.waiting import WITHIN_S, until

PARTITIONS = 6


class _Diary(ConsumerRebalanceListener):  # type: ignore[misc]
    """Notes what a member is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, list[int]]] = []

    async def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:
        if revoked:
            self.told.append(("revoked", sorted(tp.partition for tp in revoked)))

    async def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        self.told.append(("assigned", sorted(tp.partition for tp in assigned)))


async def test_one_to_eight_members_share_the_partitions_by_range(cluster: Cluster) -> None:
    """Each partition has one owner, shares are contiguous and differ by one at most; the eighth may have nothing."""
    topic = (await cluster.create("a.commands", partitions=PARTITIONS)).topic
    members: list[Any] = []
    for count in range(1, 9):
        members.append(await _join(cluster, topic))
        await until(partial(_is_shared, members, count))
        held = sorted(_shares(members))
        assert [p for share in held for p in share] == list(range(PARTITIONS))
        assert all(share == list(range(share[0], share[-1] + 1)) for share in held if share)
        assert max(map(len, held)) - min(map(len, held)) <= 1
    await asyncio.gather(*(member.stop() for member in members))


async def test_a_member_that_leaves_hands_over_what_it_had(cluster: Cluster) -> None:
    topic = (await cluster.create("a.commands", partitions=2)).topic
    diary = _Diary()
    first = await _join(cluster, topic, diary)
    await until(lambda: _shares([first]) == [[0, 1]])
    second = await _join(cluster, topic)
    await until(lambda: sorted(_shares([first, second])) == [[0], [1]])
    await second.stop()
    await until(lambda: _shares([first]) == [[0, 1]] and diary.told[-1] == ("assigned", [0, 1]))
    given = diary.told[2][1]
    assert diary.told == [
        ("assigned", [0, 1]),
        ("revoked", [0, 1]),
        ("assigned", given),
        ("revoked", given),
        ("assigned", [0, 1]),
    ]
    await first.stop()


async def test_a_member_that_falls_silent_is_put_out_after_its_session(cluster: Cluster) -> None:
    topic = (await cluster.create("a.commands", partitions=2)).topic
    staying, process = await _join(cluster, topic), cluster.process()
    dying = await _join(cluster, topic, process=process)
    await until(lambda: sorted(_shares([staying, dying])) == [[0], [1]])
    await cluster.kill(process, dying)
    async with asyncio.timeout(WITHIN_S):
        while _shares([staying]) != [[0, 1]]:
            await cluster.pass_time(0.2)
            await asyncio.sleep(0)
    await staying.stop()


async def test_records_of_a_new_share_come_once_the_member_has_said_where_to_read(cluster: Cluster) -> None:
    """As ownership does: seek, pause, and resume when takeover is through."""
    tp = await cluster.create("a.commands")
    producer = await cluster.log.idempotent_producer()
    await put(producer, tp, b"1", b"2")
    member: Any = None

    class Positioned(_Diary):
        async def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
            for assigned_tp in assigned:
                member.seek(assigned_tp, 1)
                member.pause(assigned_tp)
            await super().on_partitions_assigned(assigned)

    diary = Positioned()
    member = cluster.process().member("a")
    member.subscribe([tp.topic], listener=diary)
    await member.start()
    await until(lambda: bool(diary.told))
    assert await member.getmany(tp, timeout_ms=100) == {}
    member.resume(tp)
    record = await asyncio.wait_for(member.getone(tp), 10)
    assert record.value == b"2"
    for client in (member, producer):
        await client.stop()


async def test_committed_offsets_are_the_groups_own_and_may_expire(cluster: Cluster) -> None:
    tp = await cluster.create("a.commands")
    producer = await cluster.log.transactional_producer("a.0")
    await producer.begin_transaction()
    await put(producer, tp, b"1")
    await producer.send_offsets_to_transaction({tp: 5}, cluster.log.topic("a"))
    await producer.commit_transaction()
    assert [await committed(cluster, group, tp) for group in ("a", "b")] == [5, None]
    await cluster.forget_offsets("a")
    assert await committed(cluster, "a", tp) is None
    await producer.stop()


async def _join(cluster: Cluster, topic: str, listener: _Diary | None = None, process: Any = None) -> Any:
    member = (process or cluster.process()).member("a")
    member.subscribe([topic], listener=listener or _Diary())
    await member.start()
    return member


def _shares(members: Collection[Any]) -> list[list[int]]:
    return [sorted(tp.partition for tp in member.assignment()) for member in members]


def _is_shared(members: Collection[Any], count: int) -> bool:
    """All partitions are given out, among as many members as can have one."""
    shares = [share for share in _shares(members) if share]
    given = sorted(p for share in shares for p in share)
    return given == list(range(PARTITIONS)) and len(shares) == min(count, PARTITIONS)
