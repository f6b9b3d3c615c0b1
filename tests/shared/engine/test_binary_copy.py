"""Rows as bytes: what Postgres reads of them is what was meant."""

from __future__ import annotations

import gc
import io
from datetime import UTC, datetime
from decimal import Decimal
from itertools import repeat

import asyncpg
import pytest

from shared.engine.binary_copy import (
    NULL,
    copy_binary,
    instant,
    int4,
    int8,
    numeric,
    numerics,
    places,
    rows,
    text,
    texts,
)
from shared.kernel.instants import FIRST, LAST, as_micros
from tests.kit.servers import Servers

NUMBERS = [0, 1, -1, 9_999, 10_000, 10_001, -73_400_320_000_000, 10**12, 120_000_000, 10**30 + 7, -(10**24)]


@pytest.mark.servers
async def test_postgres_reads_what_was_meant(servers: Servers) -> None:
    moments = [FIRST, datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), datetime(2026, 9, 14, tzinfo=UTC), LAST]
    times = [moments[place % len(moments)] for place in range(len(NUMBERS))]
    names = [f"{'é' * place}\t\\N" for place in range(len(NUMBERS))]
    connection = await asyncpg.connect(servers.postgres_dsn)
    try:
        await connection.execute(
            "create temporary table taken (a int, b bigint, place int, name text, n numeric, at timestamptz, none text)"
        )
        of_all = rows(
            *(7, int4(3) + int8(2**40), places(len(NUMBERS)), texts(names), numerics(NUMBERS)),
            *([instant(as_micros(at)) for at in times], repeat(NULL, len(NUMBERS))),
        )
        one = rows(7, int4(3) + int8(1), [int4(-1) + text("x") + numeric(None) + NULL + text(None)])
        await copy_binary(connection, "taken", ("a", "b", "place", "name", "n", "at", "none"), [of_all, b"", one])
        found = await connection.fetch("select * from taken where place >= 0 order by place")
        last = await connection.fetchrow("select * from taken where place < 0")
    finally:
        await connection.close()
    expected = [
        (3, 2**40, place, name, Decimal(number), at, None)
        for place, (name, number, at) in enumerate(zip(names, NUMBERS, times, strict=True))
    ]
    assert [tuple(row) for row in found] == expected
    assert last is not None and tuple(last) == (3, 1, -1, "x", None, None, None)


@pytest.mark.servers
async def test_nothing_that_was_copied_waits_for_the_garbage_collector(servers: Servers) -> None:
    class Part(bytes):
        """One that can be found again."""

    connection = await asyncpg.connect(servers.postgres_dsn)
    gc.collect()
    gc.disable()
    try:
        await connection.execute("create temporary table taken (a int)")
        await copy_binary(connection, "taken", ("a",), (Part(rows(1, b"", [int4(n)])) for n in range(3)))
        assert await connection.fetchval("select sum(a) from taken") == 3
        assert not [found for found in gc.get_objects() if isinstance(found, Part | io.BytesIO)]
    finally:
        gc.enable()
        await connection.close()


def test_places_of_any_number_of_rows() -> None:
    for count in (0, 1, 2, 3, 4_000):
        assert list(places(count)) == [int4(place) for place in range(count)]
