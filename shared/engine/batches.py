"""Record batches as any client may write them, read so that none of them stops a reader.

aiokafka reads a header's name as strict UTF-8, unpacks a compressed batch whatever it may grow to, and stands still at
a batch that it can't read. Brokers take such batches: the protocol checks neither names nor sizes. Here:

    a header named b"tr\\xff"                     is named "tr\\\\xff"
    a batch that unpacks to more than 64 MiB     on usage.reported: one record, its value an `UnreadableBatch`
    bytes that are no compressed records         the same
    either of these on a topic of our own        raises: only our services write there
    a wrong checksum                             raises: the disk or the network has changed it

Records that aiokafka can read come out of its own code, at its speed; only from the first that it can't read on, to the
end of that fetch, is the slower reader here at work. (docs/decisions/0016.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, final

import cramjam
from aiokafka.consumer import fetcher
from aiokafka.errors import CorruptRecordException
from aiokafka.record.default_records import DefaultRecordBatch
from aiokafka.record.memory_records import MemoryRecords
from aiokafka.record.util import decode_varint

from shared.engine.topics import UNTRUSTED
from shared.kernel.unpacking import Bomb, NotPacked, gunzipped, unpack_into

UNPACKED_BYTES_MAX: Final = 64 * 1024 * 1024
"""Twenty times what a batch of the largest size holds when packed well; more is an attack or an accident."""

# Of a batch: base offset 8, length 4, leader epoch 4, magic 1, checksum 4, attributes 2, last offset delta 4, ...
_LENGTH_AT: Final = 8
_LENGTH_END: Final = 12
_ATTRIBUTES_AT: Final = 21
_COUNT_AT: Final = 57
_HEADER_BYTES: Final = 61
_CODEC_MASK: Final = 0x07
_XERIAL: Final = b"\x82SNAPPY\x00"
_XERIAL_BYTES: Final = 16

_Theirs: Final = fetcher.PartitionRecords
# What aiokafka raises for a record that it can't read; a name that is not UTF-8 is a `ValueError`.
_UNREADABLE: Final = (CorruptRecordException, ValueError, IndexError)


@final
class UnreadableBatch(bytes):
    """The bytes of a batch, or of its rest, that holds no readable records."""

    why: str = ""


@final
class NoRecords(Exception):
    """What a batch holds can't be unpacked; the message says why."""


def read_any_batch() -> None:
    """Have every consumer of this process read so. aiokafka takes both classes from this module, and has no option."""
    fetcher.MemoryRecords = _Fetched
    fetcher.PartitionRecords = _PartitionRecords


@final
class _Fetched:
    """The bytes of one partition in a fetch, as aiokafka asks for them."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._records = MemoryRecords(data)
        self.has_next: Callable[[], bool] = self._records.has_next
        self.size_in_bytes: Callable[[], int] = self._records.size_in_bytes


@final
class _PartitionRecords:
    """An iterator over the records of one partition in a fetch; offsets, checksums and transactions are aiokafka's."""

    def __init__(self, tp: Any, records: _Fetched, aborted: Any, fetch_offset: int, *more: Any) -> None:
        untrusted = tp.topic.endswith(UNTRUSTED)
        self._read: Callable[[int, bool], Any] = lambda offset, carefully: _Theirs(
            tp, _Batches(records.data, offset, carefully=carefully, untrusted=untrusted), aborted, offset, *more
        )
        self._carefully = False
        self._theirs = self._read(fetch_offset, False)

    @property
    def next_fetch_offset(self) -> int:
        offset: int = self._theirs.next_fetch_offset
        return offset

    def __iter__(self) -> _PartitionRecords:
        return self

    def __next__(self) -> Any:
        try:
            return next(self._theirs)
        except _UNREADABLE:
            if self._carefully:
                raise
            self._carefully = True
            self._theirs = self._read(self.next_fetch_offset, True)
            return next(self._theirs)


@final
class _Batches:
    """The batches of a fetch, one after the other."""

    def __init__(self, data: bytes, offset: int, *, carefully: bool, untrusted: bool) -> None:
        self._data = memoryview(data)
        self._offset = offset
        self._batches = MemoryRecords(data)
        self._at = 0
        self._carefully = carefully
        self._untrusted = untrusted
        self.has_next: Callable[[], bool] = self._batches.has_next

    def next_batch(self) -> Any:
        batch = self._batches.next_batch()
        length = self._data[self._at + _LENGTH_AT : self._at + _LENGTH_END]
        start, self._at = self._at, self._at + _LENGTH_END + int.from_bytes(length)
        if not (self._carefully or batch.compression_type):
            return batch
        data = bytes(self._data[start : self._at])
        return _Batch(batch, data, self._offset, carefully=self._carefully, untrusted=self._untrusted)


@final
class _Batch:
    """A batch whose records are unpacked, and read if need be, by this module."""

    def __init__(self, batch: Any, data: bytes, offset: int, *, carefully: bool, untrusted: bool) -> None:
        self._batch = batch
        self._data = data
        self.next_offset = max(offset, batch.next_offset)
        """A batch that lies before `offset` was read by the fast reader, and reading does not go back behind it."""
        self._carefully = carefully
        self._untrusted = untrusted

    def __getattr__(self, name: str) -> Any:
        """What the batch says of itself: its offsets, its producer, its checksum."""
        return getattr(self._batch, name)

    def __next__(self) -> Any:
        """The one record of a control batch, which says how a transaction has ended."""
        return next(self._batch)

    def __iter__(self) -> Iterator[Any]:
        try:
            records = unpacked(self._batch.compression_type, self._data[_HEADER_BYTES:])
        except NoRecords as error:
            return iter([self._unreadable(self._data, 0, str(error))])
        if self._carefully:
            return self._read(records)
        plain: Iterator[Any] = iter(DefaultRecordBatch(_uncompressed(self._data, records)))
        return plain

    def _read(self, records: bytes) -> Iterator[Any]:
        at = 0
        count = int.from_bytes(self._data[_COUNT_AT:_HEADER_BYTES], signed=True)
        for index in range(count):
            try:
                record = _Record(records, at, self._batch)
            except (IndexError, ValueError) as error:
                yield self._unreadable(records[at:], index, f"its record {index} is broken: {error}")
                return
            at = record.end
            yield record

    def _unreadable(self, data: bytes, index: int, why: str) -> Any:
        if not self._untrusted:
            raise CorruptRecordException(f"the batch at {self._batch.base_offset} can't be read: {why}")
        value = UnreadableBatch(data)
        value.why = why
        return _Record.of(self._batch.base_offset + index, value)


@final
class _Record:
    """One record of a batch, in format 2: `ValueError` or `IndexError` if it is not one."""

    checksum = None

    def __init__(self, data: bytes, at: int, batch: Any) -> None:
        length, at = decode_varint(data, at)
        self.end = at + length
        at += 1  # attributes, of which there are none
        later, at = decode_varint(data, at)
        self.timestamp_type = batch.timestamp_type
        self.timestamp = batch.max_timestamp if batch.timestamp_type else batch.first_timestamp + later
        delta, at = decode_varint(data, at)
        self.offset = batch.base_offset + delta
        self.key, at = _bytes(data, at)
        self.value, at = _bytes(data, at)
        count, at = decode_varint(data, at)
        self.headers: list[tuple[str, bytes | None]] = []
        for _ in range(count):
            name, at = _bytes(data, at)
            value, at = _bytes(data, at)
            self.headers.append(((name or b"").decode(errors="backslashreplace"), value))
        if not 0 <= at == self.end <= len(data):
            raise ValueError(f"it ends at byte {at}, not at {self.end}")

    @classmethod
    def of(cls, offset: int, value: bytes) -> _Record:
        """A record that stands for what could not be read."""
        record = cls.__new__(cls)
        record.end, record.timestamp, record.timestamp_type, record.offset = 0, 0, 0, offset
        record.key, record.value, record.headers = None, value, []
        return record


def unpacked(codec: int, data: bytes) -> bytes:
    """The records of a batch. Raises `NoRecords`, at the latest when there would be more than `UNPACKED_BYTES_MAX`."""
    limit = UNPACKED_BYTES_MAX
    try:
        match codec:
            case 0:
                return data
            case 1:
                # What follows is left, as Java leaves it.
                return gunzipped(data, limit=limit)[0]
            case 2:
                return _unsnapped(data)
            case 3:
                return unpack_into(cramjam.lz4.decompress_into, data, limit=limit)
            case 4:
                return unpack_into(cramjam.zstd.decompress_into, data, limit=limit)
    except Bomb as error:
        raise NoRecords(f"it unpacks to more than {limit} bytes") from error
    except (NotPacked, cramjam.DecompressionError) as error:
        raise NoRecords(f"it can't be unpacked: {error}") from error
    raise NoRecords(f"the compression {codec} is not known")


def _unsnapped(data: bytes) -> bytes:
    """Snappy as it is, or in the frames that Java's library writes."""
    if data[: len(_XERIAL)] != _XERIAL:
        return _unsnapped_block(data, 0)
    found, at = bytearray(), _XERIAL_BYTES
    while at < len(data):
        size = int.from_bytes(data[at : at + 4])
        found += _unsnapped_block(data[at + 4 : at + 4 + size], len(found))
        at += 4 + size
    return bytes(found)


def _unsnapped_block(data: bytes, so_far: int) -> bytes:
    if so_far + cramjam.snappy.decompress_raw_len(data) > UNPACKED_BYTES_MAX:
        raise Bomb
    return bytes(cramjam.snappy.decompress_raw(data))


def _uncompressed(batch: bytes, records: bytes) -> bytes:
    """The batch as it would be without compression. Its checksum is the old one, which was compared before."""
    head = bytearray(batch[:_HEADER_BYTES])
    head[_LENGTH_AT:_LENGTH_END] = (len(records) + _HEADER_BYTES - _LENGTH_END).to_bytes(4)
    head[_ATTRIBUTES_AT + 1] &= ~_CODEC_MASK
    return bytes(head) + records


def _bytes(data: bytes, at: int) -> tuple[bytes | None, int]:
    length, at = decode_varint(data, at)
    if length < 0:
        return None, at
    if at + length > len(data):
        raise ValueError(f"it ends at byte {len(data)}, not at {at + length}")
    return bytes(data[at : at + length]), at + length
