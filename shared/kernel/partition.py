"""Which partition a key lives in: murmur2 as the Java client computes it, so any Kafka tool finds the same place.

>>> partition_of("acc-1", 4)
1
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

_MASK = 0xFFFFFFFF
_M = 0x5BD1E995


@lru_cache(maxsize=65_536)
def partition_of(key: str, partitions: int) -> int:
    """Partition of `key` among `partitions` (≥ 1): murmur2 of its UTF-8 bytes, sign bit cleared, modulo."""
    return (murmur2(key.encode()) & 0x7FFFFFFF) % partitions


def pages_here(
    keys: Sequence[str] | None, partition: int, partitions: int, *, size: int
) -> Iterator[tuple[int, bool, list[str] | None]]:
    """`(page, is the last, keys)` of those that live in the partition; without any an empty page, which says so.

    `None` stands for all keys, which are not known here: the first page of them.
    """
    if keys is None:
        yield 0, False, None
        return
    here = [key for key in keys if partition_of(key, partitions) == partition]
    for start in range(0, max(len(here), 1), size):
        yield start // size, start + size >= len(here), here[start : start + size]


def murmur2(data: bytes) -> int:
    """Kafka's variant of MurmurHash2 (seed 0x9747b28c), as an unsigned 32-bit number."""
    length = len(data)
    h = 0x9747B28C ^ length
    whole = length & ~3
    for i in range(0, whole, 4):
        k = int.from_bytes(data[i : i + 4], "little") * _M & _MASK
        k = (k ^ (k >> 24)) * _M & _MASK
        h = (h * _M & _MASK) ^ k
    if whole < length:
        h = (h ^ int.from_bytes(data[whole:], "little")) * _M & _MASK
    h = (h ^ (h >> 13)) * _M & _MASK
    return h ^ (h >> 15)
