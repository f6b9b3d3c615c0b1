"""A build in progress in the database: found or begun, dropped, or shown in place of the tables before.

    build = await find_or_begin(connection, spec, log_partitions)       # Build(generation 8, resumed=True)
    await show(connection, build.generation, instead_of=Generation(7))

A build belongs to the definition it was begun with. One of another definition is of no use and is dropped.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from shared.engine.generation import LIVE, Generation, begin, definition_hash
from shared.engine.postgres import API, Connection
from shared.engine.rebuild.log_partitions import LogPartition
from shared.engine.service import Spec

READERS_S: Final = 1.0
# Tables that were shown until a moment ago; whoever still reads them may finish.
_GONE = "gone_"


@dataclass(frozen=True)
class Reached:
    """How far a partition is applied: what must agree before rows can be compared."""

    next_offset: int = 0
    next_seq: int = 1
    last_event_id: str | None = None


@dataclass(frozen=True)
class Build:
    """`resumed`: it was begun by a run that did not come to its end."""

    generation: Generation
    resumed: bool


async def find_or_begin(connection: Connection, spec: Spec, log_partitions: Sequence[LogPartition]) -> Build:
    """The build of this definition, as far as it has come; else a new one, with a checkpoint for every partition."""
    wanted = definition_hash(spec)
    found: Generation | None = None
    for row in await connection.fetch("select gen, hash from meterlog.generation where not active order by gen desc"):
        generation = Generation(row["gen"], shown=False)
        if found is None and row["hash"] == wanted:
            found = generation
        else:
            await drop(connection, generation)
    if found is not None:
        return Build(found, resumed=True)
    number = await connection.fetchval("select max(gen) + 1 from meterlog.generation")
    async with connection.transaction():
        generation = await begin(connection, number, spec)
        await connection.executemany(
            "insert into meterlog.checkpoint (gen, topic, partition) values ($1, $2, $3)",
            [(number, *log_partition) for log_partition in log_partitions],
        )
    return Build(generation, resumed=False)


async def drop(connection: Connection, generation: Generation) -> None:
    """Remove a build and all that says how far it was."""
    async with connection.transaction():
        await connection.execute(f"drop schema if exists {generation.schema} cascade")
        await connection.execute("delete from meterlog.checkpoint where gen = $1", generation.number)
        await connection.execute("delete from meterlog.generation where gen = $1", generation.number)


async def drop_former(connection: Connection) -> None:
    """Remove tables that are no longer shown, once their last reader has finished."""
    for row in await connection.fetch("select nspname from pg_namespace where nspname like $1", f"{_GONE}%"):
        await connection.execute(f"drop schema {row['nspname']} cascade")


async def reached(connection: Connection, gen: int) -> Mapping[LogPartition, Reached]:
    """How far each partition of a generation is; one that was never begun has no entry."""
    rows = await connection.fetch(
        "select topic, partition, next_offset, next_seq, last_event_id from meterlog.checkpoint where gen = $1", gen
    )
    return {
        LogPartition(r["topic"], r["partition"]): Reached(r["next_offset"], r["next_seq"], r["last_event_id"])
        for r in rows
    }


async def hold(connection: Connection) -> int:
    """Within a transaction: nobody moves a checkpoint of the shown generation, or makes one, until it ends."""
    number: int = await connection.fetchval("select gen from meterlog.generation where active for update")
    await connection.execute("select 1 from meterlog.checkpoint where gen = $1 for update", number)
    return number


async def older_readers_gone(connection: Connection) -> None:
    """Wait, a second at most, for requests that began before now.

    A list asks twice within one snapshot. Answered the second time by the new tables, it would not see what those were
    given after its snapshot was taken.
    """
    began = await connection.fetchval("select clock_timestamp()")
    deadline = time.monotonic() + READERS_S
    while time.monotonic() < deadline and await connection.fetchval(
        """select exists (select 1 from pg_stat_activity
                           where datname = current_database() and application_name = $1 and xact_start <= $2)""",
        API,
        began,
    ):
        await asyncio.sleep(0.005)


async def show(connection: Connection, generation: Generation, *, instead_of: int) -> None:
    """Within the transaction that holds the checkpoints: the build is what everybody reads from its commit on.

    What only the log's readers know, how far they took their inputs, moves over with it.
    """
    new = generation.number
    await connection.execute(
        """update meterlog.checkpoint b set inputs = s.inputs, watermarks = s.watermarks
             from meterlog.checkpoint s
            where b.gen = $1 and s.gen = $2 and b.topic = s.topic and b.partition = s.partition""",
        new,
        instead_of,
    )
    await connection.execute("delete from meterlog.checkpoint where gen = $1", instead_of)
    await connection.execute("delete from meterlog.generation where gen = $1", instead_of)
    await connection.execute("update meterlog.generation set active = true where gen = $1", new)
    await connection.execute(f"alter schema {LIVE} rename to {_GONE}{instead_of}")
    await connection.execute(f"alter schema {generation.schema} rename to {LIVE}")
