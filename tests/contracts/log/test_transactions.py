"""What the commit protocol builds on: all of a transaction or nothing, and one writer at a time."""

from __future__ import annotations

import asyncio

import pytest
from aiokafka.errors import MessageSizeTooLargeError, ProducerFenced

from tests.contracts.log.clusters import Cluster, committed, end_after_commit, put, read, values, values_after_commit
from tests.kit.waiting import WITHIN_S


async def test_a_committed_transaction_is_seen_with_all_its_records_and_moves_its_offsets(cluster: Cluster) -> None:
    events, inputs = await cluster.create("a.events"), await cluster.create("a.commands")
    producer = await cluster.log.transactional_producer("a.0")
    await producer.begin_transaction()
    await put(producer, events, b"1", b"2")
    await producer.send_offsets_to_transaction({inputs: 7}, cluster.log.topic("a"))
    assert await values(cluster, events) == []
    await producer.commit_transaction()
    assert await values_after_commit(cluster, events, 2) == [b"1", b"2"]
    assert await committed(cluster, "a", inputs) == 7
    await producer.stop()


async def test_aborted_sends_are_invisible_and_their_offsets_do_not_move(cluster: Cluster) -> None:
    events, inputs = await cluster.create("a.events"), await cluster.create("a.commands")
    producer = await cluster.log.transactional_producer("a.0")
    await producer.begin_transaction()
    await put(producer, events, b"no")
    await producer.send_offsets_to_transaction({inputs: 7}, cluster.log.topic("a"))
    await producer.abort_transaction()
    await producer.begin_transaction()
    offsets = await put(producer, events, b"yes")
    await producer.commit_transaction()
    assert await values_after_commit(cluster, events, 1) == [b"yes"]
    assert offsets == [2], "the aborted record and its marker keep their offsets"
    assert await committed(cluster, "a", inputs) is None
    await producer.stop()


async def test_a_commit_marker_takes_an_offset_so_a_position_is_no_count(cluster: Cluster) -> None:
    """Hence `next_offset` is the last applied event's offset + 1, never `position()`."""
    events = await cluster.create("a.events")
    producer = await cluster.log.transactional_producer("a.0")
    for text in (b"1", b"2"):
        await producer.begin_transaction()
        await put(producer, events, text)
        await producer.commit_transaction()
    assert [record.offset for record in await read(cluster, events)] == [0, 2]
    reader = await cluster.log.reader()
    assert await end_after_commit(reader, events, 4) == 4
    reader.assign([events])
    reader.seek(events, 0)
    async with asyncio.timeout(WITHIN_S):
        while await reader.position(events) < 4:
            await reader.getmany(events, timeout_ms=100)
    await reader.stop()
    await producer.stop()


async def test_an_open_transaction_holds_back_every_committed_reader_of_its_partitions(cluster: Cluster) -> None:
    """The last stable offset stands before its first record, whoever wrote what is behind it."""
    events = await cluster.create("a.events")
    slow, quick = await cluster.log.transactional_producer("a.0"), await cluster.log.idempotent_producer()
    await put(quick, events, b"before")
    await slow.begin_transaction()
    await put(slow, events, b"slow")
    await put(quick, events, b"behind")
    reader = await cluster.log.reader()
    assert await end_after_commit(reader, events, 1) == 1
    assert await values_after_commit(cluster, events, 1) == [b"before"]
    await slow.commit_transaction()
    assert await end_after_commit(reader, events, 4) == 4
    assert await values_after_commit(cluster, events, 3) == [b"before", b"slow", b"behind"]
    for client in (reader, slow, quick):
        await client.stop()


async def test_a_successor_fences_its_predecessor_and_settles_its_open_transaction(cluster: Cluster) -> None:
    events, inputs = await cluster.create("a.events"), await cluster.create("a.commands")
    zombie = await cluster.process().transactional_producer("a.0")
    await zombie.begin_transaction()
    await put(zombie, events, b"torn")
    await zombie.send_offsets_to_transaction({inputs: 7}, cluster.log.topic("a"))
    successor = await cluster.process().transactional_producer("a.0")
    reader = await cluster.log.reader()
    assert await end_after_commit(reader, events, 2) == 2, "nothing is held back any more"
    with pytest.raises(ProducerFenced):
        await zombie.commit_transaction()
    await successor.begin_transaction()
    await put(successor, events, b"whole")
    await successor.commit_transaction()
    assert await values_after_commit(cluster, events, 1) == [b"whole"]
    assert await committed(cluster, "a", inputs) is None
    for client in (reader, successor):
        await client.stop()


async def test_fencing_concerns_one_transactional_id(cluster: Cluster) -> None:
    events = await cluster.create("a.events")
    first, other = await cluster.log.transactional_producer("a.0"), await cluster.log.transactional_producer("a.1")
    await first.begin_transaction()
    await put(first, events, b"1")
    await other.begin_transaction()
    await put(other, events, b"2")
    await other.commit_transaction()
    await first.commit_transaction()
    assert await values_after_commit(cluster, events, 2) == [b"1", b"2"]
    for client in (first, other):
        await client.stop()


async def test_a_refused_send_fails_its_own_future_and_nothing_else(cluster: Cluster) -> None:
    """The transaction commits and the input's offset moves: whoever does not await each future loses the event."""
    events, inputs = await cluster.create("a.events", message_bytes_max=1000), await cluster.create("a.commands")
    producer = await cluster.log.transactional_producer("a.0")
    await producer.begin_transaction()
    await put(producer, events, b"small")
    refused = await producer.send(events.topic, b"x" * 5000, partition=0)
    with pytest.raises(MessageSizeTooLargeError):
        await refused
    await producer.send_offsets_to_transaction({inputs: 7}, cluster.log.topic("a"))
    await producer.commit_transaction()
    assert await values_after_commit(cluster, events, 1) == [b"small"]
    assert await committed(cluster, "a", inputs) == 7
    await producer.stop()


async def test_a_transaction_left_open_is_aborted_by_the_broker(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("shared.engine.log", "tests.kit.memory_log.log"):
        monkeypatch.setattr(f"{module}.TRANSACTION_TIMEOUT_MS", 500)
    events = await cluster.create("a.events")
    hanging = await cluster.process().transactional_producer("a.0")
    await hanging.begin_transaction()
    await put(hanging, events, b"torn")
    reader = await cluster.log.reader()
    async with asyncio.timeout(WITHIN_S):
        while await reader.end_offsets([events]) != {events: 2}:
            await cluster.pass_time(0.25)
    with pytest.raises(ProducerFenced):
        await hanging.commit_transaction()
    assert await values(cluster, events) == []
    await reader.stop()
