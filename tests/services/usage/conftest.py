"""A usage service in a process of its own, for all tests of a file."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from shared.engine.log import Log
from tests.kit.servers import Servers, fresh_environment
from tests.services.processes import running
from tests.services.usage.test_service import Usage


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def usage(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Usage]:
    async with (
        fresh_environment(servers, tmp_path_factory.mktemp("usage")) as env,
        running(env.settings, "usage") as services,
    ):
        kafka = Log(env.settings)
        producer = await kafka.idempotent_producer()
        yield Usage(getattr(services, "usage"), services, kafka, producer)  # noqa: B009
        await producer.stop()
