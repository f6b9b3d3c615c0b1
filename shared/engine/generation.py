"""A database made ready: system tables, durable tables, and the generation of the projection that is shown.

    live          the tables that are shown, whatever the number of their generation
    gen_8         the next build, while it is in progress (rebuild/)

A generation is bound to the hash of what defines it (the runtime's and the service's tables, and the projection's
version). Where the shown one was built from another definition, the process refuses to start: the tables must be built
again from the log. The schema that is shown has one name for ever, so that whoever reads goes over to the next build
without noticing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import asyncpg

from shared.engine.postgres import Connection
from shared.engine.service import Spec
from shared.engine.settings import Settings

_SYSTEM = Path(__file__).with_name("system.sql")
_GENERATION = Path(__file__).with_name("generation.sql")
# Arbitrary, the same in every process: two processes never prepare one database at the same time.
_PREPARE_LOCK = 7_316_650
LIVE: Final = "live"


class RebuildNeeded(Exception):
    """The projection's definition has changed since its tables were built."""


class WrongPartitions(Exception):
    """The database was made for another number of partitions."""


@dataclass(frozen=True)
class Generation:
    """One build of all projected tables: the shown one, or one in progress."""

    number: int
    shown: bool = True

    @property
    def schema(self) -> str:
        return LIVE if self.shown else f"gen_{self.number}"

    @property
    def search_path(self) -> str:
        return f"{self.schema}, meterlog, durable"


async def prepare(dsn: str, spec: Spec, settings: Settings) -> Generation:
    """Create what is missing and return the generation that is shown.

    Raises `RebuildNeeded` (run `meterlog rebuild`) or `WrongPartitions` (run `meterlog repartition`).
    """
    async with prepared(dsn, spec, settings) as connection:
        return await shown(connection, spec, definition=definition_hash(spec))


@asynccontextmanager
async def prepared(dsn: str, spec: Spec, settings: Settings) -> AsyncIterator[Connection]:
    """A connection to a database that has everything but, perhaps, tables of the definition at hand.

    Nobody else prepares it before the block ends. Raises `WrongPartitions`.
    """
    connection: Connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("select pg_advisory_lock($1)", _PREPARE_LOCK)
        await connection.execute(_SYSTEM.read_text())
        for path in spec.durable_files:
            await connection.execute(path.read_text())
        await _check_installation(connection, spec, settings)
        await _ensure_live(connection, spec)
        yield connection
    finally:
        await connection.close()


async def shown(connection: Connection, spec: Spec, *, definition: str) -> Generation:
    """The generation that is shown. Raises `RebuildNeeded` where this version would have made other tables:
    `definition` is `definition_hash(spec)`, which reads every file.
    """
    row = await connection.fetchrow("select gen, hash from meterlog.generation where active")
    assert row is not None
    if row["hash"] != definition:
        raise RebuildNeeded(
            f"the tables of {spec.name} were built from another definition (generation {row['gen']}): "
            f"run `meterlog rebuild {spec.name}`"
        )
    return Generation(row["gen"])


async def begin(connection: Connection, number: int, spec: Spec) -> Generation:
    """An empty generation in a schema of its own, without the indexes that only readers need (see `add_indexes`)."""
    generation = Generation(number, shown=False)
    async with connection.transaction():
        await _create(connection, generation, spec, [s for s in statements(spec) if not _is_index(s)])
    return generation


async def add_indexes(connection: Connection, generation: Generation, spec: Spec) -> None:
    """What `begin` left out: building an index over rows that are there costs a fraction of keeping it up to date."""
    async with connection.transaction():
        await connection.execute(f"set local search_path = {generation.schema}")
        for statement in filter(_is_index, statements(spec)):
            await connection.execute(_INDEX.sub("create index if not exists ", statement))


async def _check_installation(connection: Connection, spec: Spec, settings: Settings) -> None:
    await connection.execute(
        "insert into meterlog.installation (env, partitions) values ($1, $2) on conflict do nothing",
        settings.env,
        settings.partitions,
    )
    made = await connection.fetchval("select partitions from meterlog.installation")
    if made != settings.partitions:
        raise WrongPartitions(
            f"the database of {spec.name} was made for {made} partitions, METERLOG_PARTITIONS says "
            f"{settings.partitions}: set it back, or migrate with `meterlog repartition`"
        )


async def _ensure_live(connection: Connection, spec: Spec) -> None:
    number = await connection.fetchval("select gen from meterlog.generation where active")
    async with connection.transaction():
        if number is None:
            await _create(connection, Generation(1), spec, statements(spec))
        elif not await connection.fetchval("select 1 from pg_namespace where nspname = $1", LIVE):
            # Made before the shown schema had a name of its own.
            await connection.execute(f"alter schema gen_{number} rename to {LIVE}")


async def _create(connection: Connection, generation: Generation, spec: Spec, wanted: Sequence[str]) -> None:
    await connection.execute(f"create schema {generation.schema}")
    await connection.execute(f"set local search_path = {generation.schema}")
    for statement in wanted:
        await connection.execute(statement)
    await connection.execute(
        "insert into meterlog.generation (gen, hash, version, active) values ($1, $2, $3, $4)",
        generation.number,
        definition_hash(spec),
        spec.projection_version,
        generation.shown,
    )


def definition_hash(spec: Spec) -> str:
    """Of every table definition and the projection's version; comments and white space do not count.

    An index changes no row, so it is left out: it may be added in place.
    """
    digest = hashlib.blake2b(str(spec.projection_version).encode(), digest_size=16)
    for path in (_GENERATION, *spec.table_files):
        digest.update(";".join(s for s in _split(path) if not re.match(r"create (unique )?index", s)).encode())
    return digest.hexdigest()


def runtime_tables() -> frozenset[str]:
    """The tables that every generation has, whatever the service."""
    return frozenset(m[1] for s in _split(_GENERATION) if (m := re.match(r"create table (\w+)", s)))


def statements(spec: Spec) -> list[str]:
    """Everything a generation is made of, one statement each, in order."""
    return [statement for path in (_GENERATION, *spec.table_files) for statement in _split(path)]


def _is_index(statement: str) -> bool:
    """A unique index is part of what a projection writes by (`on conflict`)."""
    return _INDEX.match(statement) is not None


def _split(path: Path) -> list[str]:
    without_comments = re.sub(r"--[^\n]*", "", path.read_text())
    return [statement for s in without_comments.split(";") if (statement := " ".join(s.split()))]


_INDEX: Final = re.compile(r"create index (?!if not exists)")
