"""What a log does with a transaction that is recorded as ended and has no marker in a partition; how it can be found.

Kafka 4.3 loses markers by itself (KAFKA-20734). Here the coordinator is not told of a partition, which leaves the same.
"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiokafka import TopicPartition

from shared.engine.transactions import COMMITTED, EMPTY, ENDING, ONGOING, UNKNOWN_ID, LastTransaction
from tests.contracts.log.clusters import Cluster, committed, end_after_commit, put, values, values_after_commit
from tests.kit.waiting import WITHIN_S


async def test_the_next_marker_of_a_producer_decides_over_what_hangs(cluster: Cluster) -> None:
    """An aborted transaction becomes part of the next one that commits: the fault that takeover closes."""
    events, dead = await cluster.create("a.events"), await cluster.create("a.dead")
    await _hanging(cluster, events, dead, commit=False)
    successor = await cluster.log.transactional_producer(cluster.log.topic("a.0"))
    await successor.begin_transaction()
    await put(successor, events, b"next")
    await successor.commit_transaction()
    assert await values_after_commit(cluster, events, 2) == [b"hanging", b"next"]
    await successor.stop()


@pytest.mark.parametrize("commit", [True, False])
async def test_what_hangs_can_be_found_and_closed_as_it_ended(cluster: Cluster, commit: bool) -> None:
    events, dead, inputs = [await cluster.create(f"a.{name}") for name in ("events", "dead", "commands")]
    group = cluster.log.topic("a")
    first = await _hanging(cluster, events, dead, commit=commit, group=group, inputs=inputs)
    inquiry = await cluster.log.inquiry()
    last = await _ended(cluster, inquiry)
    assert last.state == ("CompleteCommit" if commit else "CompleteAbort")
    [found] = await inquiry.open_in([dead, events])
    assert (found.tp, found.since, found.producer_id, found.epoch) == (events, 0, *first)
    assert await inquiry.stable_and_end(events, 0) == (0, 1)

    successor = await cluster.log.transactional_producer(cluster.log.topic("a.0"))
    assert await _last(cluster, inquiry) == LastTransaction(state=EMPTY, producer_id=first[0], epoch=last.epoch_after)
    await cluster.log.end_everywhere(successor, [events, dead], group, commit=commit)
    await _ended(cluster, inquiry)
    reader = await cluster.log.reader()
    assert await end_after_commit(reader, events, 2) == 2
    assert await inquiry.open_in([dead, events]) == []
    assert await inquiry.stable_and_end(events, 2) == (2, 2)
    assert await values(cluster, events) == ([b"hanging"] if commit else [])
    await successor.begin_transaction()
    await put(successor, events, b"next")
    await successor.commit_transaction()
    assert await values_after_commit(cluster, events, 2 if commit else 1) == [b"hanging"] * commit + [b"next"]
    assert await committed(cluster, "a", inputs, after=cluster.log.topic("a.0")) == (7 if commit else None)
    for client in (reader, inquiry, successor):
        await client.stop()


async def test_offsets_of_an_aborted_transaction_without_a_marker_move_with_the_next_commit(cluster: Cluster) -> None:
    """So they are closed too, though no reader stands still before them."""
    events, dead, inputs = [await cluster.create(f"a.{name}", partitions=2) for name in ("events", "dead", "commands")]
    await _hanging(cluster, events, dead, commit=False, group=cluster.log.topic("a"), inputs=inputs)
    successor = await cluster.log.transactional_producer(cluster.log.topic("a.0"))
    await successor.begin_transaction()
    await put(successor, events, b"next")
    await successor.send_offsets_to_transaction({TopicPartition(inputs.topic, 1): 1}, cluster.log.topic("a"))
    await successor.commit_transaction()
    assert await committed(cluster, "a", inputs, after=cluster.log.topic("a.0")) == 7
    await successor.stop()


async def test_the_coordinator_tells_how_the_last_transaction_of_an_id_stands(cluster: Cluster) -> None:
    events = await cluster.create("a.events")
    inquiry = await cluster.log.inquiry()
    assert await _last(cluster, inquiry) == LastTransaction(state=UNKNOWN_ID)
    producer = await cluster.log.transactional_producer(cluster.log.topic("a.0"))
    identity = cluster.log.identity_of(producer)
    fresh = await _last(cluster, inquiry)
    assert (fresh.state, (fresh.producer_id, fresh.epoch)) == (EMPTY, identity)
    await producer.begin_transaction()
    await put(producer, events, b"1")
    going_on = await _last(cluster, inquiry)
    assert (going_on.state, going_on.partitions) == (ONGOING, frozenset({events}))
    [found] = await inquiry.open_in([events])
    assert (found.producer_id, found.epoch) == identity
    await producer.commit_transaction()
    done = await _ended(cluster, inquiry)
    assert (done.state, done.epoch) == ("CompleteCommit", identity[1])
    assert done.state in COMMITTED
    for client in (inquiry, producer):
        await client.stop()


@pytest.mark.parametrize("leave", ["open", "committed", "started"])
async def test_the_next_producers_epoch_tells_whether_a_transaction_was_cut_off(cluster: Cluster, leave: str) -> None:
    """One more than the last; two where an open transaction had to be aborted first."""
    events = await cluster.create("a.events")
    inquiry = await cluster.log.inquiry()
    first = await cluster.process().transactional_producer(cluster.log.topic("a.0"))
    if leave != "started":
        await first.begin_transaction()
        await put(first, events, b"1")
    if leave == "committed":
        await first.commit_transaction()
        await _ended(cluster, inquiry)
    last = await _last(cluster, inquiry)
    second = await cluster.process().transactional_producer(cluster.log.topic("a.0"))
    assert cluster.log.identity_of(second) == (last.producer_id, last.epoch_after)
    for client in (inquiry, first, second):
        await client.stop()


async def _hanging(
    cluster: Cluster,
    events: TopicPartition,
    dead: TopicPartition,
    *,
    commit: bool,
    group: str | None = None,
    inputs: TopicPartition | None = None,
) -> tuple[int, int]:
    """A transaction of `a.0` that has ended and left no marker in `events`; its producer's id and epoch."""
    producer: Any = await cluster.process().transactional_producer(cluster.log.topic("a.0"))
    await producer.begin_transaction()
    await cluster.lose_markers(producer, events, *([group] if group else []), kept=dead)
    await put(producer, events, b"hanging")
    if group is not None:
        await producer.send_offsets_to_transaction({inputs: 7}, group)
    await (producer.commit_transaction() if commit else producer.abort_transaction())
    await producer.stop()
    return cluster.log.identity_of(producer)


async def _last(cluster: Cluster, inquiry: Any) -> LastTransaction:
    last: LastTransaction = await inquiry.last(cluster.log.topic("a.0"))
    return last


async def _ended(cluster: Cluster, inquiry: Any) -> LastTransaction:
    """Once its markers are written."""
    async with asyncio.timeout(WITHIN_S):
        while (last := await _last(cluster, inquiry)).state in (*ENDING, ONGOING):
            await asyncio.sleep(0.02)
    return last
