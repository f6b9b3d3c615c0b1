"""Each test of this suite runs twice: on the log in memory, and on real Kafka."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from shared.engine.settings import Settings
from tests.contracts.log.clusters import Cluster, KafkaCluster, MemoryCluster
from tests.kit.servers import Servers

SESSION_TIMEOUT_MS = 2000


@pytest.fixture
def memory_cluster() -> Iterator[Cluster]:
    settings = {"env": "contract", "partitions": 2, "session_timeout_ms": SESSION_TIMEOUT_MS}
    yield MemoryCluster(Settings.model_validate(settings))


@pytest_asyncio.fixture(loop_scope="session")
async def kafka_cluster(servers: Servers) -> AsyncIterator[Cluster]:
    settings = {
        "env": f"c{secrets.token_hex(4)}",
        "partitions": 2,
        "session_timeout_ms": SESSION_TIMEOUT_MS,
        "kafka_bootstrap_servers": servers.kafka_bootstrap_servers,
    }
    cluster = KafkaCluster(Settings.model_validate(settings))
    yield cluster
    await cluster.close()


@pytest.fixture(params=["memory_cluster", pytest.param("kafka_cluster", marks=pytest.mark.servers)])
def cluster(request: pytest.FixtureRequest) -> Cluster:
    made: Cluster = request.getfixturevalue(request.param)
    return made
