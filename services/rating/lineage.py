"""Which usage records are behind a sum, packed: where each lies in the log of usage.

A group is the records of one event: usage partition (2 bytes), its seq (8), how many records (2), the index of each
(2), all little-endian. Groups are appended one after the other.

    >>> packed = pack(3, 1842, [17, 18])
    >>> len(packed), [citation(*position) for position in unpack(packed)]
    (16, ['usage/3/1842#17', 'usage/3/1842#18'])
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

_HEAD: Final = struct.Struct("<HQH")
_ONE: Final = struct.Struct("<HQHH")
_COUNT_AT: Final = 10
ONE_BYTES: Final = _ONE.size
"""A group of one record."""


class RecordPosition(NamedTuple):
    """A usage record: `record` is its index in the `UsageRecorded` numbered `seq` in a partition of usage."""

    partition: int
    seq: int
    record: int


def pack(partition: int, seq: int, indexes: Sequence[int]) -> bytes:
    """One group; at most 65,535 records, each index below 65,536."""
    count = len(indexes)
    if count == 1:
        # Lines report in turn, so most groups have one record; the general way takes four times as long.
        return _ONE.pack(partition, seq, 1, indexes[0])
    return struct.pack(f"<HQH{count}H", partition, seq, count, *indexes)


class Group(NamedTuple):
    """How many records a group has, and where it ends in what is packed."""

    records: int
    end: int


def groups(packed: bytes) -> Iterator[Group]:
    """All groups, in the order they were appended."""
    end = 0
    while end < len(packed):
        _, _, count = _HEAD.unpack_from(packed, end)
        end += _HEAD.size + 2 * count
        yield Group(count, end)


def all_single(packed: bytes) -> bool:
    """Whether each group has one record: nearly always, and so known at once.

    The first group is as long as its count says; where that is one, the next begins behind it, and so on.
    """
    count, rest = divmod(len(packed), ONE_BYTES)
    if rest:
        return False
    low, high = packed[_COUNT_AT::ONE_BYTES], packed[_COUNT_AT + 1 :: ONE_BYTES]
    return low.count(1) == count and high.count(0) == count


def unpack(packed: bytes) -> Iterator[RecordPosition]:
    """The records of all groups, in the order they were appended."""
    offset = 0
    while offset < len(packed):
        partition, seq, count = _HEAD.unpack_from(packed, offset)
        offset += _HEAD.size
        for record in struct.unpack_from(f"<{count}H", packed, offset):
            yield RecordPosition(partition, seq, record)
        offset += 2 * count


def citation(partition: int, seq: int, record: int) -> str:
    """How a usage record is named outside."""
    return f"usage/{partition}/{seq}#{record}"
