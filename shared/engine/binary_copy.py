"""Rows in the binary format of COPY, for tables that thousands of rows a batch go into: bytes that are ready, and no
object for a row or a value that repeats.

    await copy_binary(connection, "usage_record", ("partition", "seq", "id"), [rows(3, int4(3) + int8(1842), ids)])

A field is its length and its bytes. `rows` puts what is the same in every row before the fields of the others, one list
for each column, so the columns of the COPY come in that order.
"""

from __future__ import annotations

import struct
from collections.abc import AsyncIterator, Iterable, Sequence
from functools import lru_cache
from itertools import chain, repeat
from typing import Final

from shared.engine.postgres import Connection

NULL: Final = b"\xff\xff\xff\xff"
_HEAD: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END: Final = b"\xff\xff"
# Postgres counts from the beginning of 2000.
_EPOCH_US: Final = 946_684_800_000_000
_NEGATIVE: Final = 0x4000
_NUMERIC_BASE: Final = 10_000

_length = struct.Struct(">i").pack
_int4 = struct.Struct(">ii").pack
_int8 = struct.Struct(">iq").pack


def int4(value: int) -> bytes:
    return _int4(4, value)


def int8(value: int) -> bytes:
    return _int8(8, value)


def instant(micros: int) -> bytes:
    """A timestamptz, from microseconds since 1970."""
    return _int8(8, micros - _EPOCH_US)


def text(value: str | None) -> bytes:
    if value is None:
        return NULL
    data = value.encode()
    return _length(len(data)) + data


def numeric(value: int | None) -> bytes:
    """A numeric without decimals, however large."""
    if value is None:
        return NULL
    digits: list[int] = []
    rest = abs(value)
    while rest:
        rest, digit = divmod(rest, _NUMERIC_BASE)
        digits.append(digit)
    count = len(digits)
    sign = _NEGATIVE if value < 0 else 0
    return struct.pack(f">ihhHh{count}h", 8 + 2 * count, count, max(count - 1, 0), sign, 0, *reversed(digits))


def numerics(values: Sequence[int]) -> list[bytes]:
    """A column of them: what equipment counts repeats."""
    known = {value: numeric(value) for value in set(values)}
    return list(map(known.__getitem__, values))


def texts(values: Iterable[str]) -> list[bytes]:
    """A column of them."""
    return [_length(len(data)) + data for data in [value.encode() for value in values]]


def places(count: int) -> Sequence[bytes]:
    """`int4` of 0, 1, 2, … of so many rows."""
    return _places(count.bit_length())[:count]


@lru_cache(maxsize=16)
def _places(bits: int) -> list[bytes]:
    return [int4(place) for place in range(1 << bits)]


def rows(fields: int, alike: bytes, first: Sequence[bytes], *columns: Sequence[bytes] | repeat[bytes]) -> bytes:
    """Rows of so many fields: those that are `alike` in all of them, and then one of each column."""
    head = repeat(fields.to_bytes(2, "big") + alike, len(first))
    return b"".join(chain.from_iterable(zip(head, first, *columns, strict=True)))


async def copy_binary(connection: Connection, table: str, columns: Sequence[str], parts: Iterable[bytes]) -> None:
    """One COPY of the rows of all parts, each sent by itself."""
    await connection.copy_to_table(table, source=_sent(parts), columns=columns, format="binary")


async def _sent(parts: Iterable[bytes]) -> AsyncIterator[bytes]:
    """A file would be kept until the garbage collector comes: asyncpg makes a class for each that it reads."""
    yield _HEAD
    for part in parts:
        yield part
    yield _END
