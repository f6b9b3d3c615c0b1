"""Batches as strangers write them: read to the end, or said to be unreadable; never a reader that stands still."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from typing import Any

import cramjam
import pytest
from aiokafka import TopicPartition
from aiokafka.consumer import fetcher
from aiokafka.errors import CorruptRecordException

from bench.fuzz.raw_kafka import batch, record
from shared.engine import batches
from shared.engine.batches import UnreadableBatch, read_any_batch

OURS = TopicPartition("local.usage.events", 0)
THEIRS = TopicPartition("local.usage.reported", 0)


@pytest.fixture(autouse=True)
def installed() -> None:
    read_any_batch()


def read(data: bytes, tp: TopicPartition = THEIRS, *, offset: int = 0, aborted: Any = ()) -> Iterator[Any]:
    """The records of one fetch, as the consumer gets them (checksums compared, read committed)."""
    fetched = fetcher.MemoryRecords(data)
    assert fetched.has_next()
    records: Iterator[Any] = fetcher.PartitionRecords(tp, fetched, aborted, offset, None, None, True, 1)
    return records


def three() -> list[bytes]:
    bad = record(b"two", headers=[(b"tr\xffce", b"x"), (b"none", None)], delta=1)
    return [record(b"one", delta=0), bad, record(b"three", key=None, delta=2)]


def test_a_header_whose_name_is_no_text_has_a_name_all_the_same() -> None:
    data = batch(three(), base=7) + batch([record(b"four")], base=10)
    for tp in (OURS, THEIRS):
        found = list(read(data, tp, offset=7))
        assert [(r.offset, r.value) for r in found] == [(7, b"one"), (8, b"two"), (9, b"three"), (10, b"four")]
        assert found[1].headers == (("tr\\xffce", b"x"), ("none", None))


def test_reading_goes_on_where_it_was() -> None:
    records = read(batch(three(), base=7) + batch([record(b"four")], base=10), offset=9)
    assert [(r.offset, r.value) for r in records] == [(9, b"three"), (10, b"four")]
    assert records.next_fetch_offset == 11  # type: ignore[attr-defined]


def test_an_aborted_transaction_stays_unread_by_the_careful_reader() -> None:
    data = batch(three(), base=0) + batch(three(), base=3, producer=5, transactional=True) + batch(three(), base=6)
    assert [r.offset for r in read(data, aborted=[(5, 3)])] == [0, 1, 2, 6, 7, 8]


def test_what_was_read_before_is_not_read_again_by_the_careful_reader() -> None:
    good = [record(b"a"), record(b"b", delta=1)]
    for codec, pack in ((0, bytes), (4, lambda data: bytes(cramjam.zstd.compress(data)))):
        data = batch(good, codec=codec, pack=pack) + batch(good, base=2, codec=codec, pack=pack)
        data += batch(three(), base=4, codec=codec, pack=pack) + batch(good, base=7, codec=codec, pack=pack)
        assert [r.offset for r in read(data)] == list(range(9))


def test_a_transaction_aborted_before_does_not_hide_the_next_one() -> None:
    """Both of one producer; the end of the first lies in what the fast reader has read."""
    aborted = batch([record(b"never")], producer=5, transactional=True)
    marker = record(bytes(6), key=bytes(4))
    end = batch([marker], base=1, producer=5, transactional=True, control=True)
    committed = batch(three(), base=2, producer=5, transactional=True)
    assert [r.offset for r in read(aborted + end + committed, aborted=[(5, 0)])] == [2, 3, 4]


def snappy_frames(data: bytes) -> bytes:
    block = bytes(cramjam.snappy.compress_raw(data))
    return b"\x82SNAPPY\x00" + (1).to_bytes(4) * 2 + len(block).to_bytes(4) + block


PACKED: list[tuple[int, Callable[[bytes], bytes]]] = [
    (1, gzip.compress),
    (1, lambda data: gzip.compress(data[:5]) + gzip.compress(data[5:]) + b"left over"),
    (2, lambda data: bytes(cramjam.snappy.compress_raw(data))),
    (2, snappy_frames),
    (3, lambda data: bytes(cramjam.lz4.compress(data))),
    (4, lambda data: bytes(cramjam.zstd.compress(data))),
]


@pytest.mark.parametrize(("codec", "pack"), PACKED)
def test_every_compression_of_the_protocol_is_read(codec: int, pack: Callable[[bytes], bytes]) -> None:
    plain = [record(b"one"), record(b"two", delta=1, headers=[(b"a", None)])]
    for records in (plain, three()):
        data = batch(records, base=4, codec=codec, pack=pack)
        assert [r.value for r in read(data, offset=4)] == [b"one", b"two", b"three"][: len(records)]


@pytest.mark.parametrize(("codec", "pack"), [PACKED[0], *PACKED[2:]])
def test_a_bomb_is_one_unreadable_record_and_the_next_batch_is_read(
    codec: int, pack: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "UNPACKED_BYTES_MAX", 1_000_000)
    bomb = batch([record(bytes(1_000_001)), record(b"", delta=1)], base=4, codec=codec, pack=pack)
    found, after = read(bomb + batch([record(b"after")], base=6), offset=4)
    assert (found.offset, type(found.value), bytes(found.value)) == (4, UnreadableBatch, bomb)
    assert (after.offset, after.value) == (6, b"after")
    with pytest.raises(CorruptRecordException):
        list(read(bomb, OURS, offset=4))


@pytest.mark.parametrize("codec", [1, 2, 3, 4, 5, 7])
@pytest.mark.parametrize("content", [b"", b"no such thing", b"\x1f\x8b", b"\x28\xb5\x2f\xfd\x00", b"\xff" * 100])
def test_what_is_no_compressed_batch_is_one_unreadable_record(codec: int, content: bytes) -> None:
    data = batch([b""], base=4, codec=codec, pack=lambda _: content)
    found, after = read(data + batch([record(b"after")], base=5), offset=4)
    assert type(found.value) is UnreadableBatch
    assert found.value.why
    assert after.value == b"after"


def test_a_broken_record_leaves_those_before_it() -> None:
    good = record(b"one")
    for broken in (good[:-1], b"", b"\x02", b"\xff" * 12, good[:1] + b"\xff" * 30):
        first, rest, after = read(batch([good, broken], base=4) + batch([record(b"after")], base=6), offset=4)
        assert (first.value, rest.offset, type(rest.value)) == (b"one", 5, UnreadableBatch)
        assert (bytes(rest.value), after.value) == (broken, b"after")


def test_a_changed_checksum_is_a_fault_and_never_skipped() -> None:
    data = bytearray(batch([record(b"one")]))
    data[-3] ^= 1
    with pytest.raises(CorruptRecordException):
        list(read(bytes(data)))
