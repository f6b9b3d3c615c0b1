"""Where a reader stands, and what it is told when the log is not there any more."""

from __future__ import annotations

import asyncio

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import IllegalStateError, NoOffsetForPartitionError, OffsetOutOfRangeError

from tests.contracts.log.clusters import Cluster, end_after_commit, put, read, values_after_commit
from tests.kit.waiting import WITHIN_S


async def test_plain_sends_are_seen_at_once_in_order(cluster: Cluster) -> None:
    tp = await cluster.create("a.commands")
    producer = await cluster.log.idempotent_producer()
    assert await put(producer, tp, b"1", b"2", b"3") == [0, 1, 2]
    assert await values_after_commit(cluster, tp, 3) == [b"1", b"2", b"3"]
    await producer.stop()


async def test_key_headers_and_place_of_a_record_arrive_as_they_were_sent(cluster: Cluster) -> None:
    tp = TopicPartition((await cluster.create("a.commands", partitions=2)).topic, 1)
    producer = await cluster.log.idempotent_producer()
    sent = await producer.send_and_wait(tp.topic, b"v", key=b"k", partition=1, headers=[("seq", b"7"), ("actor", b"x")])
    assert (sent.topic, sent.partition, sent.offset) == (tp.topic, 1, 0)
    [record] = await read(cluster, tp)
    assert (record.topic, record.partition, record.offset) == (tp.topic, 1, 0)
    assert (record.key, record.value, list(record.headers)) == (b"k", b"v", [("seq", b"7"), ("actor", b"x")])
    await producer.stop()


async def test_where_to_read_is_always_said_and_each_assign_forgets_it(cluster: Cluster) -> None:
    tp = await cluster.create("a.events")
    producer, reader = await cluster.log.idempotent_producer(), await cluster.log.reader()
    await put(producer, tp, b"1", b"2")
    reader.assign([tp])
    reader.seek(tp, 1)
    assert await reader.position(tp) == 1
    reader.assign([tp])
    with pytest.raises(NoOffsetForPartitionError):
        async with asyncio.timeout(WITHIN_S):
            while True:
                await reader.getmany(tp, timeout_ms=100)
    with pytest.raises(IllegalStateError):
        reader.seek(TopicPartition(tp.topic, 1), 0)
    for client in (producer, reader):
        await client.stop()


async def test_a_paused_partition_gives_nothing_until_it_is_resumed(cluster: Cluster) -> None:
    tp = await cluster.create("a.events")
    producer, reader = await cluster.log.idempotent_producer(), await cluster.log.reader()
    await put(producer, tp, b"1")
    reader.assign([tp])
    reader.seek(tp, 0)
    reader.pause(tp)
    assert await reader.getmany(tp, timeout_ms=200) == {}
    reader.resume(tp)
    record = await asyncio.wait_for(reader.getone(tp), 10)
    assert (record.value, await reader.position(tp)) == (b"1", 1)
    assert await reader.getmany(tp, timeout_ms=50) == {}
    for client in (producer, reader):
        await client.stop()


async def test_a_waiting_reader_is_given_what_arrives_meanwhile(cluster: Cluster) -> None:
    tp = await cluster.create("a.events")
    producer, reader = await cluster.log.idempotent_producer(), await cluster.log.reader()
    reader.assign([tp])
    reader.seek(tp, 0)
    waiting = asyncio.create_task(reader.getmany(tp, timeout_ms=10_000))
    await asyncio.sleep(0.05)
    await put(producer, tp, b"1")
    fetched = await waiting
    assert [record.value for record in fetched[tp]] == [b"1"]
    for client in (producer, reader):
        await client.stop()


async def test_no_more_than_asked_for_is_given_and_nothing_is_skipped(cluster: Cluster) -> None:
    tp = await cluster.create("a.events")
    producer, reader = await cluster.log.idempotent_producer(), await cluster.log.reader()
    await put(producer, tp, *(str(n).encode() for n in range(7)))
    reader.assign([tp])
    reader.seek(tp, 0)
    seen: list[bytes | None] = []
    async with asyncio.timeout(WITHIN_S):
        while len(seen) < 7:
            for records in (await reader.getmany(tp, timeout_ms=500, max_records=3)).values():
                assert len(records) <= 3
                seen += [record.value for record in records]
    assert seen == [b"0", b"1", b"2", b"3", b"4", b"5", b"6"]
    for client in (producer, reader):
        await client.stop()


async def test_retention_takes_the_head_and_leaves_every_offset(cluster: Cluster) -> None:
    tp = await cluster.create("a.commands")
    producer, reader = await cluster.log.idempotent_producer(), await cluster.log.reader()
    await put(producer, tp, b"0", b"1", b"2")
    await cluster.forget_before(tp, 2)
    assert await reader.beginning_offsets([tp]) == {tp: 2}
    assert await end_after_commit(reader, tp, 3) == 3
    assert [(record.offset, record.value) for record in await read(cluster, tp, start=2)] == [(2, b"2")]
    reader.assign([tp])
    reader.seek(tp, 0)
    with pytest.raises(OffsetOutOfRangeError):
        async with asyncio.timeout(WITHIN_S):
            while True:
                await reader.getmany(tp, timeout_ms=100)
    for client in (producer, reader):
        await client.stop()
