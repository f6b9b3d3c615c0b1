"""Sessions in a running usage service: reported on Kafka and over HTTP, listed, closed by their NAS and by silence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from services.usage.resource.messages import AssignResource
from shared.engine.log import Log
from shared.kernel.partition import partition_of
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.processes import clock_is, running
from tests.services.usage.test_service import Usage

pytestmark = pytest.mark.servers

NOW = datetime.now(UTC).replace(microsecond=0)
LINE = "subscription:sub-1"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def usage(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Usage]:
    """A service that follows a test clock: silence needs nobody to wait for it, and comes when a test says so."""
    async with fresh_environment(servers, tmp_path_factory.mktemp("sessions")) as env:
        settings = env.settings.model_copy(update={"test_clock": True})
        async with running(settings, "usage") as services:
            kafka = Log(settings)
            producer = await kafka.idempotent_producer()
            found = Usage(getattr(services, "usage"), services, kafka, producer)  # noqa: B009
            since = NOW - timedelta(days=60)
            assign = AssignResource(
                resource_id=LINE, account_id="acme", subscription_id="sub-1", valid_from=since, register=True
            )
            await found.ask(assign, partition_of(LINE, 4))
            yield found
            await producer.stop()


def report(session_id: str, status: str, quantity: int, minute: int, source: str = "bng-1") -> dict[str, Any]:
    began = NOW - timedelta(hours=2)
    return {
        "source": source,
        "resource": LINE,
        "meter": "data.octets",
        "kind": "session",
        "session_id": session_id,
        "status": status,
        "quantity": str(quantity),
        "started_at": began.isoformat(),
        "ended_at": (began + timedelta(minutes=minute)).isoformat(),
    }


async def listed(usage: Usage, **filters: str) -> list[dict[str, Any]]:
    answer = await usage.http.get("/v1/usage/sessions", params=filters)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_a_session_of_the_log_is_listed_with_what_it_came_to_whatever_its_order_r26(usage: Usage) -> None:
    await usage.http.get(f"/v1/resources/{LINE}")
    # No two of them come the same way: over HTTP and on Kafka, the Stop before an interim.
    taken = await usage.http.post("/v1/usage/records", json=report("A1", "start", 0, 0))
    assert taken.status_code == 202, taken.text
    await usage.report([report("A1", "stop", 1200, 40), report("A1", "interim", 500, 15)], 2)
    (found,) = await until(
        lambda: listed(usage, session_id="A1"), lambda items: bool(items) and items[0]["reports"] == 3
    )
    assert (found["state"], found["closed_by"], found["quantities"]) == ("closed", "stop", {"data.octets": "1200"})
    assert (found["source"], found["resource"], found["account_id"]) == ("bng-1", LINE, "acme")
    by_account = await listed(usage, account_id="acme", state="closed", source="bng-1")
    assert [item["session_id"] for item in by_account] == ["A1"]
    assert (await usage.http.get("/v1/usage/sessions?state=gone")).status_code == 422
    equipment = usage.services.token("ingest")
    assert (await usage.http.get("/v1/usage/sessions", headers=equipment)).status_code == 403


async def test_both_directions_are_one_session_that_either_names_r25(usage: Usage) -> None:
    reports = [
        report(f"E1/{direction}", status, quantity, minute, "bng-5")
        for status, minute, up, down in (("start", 0, 0, 0), ("interim", 15, 100, 900), ("stop", 40, 150, 2000))
        for direction, quantity in (("up", up), ("down", down))
    ]
    await usage.report(reports, 2)
    (found,) = await until(
        lambda: listed(usage, session_id="E1/down"), lambda items: bool(items) and items[0]["reports"] == 6
    )
    assert (found["session_id"], found["state"], found["quantities"]) == ("E1", "closed", {"data.octets": "2150"})
    assert (found["up"], found["down"]) == ({"data.octets": "150"}, {"data.octets": "2000"})


async def test_a_nas_that_starts_again_closes_all_its_sessions_and_no_other_r28(usage: Usage) -> None:
    opened = [*(report(f"B{n}", "interim", 100, 15, "bng-2") for n in range(600)), report("C1", "start", 0, 0, "bng-3")]
    await usage.report(opened, 1)
    await until(lambda: total(usage, source="bng-2"), lambda count: count == 600)
    signal = {**report("", "accounting_on", 0, 30, "bng-2")}
    del signal["session_id"]
    answer = await usage.http.post("/v1/usage/records", json=signal)
    batch = answer.json()["batch_id"]
    closed = await until(
        lambda: total(usage, source="bng-2", closed_by="accounting_on", state="closed"), lambda count: count == 600
    )
    assert closed == 600
    assert (await usage.http.get(f"/v1/usage/batches/{batch}")).json()["status"] == "done"
    assert [item["closed_by"] for item in await listed(usage, source="bng-3")] != ["accounting_on"]


async def test_a_session_that_is_silent_is_estimated_until_its_late_stop_r29(usage: Usage) -> None:
    await usage.report(report("D1", "interim", 700, 15, "bng-4"), 0)
    (found,) = await until(lambda: listed(usage, source="bng-4"), bool)
    now = datetime.fromisoformat(found["expires_at"])
    assert found["state"] == "open" and now >= NOW + timedelta(minutes=45)

    async def a_minute_later() -> list[dict[str, Any]]:
        # More than once, perhaps: usage looks for silence up to where intake has read, and looks again after a minute.
        nonlocal now
        now += timedelta(minutes=1)
        await clock_is(usage.services.settings, now=now)
        return await listed(usage, source="bng-4", state="estimated")

    (found,) = await until(a_minute_later, bool, every_s=0.2)
    assert (found["closed_by"], found["quantities"], found["expires_at"]) == ("silence", {"data.octets": "700"}, None)
    await usage.report(report("D1", "stop", 900, 50, "bng-4"), 3)
    (found,) = await until(lambda: listed(usage, source="bng-4", state="closed"), lambda items: bool(items))
    assert (found["closed_by"], found["quantities"]) == ("stop", {"data.octets": "900"})


async def total(usage: Usage, **filters: str) -> int:
    answer = await usage.http.get("/v1/usage/sessions", params={**filters, "limit": "1"})
    count: int = answer.json()["total"]
    return count
