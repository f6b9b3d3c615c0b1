"""Sums that a table's triggers keep say what a sum over its rows says, whatever statements wrote them."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import asyncpg
import pytest

from shared.engine.generation import prepare
from tests.kit.servers import FreshEnvironment
from tests.kit.toy import toy_service

_TABLES = """
create table shelf_jar (partition int, id int, colour text not null, size text, sugar numeric not null,
                  salt numeric not null, primary key (partition, id));
create table shelf_sum (partition int not null, colour text not null, size text, counted bigint not null,
                      sugar numeric not null, salt numeric not null);
create unique index shelf_sum_alike on shelf_sum (partition, colour, size) nulls not distinct;
create trigger shelf_added after insert on shelf_jar referencing new table as now_so
   for each statement execute function meterlog.keep_sums('shelf_sum', 'partition, colour, size', 'sugar, salt');
create trigger shelf_changed after update on shelf_jar referencing old table as was new table as now_so
   for each statement execute function meterlog.keep_sums('shelf_sum', 'partition, colour, size', 'sugar, salt');
create trigger shelf_removed after delete on shelf_jar referencing old table as was
   for each statement execute function meterlog.keep_sums('shelf_sum', 'partition, colour, size', 'sugar, salt');
"""
_SUMMED = """
select partition, colour, size, count(*) as counted, trim_scale(sum(sugar)) as sugar, trim_scale(sum(salt)) as salt
  from shelf_jar group by 1, 2, 3
"""


@pytest.mark.servers
async def test_kept_sums_are_those_of_the_rows_whoever_wrote_them(fresh_env: FreshEnvironment) -> None:
    service, settings = toy_service(), fresh_env.settings
    dsn = settings.postgres_dsn_of(service.name)
    await prepare(dsn, service, settings)
    connection = await asyncpg.connect(dsn, server_settings={"search_path": "live, meterlog"})
    try:
        await connection.execute(_TABLES)
        chance = Random(7)
        for first in range(0, 600, 20):
            jars = [_jar(chance, number) for number in range(first, first + 20)]
            await connection.copy_records_to_table("shelf_jar", records=jars)
            touched = [chance.randrange(first + 20) for _ in range(8)]
            moved = "update shelf_jar set colour = $1, sugar = sugar + $2 where id = any($3)"
            await connection.execute(moved, chance.choice("rgb"), Decimal("-0.50"), touched)
            await connection.execute("delete from shelf_jar where id = any($1)", touched[:3])
            assert await _sorted(connection, "select * from shelf_sum") == await _sorted(connection, _SUMMED)
        await connection.execute("delete from shelf_jar")
        assert await connection.fetch("select * from shelf_sum") == []
    finally:
        await connection.close()


def _jar(chance: Random, number: int) -> tuple[object, ...]:
    size = chance.choice(("small", "large", None))
    return (number % 3, number, chance.choice("rgb"), size, Decimal(chance.randrange(-500, 500)) / 100, Decimal("1.10"))


async def _sorted(connection: asyncpg.Connection[asyncpg.Record], sql: str) -> list[tuple[object, ...]]:
    return sorted((tuple(row) for row in await connection.fetch(sql)), key=repr)
