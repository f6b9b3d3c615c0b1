"""A database made ready: system tables, durable tables, and the active generation of the projection.

A generation is bound to the hash of what defines it (the runtime's and the service's tables, and the projection's
version). Where the active one was built from another definition, the process refuses to start: the tables must be built
again from the log.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from shared.runtime.postgres import Connection
from shared.runtime.service import Spec
from shared.runtime.settings import Settings

_SYSTEM = Path(__file__).with_name("system.sql")
_GENERATION = Path(__file__).with_name("generation.sql")
# Arbitrary, the same in every process: two processes never prepare one database at the same time.
_PREPARE_LOCK = 7_316_650


class RebuildNeeded(Exception):
    """The projection's definition has changed since its tables were built."""


class WrongPartitions(Exception):
    """The database was made for another number of partitions."""


@dataclass(frozen=True)
class Generation:
    """The build of the projection that is shown; its tables are in `schema`."""

    number: int

    @property
    def schema(self) -> str:
        return f"gen_{self.number}"

    @property
    def search_path(self) -> str:
        return f"{self.schema}, meterlog, durable"


async def prepare(dsn: str, spec: Spec, settings: Settings) -> Generation:
    """Create what is missing and return the active generation.

    Raises `RebuildNeeded` (run `meterlog rebuild`) or `WrongPartitions` (run `meterlog repartition`).
    """
    connection: Connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("select pg_advisory_lock($1)", _PREPARE_LOCK)
        await connection.execute(_SYSTEM.read_text())
        if spec.durable is not None:
            await connection.execute(spec.durable.read_text())
        await _check_installation(connection, spec, settings)
        return await _active_generation(connection, spec)
    finally:
        await connection.close()


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


async def _active_generation(connection: Connection, spec: Spec) -> Generation:
    wanted = definition_hash(spec)
    row = await connection.fetchrow("select gen, hash from meterlog.generation where active")
    if row is None:
        return await _create(connection, 1, spec, wanted)
    if row["hash"] != wanted:
        raise RebuildNeeded(
            f"the tables of {spec.name} were built from another definition (generation {row['gen']}): "
            f"run `meterlog rebuild {spec.name}`"
        )
    return Generation(row["gen"])


async def _create(connection: Connection, number: int, spec: Spec, wanted: str) -> Generation:
    generation = Generation(number)
    async with connection.transaction():
        await connection.execute(f"create schema {generation.schema}")
        await connection.execute(f"set local search_path = {generation.schema}")
        await connection.execute(_GENERATION.read_text())
        await connection.execute(spec.tables.read_text())
        await connection.execute(
            "insert into meterlog.generation (gen, hash, active) values ($1, $2, true)", number, wanted
        )
    return generation


def definition_hash(spec: Spec) -> str:
    """Of every table definition and the projection's version; comments and white space do not count.

    An index changes no row, so it is left out: it may be added in place.
    """
    digest = hashlib.blake2b(str(spec.projection_version).encode(), digest_size=16)
    for path in (_GENERATION, spec.tables):
        digest.update(_essence(path.read_text()).encode())
    return digest.hexdigest()


def _essence(sql: str) -> str:
    without_comments = re.sub(r"--[^\n]*", "", sql)
    statements = [" ".join(s.split()) for s in without_comments.split(";")]
    return ";".join(s for s in statements if s and not re.match(r"create (unique )?index", s))
