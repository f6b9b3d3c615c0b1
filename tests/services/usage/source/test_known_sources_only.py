"""METERLOG_KNOWN_SOURCES_ONLY on real servers: usage of a source waits until it is defined, then it is counted."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from shared.engine.log import Log
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.processes import running
from tests.services.usage.quarantine.test_recycling import guided_ids, line, parked, used
from tests.services.usage.test_service import Usage

pytestmark = pytest.mark.servers


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def strict(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Usage]:
    """A usage service that counts the usage of sources that were defined, and no other."""
    async with fresh_environment(servers, tmp_path_factory.mktemp("strict")) as env:
        settings = env.settings.model_copy(update={"known_sources_only": True})
        async with running(settings, "usage") as services:
            kafka = Log(settings)
            producer = await kafka.idempotent_producer()
            yield Usage(services.usage, services, kafka, producer)
            await producer.stop()


async def test_what_an_unknown_source_reported_comes_back_once_it_is_defined(strict: Usage) -> None:
    await line(strict, "sub-1")
    await strict.report(used("subscription:sub-1", 700, source="olt-99"))
    over_http = await strict.http.post("/v1/usage/records", json=used("subscription:sub-1", 3, source="olt-99/http"))
    assert over_http.status_code == 202, over_http.text
    await until(lambda: parked(strict, reason="unknown_source"), lambda page: page["total"] == 703)
    assert await guided_ids(strict, "sub-1") == 0
    made = await strict.http.post("/v1/sources", json={"id": "olt-99"})
    assert made.status_code == 201, made.text
    await until(lambda: parked(strict, reason="unknown_source"), lambda page: page["total"] == 3)
    assert await until(lambda: guided_ids(strict, "sub-1"), lambda count: count >= 700) == 700
    # From now on it counts at once, and what it sends again does not count.
    await strict.report(used("subscription:sub-1", 701, source="olt-99"))
    assert await until(lambda: guided_ids(strict, "sub-1"), lambda count: count >= 701) == 701
    wanted = {"filter": {"source": ["olt-99/http"]}}
    still = await strict.http.post("/v1/usage/quarantine/recycle", json=wanted)
    assert still.json() == {"recycled": 0, "still_quarantined": 3, "more": False}
