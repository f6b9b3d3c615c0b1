"""The shown tables and a build of them, compared at the same offsets while the service writes on.

    async with snapshot(dsn) as shown:
        found = await compared(shown, dsn, build, bring=advance, ask_ends=ends, spec=spec, log_partitions=parts)
    found.equal, found.differences

Tables are compared where they mean the same: not where their columns changed, and none of the service's own where its
projection says (by its version) that rows have another meaning now.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import asyncpg

from shared.engine.generation import LIVE, definition_hash, runtime_tables
from shared.engine.log_offsets import ends_reaching
from shared.engine.postgres import Connection
from shared.engine.rebuild import shadow
from shared.engine.rebuild.differences import examples, rows_in_order
from shared.engine.rebuild.digest import (
    Difference,
    Digests,
    Table,
    compare,
    digests_of,
    fingerprint,
    tables_of,
    total_of,
)
from shared.engine.rebuild.log_partitions import LogPartition
from shared.engine.rebuild.proof import Differing
from shared.engine.rebuild.shadow import Build, Reached
from shared.engine.service import Spec

# To find the rows of a partition that differs it has to be sorted: of the first few only.
LOOKED_INTO_MAX = 8

Bring = Callable[[Mapping[LogPartition, int]], Awaitable[None]]
AskEnds = Callable[[], Awaitable[Mapping[LogPartition, int]]]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """`equal` is about the tables that were compared, and `None` where that was none of them; `why` says more."""

    equal: bool | None
    why: str | None
    rows: int
    digest: str
    offsets: Mapping[str, int]
    tables: Sequence[Mapping[str, Any]]
    not_compared: Sequence[str]
    differences: Sequence[Differing]


@asynccontextmanager
async def snapshot(dsn: str) -> AsyncIterator[Connection]:
    """The database as it is at the first question asked of it."""
    connection = await asyncpg.connect(dsn, server_settings={"application_name": "meterlog-rebuild"})
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            yield connection
    finally:
        await connection.close()


async def compared(
    shown: Connection,
    dsn: str,
    build: Build,
    *,
    bring: Bring,
    ask_ends: AskEnds,
    spec: Spec,
    log_partitions: Sequence[LogPartition],
) -> Comparison:
    """`shown` is a snapshot; `bring` advances the build; `ask_ends` tells where the log ends at this moment."""
    row = await shown.fetchrow("select gen, hash, version from meterlog.generation where active")
    assert row is not None
    marks = await shadow.reached(shown, row["gen"])
    until = {log_partition: marks.get(log_partition, Reached()).next_offset for log_partition in log_partitions}
    # Asked for after the snapshot, so that what was applied by then lies before it.
    ends = await ends_reaching(ask_ends, until)
    await bring({log_partition: min(offset, ends[log_partition]) for log_partition, offset in until.items()})
    schema = build.generation.schema
    async with snapshot(dsn) as rebuilt:
        built = await shadow.reached(rebuilt, build.generation.number)
        all_tables = await tables_of(rebuilt, schema)
        after = await digests_of(rebuilt, schema, all_tables)
        empty = not any(until.values()) and any(reached.next_offset for reached in built.values())
        same = set() if empty else await _same_tables(shown, row, spec)
        tables = [table for table in all_tables if table in same]
        found = [] if empty else _out_of_place(log_partitions, marks, built, ends)
        # Rows that are at different offsets differ anyway, and say nothing.
        found = found or await _differing(shown, rebuilt, schema, tables, after)
    return Comparison(
        equal=not found if tables else None,
        why="the shown tables hold nothing yet, and the log does" if empty else _why(tables, all_tables),
        rows=sum(digest.rows for digest in after.values()),
        digest=fingerprint(after),
        offsets={str(log_partition): built[log_partition].next_offset for log_partition in log_partitions},
        tables=total_of(after, [table.name for table in all_tables]),
        not_compared=[table.name for table in all_tables if table not in tables],
        differences=found,
    )


async def _same_tables(shown: Connection, generation: asyncpg.Record, spec: Spec) -> set[Table]:
    """The shown tables that mean what they mean in this version."""
    tables = set(await tables_of(shown, LIVE))
    if generation["hash"] == definition_hash(spec) or generation["version"] == spec.projection_version:
        return tables
    return {table for table in tables if table.name in runtime_tables()}


def _why(tables: Sequence[Table], all_tables: Sequence[Table]) -> str | None:
    if len(tables) == len(all_tables):
        return None
    return "the definition has changed: tables that mean something else now have nothing to be compared with"


def _out_of_place(
    log_partitions: Iterable[LogPartition],
    shown: Mapping[LogPartition, Reached],
    rebuilt: Mapping[LogPartition, Reached],
    ends: Mapping[LogPartition, int],
) -> list[Differing]:
    """Partitions of which the log no longer holds what was applied: it is shorter, or another one."""
    found = []
    for log_partition in log_partitions:
        before, after = shown.get(log_partition, Reached()), rebuilt[log_partition]
        if before != after:
            facts = [
                ("next_offset", before.next_offset, after.next_offset),
                ("next_seq", before.next_seq, after.next_seq),
                ("last_event_id", before.last_event_id, after.last_event_id),
                ("end of the log", before.next_offset, ends[log_partition]),
            ]
            what = [
                Difference(log_partition.topic, log_partition.partition, name, str(a), str(b))
                for name, a, b in facts
                if a != b
            ]
            found.append(Differing(log_partition.topic, log_partition.partition, tuple(what)))
    return found


async def _differing(
    shown: Connection, rebuilt: Connection, schema: str, tables: Sequence[Table], after: Digests
) -> list[Differing]:
    """The tables of which a partition's rows differ, the first few with the rows that do."""
    before = await digests_of(shown, LIVE, tables)
    of_one = groupby(compare(before, after, tables), lambda d: (d.table, d.partition))
    return [
        await _looked_into(shown, rebuilt, schema, tables, list(what), look=n < LOOKED_INTO_MAX)
        for n, (_, what) in enumerate(of_one)
    ]


async def _looked_into(
    shown: Connection,
    rebuilt: Connection,
    schema: str,
    tables: Sequence[Table],
    what: Sequence[Difference],
    *,
    look: bool,
) -> Differing:
    name, partition = what[0].table, what[0].partition
    table = next(table for table in tables if table.name == name)
    rows = []
    if look:
        rows = await examples(
            rows_in_order(shown, LIVE, table, partition), rows_in_order(rebuilt, schema, table, partition)
        )
    return Differing(name, partition, tuple(what), tuple(rows))
