"""What a table holds, in a few numbers that two builds of it share if and only if they hold the same rows.

    usage_day, partition 3:  41,220 rows   sum(quantity) 9,120,443,000000   sum(records) 8,611,002   content 1f09…

The content of a partition is the sum of a 64-bit hash of each row as text, so the order of rows does not matter. Money
and quantities are summed beside it: they tell a person what a difference is worth. Tables are found in the catalogue;
each has the partition that wrote a row in the column `partition`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from shared.engine.postgres import Connection

_SUMMED: Final = frozenset({"numeric", "bigint"})
_CONTENT_BITS: Final = 64

# A row as text must not depend on who asks.
SESSION: Final = (
    "set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres'; set bytea_output = 'hex'; "
    "set extra_float_digits = 1"
)


class NoPartition(Exception):
    """A table without a column `partition`: nobody can say which part of the log a row comes from."""


@dataclass(frozen=True)
class Table:
    """A table as the catalogue knows it: columns with their types, in order, and the names in its primary key."""

    name: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]

    @property
    def summed(self) -> list[str]:
        """Columns whose sum says something to a person."""
        return [name for name, kind in self.columns if kind in _SUMMED and name not in self.key]


@dataclass(frozen=True)
class Digest:
    """The rows of one table that one partition wrote."""

    rows: int = 0
    content: int = 0
    sums: tuple[tuple[str, Decimal], ...] = ()


Digests = Mapping[tuple[str, int], Digest]
"""By table and partition; without an entry there is no row."""


async def tables_of(connection: Connection, schema: str) -> list[Table]:
    """Every table of a schema, by name. Raises `NoPartition`."""
    rows = await connection.fetch(
        """select c.relname as name,
                  array_agg(a.attname::text order by a.attnum) as columns,
                  array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum) as types,
                  array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum))
                    filter (where a.attnum = any(i.indkey)) as key
             from pg_class c
             join pg_namespace n on n.oid = c.relnamespace
             join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             left join pg_index i on i.indrelid = c.oid and i.indisprimary
            where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition
            group by c.relname order by c.relname""",
        schema,
    )
    found = [
        Table(r["name"], tuple(zip(r["columns"], r["types"], strict=True)), tuple(r["key"] or r["columns"]))
        for r in rows
    ]
    for table in found:
        if "partition" not in dict(table.columns):
            raise NoPartition(f"{schema}.{table.name} has no column `partition`")
    return found


async def digests_of(connection: Connection, schema: str, tables: Iterable[Table]) -> Digests:
    """One pass over each table. Within a snapshot, all of them at the same instant."""
    await connection.execute(SESSION)
    found: dict[tuple[str, int], Digest] = {}
    for table in tables:
        for row in await connection.fetch(_digest_sql(schema, table), timeout=None):
            sums = tuple((name, row[f"s{n}"] or Decimal(0)) for n, name in enumerate(table.summed))
            found[table.name, row["partition"]] = Digest(row["n"], int(row["content"]) % 2**_CONTENT_BITS, sums)
    return found


def _digest_sql(schema: str, table: Table) -> str:
    sums = "".join(f", sum({quoted(name)}) as s{n}" for n, name in enumerate(table.summed))
    return (
        f"select partition, count(*) as n, sum(hashtextextended(whole_row::text, 0)::numeric) as content{sums}"
        f" from {schema}.{quoted(table.name)} as whole_row group by partition"
    )


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True)
class Difference:
    """One thing in which a partition of a table differs: `what` is `rows`, `content` or `sum(<column>)`."""

    table: str
    partition: int
    what: str
    shown: str
    rebuilt: str


def compare(shown: Digests, rebuilt: Digests, tables: Collection[Table]) -> list[Difference]:
    """Every difference in these tables, in order; none if and only if they hold the same rows.

    >>> jar = Table("jar", (("partition", "integer"), ("total", "bigint")), ("partition",))
    >>> shown = {("jar", 1): Digest(1, 77, (("total", Decimal(12)),))}
    >>> rebuilt = {("jar", 1): Digest(1, 78, (("total", Decimal(10)),))}
    >>> [(d.what, d.shown, d.rebuilt) for d in compare(shown, rebuilt, [jar])]
    [('sum(total)', '12', '10'), ('content', '000000000000004d', '000000000000004e')]
    """
    found: list[Difference] = []
    names = {table.name for table in tables}
    for name, partition in sorted({place for place in (*shown, *rebuilt) if place[0] in names}):
        before = _facts(shown.get((name, partition), Digest()))
        after = _facts(rebuilt.get((name, partition), Digest()))
        for what in max(before, after, key=len):
            if before.get(what, "0") != after.get(what, "0"):
                found.append(Difference(name, partition, what, before.get(what, "0"), after.get(what, "0")))
    return found


def _facts(digest: Digest) -> dict[str, str]:
    sums = {f"sum({name})": f"{total:f}" for name, total in digest.sums}
    return {"rows": str(digest.rows), **sums, "content": f"{digest.content:016x}"}


def total_of(digests: Digests, names: Sequence[str]) -> list[dict[str, Any]]:
    """Each table over all partitions, as a proof shows it."""
    return [_total(name, [digest for (table, _), digest in digests.items() if table == name]) for name in names]


def _total(name: str, parts: Sequence[Digest]) -> dict[str, Any]:
    sums: dict[str, Decimal] = {}
    for part in parts:
        for column, total in part.sums:
            sums[column] = sums.get(column, Decimal(0)) + total
    content = sum(part.content for part in parts) % 2**_CONTENT_BITS
    return {
        "table": name,
        "rows": sum(part.rows for part in parts),
        "sums": {column: f"{total:f}" for column, total in sums.items()},
        "content": f"{content:016x}",
    }


def fingerprint(digests: Digests) -> str:
    """All of it in one line of hex: the same for the same rows, wherever and whenever they were built."""
    made = hashlib.blake2b(digest_size=16)
    for (table, partition), digest in sorted(digests.items()):
        if digest.rows:
            made.update(f"{table}/{partition} {digest.rows} {digest.content:016x}\n".encode())
    return made.hexdigest()
