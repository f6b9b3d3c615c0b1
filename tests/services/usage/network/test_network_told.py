"""A suspension in rating reaches the NAS: real Kafka, real Postgres, two services, and pyrad as the NAS."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyrad.packet import CoARequest, DisconnectRequest

from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.processes import Services, running, until_ready
from tests.services.usage.network.test_calls import SECRET, ack, nas

pytestmark = pytest.mark.servers

CYCLE = {"id": "monthly", "name": "Monthly", "frequency": "month", "anchor_day": 1, "time_zone": "Europe/Paris"}
FLAT = {"model": "flat", "amount": "20.00"}
ACCESS = "/v1/resources/user%3Aann/access"


async def post(client: httpx.AsyncClient, path: str, body: Any, expect: int = 201) -> Any:
    answer = await client.post(path, json=body)
    assert answer.status_code == expect, answer.text
    return answer.json()


async def customer(services: Services) -> None:
    """Ann has a line that the NAS knows as `ann`."""
    rating: httpx.AsyncClient = getattr(services, "rating")  # noqa: B009
    await post(rating, "/v1/billing-cycles", CYCLE)
    await post(rating, "/v1/bandwidth-profiles", {"id": "slow", "name": "Slow", "down_kbps": 2000, "up_kbps": 500})
    await post(rating, "/v1/plans", {"id": "fiber", "name": "Fiber", "currency": "EUR", "prices": [FLAT]})
    await post(rating, "/v1/plans/fiber/versions/1/publish", {"effective_from": "2026-01-01"}, expect=200)
    body = {"id": "acc-1", "name": "Ann Example", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
    await post(rating, "/v1/accounts", body)
    start = datetime.now(UTC).date().replace(day=1).isoformat()
    await post(rating, "/v1/subscriptions", {"id": "sub-1", "account_id": "acc-1", "plan_id": "fiber", "start": start})
    await post(services.usage, "/v1/resources", {"id": "user:ann"})
    body = {"account_id": "acc-1", "subscription_id": "sub-1", "from": f"{start}T12:00:00Z"}
    await post(services.usage, "/v1/resources/user%3Aann/assignments", body)


async def acknowledged(services: Services, version: int) -> Any:
    async def asked() -> Any:
        services.check()
        answer = await services.usage.get(ACCESS)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return await until(asked, lambda a: a["version"] == version and a["acknowledged_at"], within_s=40)


async def test_a_suspension_in_rating_disconnects_the_line_at_its_nas_and_a_soft_one_throttles_it(
    servers: Servers, tmp_path: Path
) -> None:
    async with (
        fresh_environment(servers, tmp_path) as env,
        running(env.settings, "usage", "rating") as services,
        nas(ack) as (server, element),
    ):
        await customer(services)
        told = {"id": "bng-1", "driver": "radius_coa", "address": element.address, "vendor": "mikrotik"}
        defined = await post(services.usage, "/v1/network-elements", {**told, "secret": SECRET})
        assert defined["has_secret"] and SECRET not in str(defined)
        probe = await post(services.usage, "/v1/network-elements/bng-1/test", None, expect=200)
        assert probe == {"reachable": True, "answer": "Disconnect-ACK"}
        server.asked.clear()
        nothing = (await services.usage.get(ACCESS)).json()
        assert (nothing["desired"], nothing["version"], nothing["sent_at"]) == ("open", 0, None)

        rating: httpx.AsyncClient = getattr(services, "rating")  # noqa: B009
        await post(rating, "/v1/subscriptions/sub-1/suspend", {}, expect=200)
        blocked = await acknowledged(services, 1)
        assert (blocked["desired"], blocked["why"], blocked["attempts"]) == ("blocked", ["subscription"], 1)
        assert (blocked["answer"], blocked["element_id"]) == ("Disconnect-ACK", "bng-1")
        (disconnect,) = server.asked
        assert (disconnect.code, disconnect["User-Name"]) == (DisconnectRequest, ["ann"])

        await post(rating, "/v1/subscriptions/sub-1/resume", {}, expect=200)
        await acknowledged(services, 2)
        await post(rating, "/v1/subscriptions/sub-1/suspend", {"access": "throttled", "profile": "slow"}, expect=200)
        throttled = await acknowledged(services, 3)
        assert (throttled["desired"], throttled["profile"]["down_kbps"]) == ("throttled", 2000)
        assert server.asked[-1].code == CoARequest
        assert server.asked[-1]["Mikrotik-Rate-Limit"] == ["500k/2000k"]

        listed = (await services.usage.get("/v1/network-intents", params={"element_id": "bng-1"})).json()
        assert [(i["version"], i["state"]) for i in listed["items"]] == [
            (3, "acknowledged"),
            (2, "acknowledged"),
            (1, "acknowledged"),
        ]
        count = len(server.asked)
        await asyncio.sleep(2)
        assert len(server.asked) == count, "what is acknowledged is not sent again"

        # A process that is killed while it waits for the NAS: the next one finds the attempt, and makes it again.
        server.answer = lambda packet: None
        await post(rating, "/v1/subscriptions/sub-1/resume", {}, expect=200)
        await until(lambda: len(server.asked), lambda asked: asked > count, within_s=20)
        await services.processes["usage"].kill()
        server.answer = ack
        await services.processes["usage"].start()
        await until_ready(services.usage)
        opened = await acknowledged(services, 4)
        assert (opened["desired"], opened["attempts"]) == ("open", 1)
