"""One measured run of a bare pipeline (bare.py, bare_columns.py) on running servers."""

from __future__ import annotations

import os
import sys
from typing import Final

import asyncpg
import msgspec
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from bench.bare import PARTITIONS, TABLES, TOPICS
from bench.load import LINES, resource_of
from bench.measure import Load, Run, measured
from bench.servers import Sandbox

ROLES: Final = ("intake", "usage", "rating")


async def run_bare(sandbox: Sandbox, load: Load, *, module: str = "bench.bare") -> Run:
    """Fresh topics and tables, the module's three processes, one load. Raises `BenchFailed` where a count is wrong."""
    dsn = await _fresh(sandbox)
    environment = {
        **os.environ,
        "BARE_KAFKA": sandbox.settings.kafka_bootstrap_servers or "",
        "BARE_POSTGRES": dsn,
        "BARE_LINES": msgspec.json.encode(
            {resource_of(n): (f"acc-{n:04d}", f"sub-{n:04d}") for n in range(LINES)}
        ).decode(),
    }
    children = [await sandbox.start(f"bare-{r}", [sys.executable, "-m", module, r], environment) for r in ROLES]
    connection = await asyncpg.connect(dsn)
    try:
        for child in children:
            await sandbox.until_said(child, "ready")

        async def rated() -> int:
            return int(await connection.fetchval("select coalesce(sum(records), 0) from rated_day"))

        run = await measured(sandbox, load, topic=TOPICS[0], partitions=PARTITIONS, rated=rated)
        load.check(int(await connection.fetchval("select count(*) from seen")), "dedupe keys of the bare pipeline")
        return run
    finally:
        await connection.close()
        for child in children:
            await sandbox.stop(child)


async def _fresh(sandbox: Sandbox) -> str:
    """An empty database and empty topics; its DSN."""
    admin = AIOKafkaAdminClient(bootstrap_servers=sandbox.settings.kafka_bootstrap_servers)
    await admin.start()
    try:
        there = set(await admin.list_topics()) & set(TOPICS)
        if there:
            await admin.delete_topics(sorted(there))
        await admin.create_topics([NewTopic(name, PARTITIONS, 1) for name in TOPICS])
    finally:
        await admin.close()
    server = await asyncpg.connect(sandbox.admin_dsn)
    try:
        await server.execute("drop database if exists bare with (force)")
        await server.execute("create database bare template template0 encoding 'UTF8'")
    finally:
        await server.close()
    dsn = sandbox.admin_dsn.removesuffix("/postgres") + "/bare"
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(TABLES)
    finally:
        await connection.close()
    return dsn
