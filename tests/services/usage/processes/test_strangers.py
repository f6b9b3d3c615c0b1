"""Whatever a stranger puts into a message, intake goes on: on real Kafka, with batches that no client library makes."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from typing import Any

import cramjam
import msgspec
import pytest
from aiokafka import ConsumerRecord, TopicPartition

from bench.fuzz.raw_kafka import RawKafka, batch, record
from services.usage.formats.contract import Undecodable
from services.usage.processes import reported_message
from services.usage.record.batching import CommandBatcher
from tests.kit.waiting import until
from tests.services.usage.test_service import Usage, read_all
from tests.services.usage.test_service import record as usage_record
from tests.services.usage.undecodable.test_dead_letters import of_source

pytestmark = pytest.mark.servers

Made = Callable[[bytes], bytes]


def zstd(data: bytes) -> bytes:
    return bytes(cramjam.zstd.compress(data))


# A message by what is odd about it, made around a good record; and whether that record is counted.
STRANGE: dict[str, tuple[Made, bool]] = {
    "a header without a value": (lambda good: batch([record(good, headers=[(b"trace", None)])]), True),
    "a header without a value on a dead letter": (lambda _: batch([record(b"{", headers=[(b"a", None)])]), False),
    "a header's name that is no text": (lambda good: batch([record(good, headers=[(b"tr\xffce", b"1")])]), True),
    "the same in a compressed batch": (
        lambda good: batch([record(good, headers=[(b"\xc3", b"")])], codec=4, pack=zstd),
        True,
    ),
    "a header's value that is no text": (lambda good: batch([record(good, headers=[(b"ce_id", b"\xff")])]), True),
    "a header's name as long as a message": (lambda _: batch([record(b"{", headers=[(b"n" * 1_000_000, b"")])]), False),
    "headers that have our names": (
        lambda _: batch([record(b"{", headers=[(b"truncated-from-bytes", None), (b"input", b"\xff")])]),
        False,
    ),
    "a thousand headers at the size limit": (
        lambda good: batch([record(good.ljust(1_048_576), headers=[(b"h%d" % n, b"v" * 900) for n in range(1000)])]),
        True,
    ),
    "[1e400": (lambda _: batch([record(b"[1e400")]), False),
    "a tombstone": (lambda _: batch([record(None, key=None)]), False),
    "nothing but a line": (lambda _: batch([record(b"\n")]), False),
    "a bomb": (lambda _: batch([record(bytes(70_000_000))], codec=4, pack=zstd), False),
    "gzip with something behind it": (
        lambda good: batch([record(good)], codec=1, pack=lambda data: gzip.compress(data) + b"behind"),
        True,
    ),
    "brackets without end": (lambda _: batch([record(b"[" * 500_000)]), False),
    "a binary event with a deep body": (
        lambda _: batch([record(b'{"a":' * 9999, headers=[(b"ce_specversion", b"1.0")])]),
        False,
    ),
    "a place to be requeued from that is nowhere": (
        lambda good: batch([record(good, headers=[(b"requeued-from", b"999999/999999999999999999/99999")])]),
        True,
    ),
}


async def recorded(usage: Usage, source: str) -> set[str]:
    return {id for id, state in await of_source(usage, source) if state == "recorded"}


async def test_no_message_of_a_stranger_stops_intake_and_none_is_lost(usage: Usage) -> None:
    bootstrap = usage.kafka.settings.kafka_options()["bootstrap_servers"]
    raw = RawKafka(bootstrap.split(",")[0])
    topic = usage.kafka.topic("usage.reported")
    counted, buried = set(), 0
    for number, (make, is_counted) in enumerate(STRANGE.values()):
        good = msgspec.json.encode(usage_record(number, source="strange"))
        await asyncio.to_thread(raw.produce, topic, number % 4, make(good))
        counted |= {f"r{number}"} if is_counted else set()
        buried += not is_counted
        # In the batch behind it, of the same partition.
        behind = msgspec.json.encode(usage_record(number, source="behind"))
        await asyncio.to_thread(raw.produce, topic, number % 4, batch([record(behind)]))
    raw.close()
    async with asyncio.timeout(60):
        while len(await of_source(usage, "behind")) < len(STRANGE):
            await asyncio.sleep(0.1)
    # A record of the same message goes to a usage partition of its own, which may be later than the one behind it.
    await until(lambda: recorded(usage, "strange"), lambda found: found >= counted)
    assert await recorded(usage, "strange") == counted
    dead = await read_all(usage.kafka, "usage.dead")
    assert len(dead) == buried
    for letter in dead:
        assert dict(letter.headers)["input"].startswith(topic.encode())
    assert any(letter.value.startswith(b"\x00") and len(letter.value) < 10_000 for letter in dead), "the bomb, packed"


@pytest.mark.parametrize("status", ["accounting_off", "accounting_on"])
async def test_a_nas_that_says_nothing_but_that_it_is_on_or_off_is_heard_and_intake_goes_on_r28(
    usage: Usage, status: str
) -> None:
    topic = usage.kafka.topic("usage.reported")
    signal = {**usage_record(0, source=f"{status} alone"), "kind": "session", "status": status, "quantity": "0"}
    await usage.producer.send_and_wait(topic, msgspec.json.encode(signal), partition=1)
    await until_committed(usage, TopicPartition(topic, 1))
    behind = usage_record(1, source=f"behind {status}")
    await usage.producer.send_and_wait(topic, msgspec.json.encode(behind), partition=1)
    await until(lambda: recorded(usage, f"behind {status}"), bool)


async def test_an_aborted_transaction_is_not_counted_and_intake_says_that_it_stands_at_the_end(usage: Usage) -> None:
    topic = usage.kafka.topic("usage.reported")
    producer = await usage.kafka.transactional_producer("a-stranger")
    try:
        for number, end in enumerate((producer.commit_transaction, producer.abort_transaction)):
            await producer.begin_transaction()
            body = msgspec.json.encode([usage_record(number, source="transaction")])
            await producer.send_and_wait(topic, body, partition=2)
            await end()
    finally:
        await producer.stop()
    await until_committed(usage, TopicPartition(topic, 2))
    assert await of_source(usage, "transaction") == [("r0", "recorded")]


async def until_committed(usage: Usage, tp: TopicPartition) -> None:
    """Until the group of intake says that it has read the partition to its end, markers of transactions included."""
    member = usage.kafka.member("usage.intake")
    await member.start()
    try:
        (end,) = (await member.end_offsets([tp])).values()
        member.assign([tp])
        async with asyncio.timeout(30):
            while await member.committed(tp) != end:
                await asyncio.sleep(0.1)
    finally:
        await member.stop()


# -- a bug of ours -----------------------------------------------------------------------------------------------------


def reported(value: bytes) -> ConsumerRecord[Any, Any]:
    return ConsumerRecord("local.usage.reported", 2, 7, 0, 1, None, value, None, -1, len(value), ())


def test_a_bug_in_a_format_buries_the_message_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(body: bytes, headers: object) -> list[object]:
        raise ZeroDivisionError

    monkeypatch.setattr(reported_message, "parse", broken)
    batcher = CommandBatcher(partitions=4, reported_partition=2)
    ((position, dead),) = reported_message.read_message(reported(b"{}"), batcher)
    assert (position, dead.data, list(batcher.commands())) == (7 * 16_384, b"{}", [])
    assert "ZeroDivisionError" in dead.detail


def test_a_bug_in_admission_buries_the_piece_that_met_it_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    add = CommandBatcher.add

    def broken(batcher: CommandBatcher, item: Any, position: int, id_without: str) -> Any:
        if item.id == "r1":
            raise RecursionError
        return add(batcher, item, position, id_without)

    monkeypatch.setattr(CommandBatcher, "add", broken)
    batcher = CommandBatcher(partitions=4, reported_partition=2)
    records = [usage_record(n) for n in range(3)]
    ((position, dead),) = reported_message.read_message(reported(msgspec.json.encode(records)), batcher)
    assert isinstance(dead, Undecodable)
    assert (position, dead.data) == (7 * 16_384 + 1, msgspec.json.encode(records[1]))
    assert sorted(r.id for _, command in batcher.commands() for r in command.records) == ["r0", "r2"]


def test_what_is_refused_for_its_bounds_keeps_its_very_bytes() -> None:
    batcher = CommandBatcher(partitions=4, reported_partition=2)
    bad = b'{"source":"olt-12" , "resource":"r","meter":"m","quantity":"-1.0","started_at":"2026-11-23T01:00:00Z"}'
    assert reported_message.read_message(reported(b"[" + bad + b"]"), batcher) == []
    ((_, command),) = batcher.commands()
    ((_, aside),) = command.refused
    assert (aside.raw, aside.source, aside.id) == (bad.decode(), "olt-12", "reported/2/7#0")
