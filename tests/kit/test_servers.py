"""The servers that tests run on are real, and each test has them to itself."""

from __future__ import annotations

import asyncpg
import pytest
from aiokafka.admin import AIOKafkaAdminClient

from tests.kit.servers import FreshEnvironment, Servers

pytestmark = pytest.mark.servers


async def test_kafka_and_postgres_answer(servers: Servers) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=servers.kafka_bootstrap_servers)
    await admin.start()
    assert isinstance(await admin.list_topics(), list)
    await admin.close()
    connection = await asyncpg.connect(servers.postgres_dsn)
    assert (await connection.fetchval("show server_version")).startswith("18.")
    await connection.close()


async def test_a_service_reaches_its_own_database_and_no_other(fresh_env: FreshEnvironment) -> None:
    rating = fresh_env.settings.postgres_dsn_of("rating")
    connection = await asyncpg.connect(rating)
    await connection.execute("create table charge (id text)")
    await connection.close()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(rating, database=f"meterlog_usage_{fresh_env.env}")


async def test_the_next_test_finds_its_databases_empty(fresh_env: FreshEnvironment) -> None:
    connection = await asyncpg.connect(fresh_env.settings.postgres_dsn_of("rating"))
    assert await connection.fetchval("select to_regclass('charge')") is None
    await connection.close()
