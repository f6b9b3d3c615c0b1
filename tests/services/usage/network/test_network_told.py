"""A suspension in rating reaches the NAS: real Kafka, real Postgres, two services, and pyrad as the NAS."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import pytest_asyncio
from pyrad.packet import CoARequest, DisconnectRequest

from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.processes import Services, running
from tests.services.usage.network.test_calls import SECRET, _Nas, ack, nas

pytestmark = pytest.mark.servers

CYCLE = {"id": "monthly", "name": "Monthly", "frequency": "month", "anchor_day": 1, "time_zone": "Europe/Paris"}
FLAT = {"model": "flat", "amount": "20.00"}


@dataclass
class Network:
    """Two services that tell the network, and their customers."""

    services: Services

    @property
    def rating(self) -> httpx.AsyncClient:
        client: httpx.AsyncClient = getattr(self.services, "rating")  # noqa: B009
        return client

    @property
    def usage(self) -> httpx.AsyncClient:
        return self.services.usage

    async def customer(self, name: str) -> None:
        """Account and subscription of that name have a line that the NAS knows as `name`."""
        body = {"id": name, "name": "Ann Example", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
        await post(self.rating, "/v1/accounts", body)
        start = datetime.now(UTC).date().replace(day=1).isoformat()
        line = {"id": name, "account_id": name, "plan_id": "fiber", "start": start}
        await post(self.rating, "/v1/subscriptions", line)
        await post(self.usage, "/v1/resources", {"id": f"user:{name}"})
        body = {"account_id": name, "subscription_id": name, "from": f"{start}T00:00:00Z"}
        await post(self.usage, f"/v1/resources/user%3A{name}/assignments", body)

    async def change(self, name: str, what: str, **body: Any) -> None:
        await post(self.rating, f"/v1/subscriptions/{name}/{what}", body, expect=200)

    async def put(self, path: str, body: Any) -> None:
        answer = await self.rating.put(path, json=body)
        assert answer.status_code == 200, answer.text

    async def access(self, name: str) -> Any:
        self.services.check()
        answer = await self.usage.get(f"/v1/resources/user%3A{name}/access")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def acknowledged(self, name: str, version: int) -> Any:
        return await until(lambda: self.access(name), lambda a: a["version"] == version and a["acknowledged_at"])

    async def session(self, name: str, status: str) -> None:
        """Accounting reports a session of the line, and it is known."""
        now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        reported = {"kind": "session", "session_id": f"s-{name}", "status": status, "resource": f"user:{name}"}
        record = {"id": f"{name}-{status}", "source": "bng-1", "meter": "data.octets", "quantity": "7", **reported}
        await post(self.usage, "/v1/usage/records", {**record, "started_at": now, "ended_at": now}, expect=202)
        state = "closed" if status == "stop" else "open"
        query = {"resource": f"user:{name}", "state": state}

        async def known() -> Any:
            return (await self.usage.get("/v1/usage/sessions", params=query)).json()["items"]

        await until(known)

    async def reconciled(self) -> Any:
        return await post(self.usage, "/v1/network-elements/bng-1/reconcile", None, expect=200)


async def post(client: httpx.AsyncClient, path: str, body: Any, expect: int = 201) -> Any:
    answer = await client.post(path, json=body)
    assert answer.status_code == expect, answer.text
    return answer.json()


async def customers_of(services: Services, element: dict[str, Any]) -> Network:
    """What customers need, and the element that serves them all."""
    made = Network(services)
    await post(made.rating, "/v1/billing-cycles", CYCLE)
    slow = {"id": "slow", "name": "Slow", "down_kbps": 2000, "up_kbps": 500}
    await post(made.rating, "/v1/bandwidth-profiles", slow)
    await post(made.rating, "/v1/plans", {"id": "fiber", "name": "Fiber", "currency": "EUR", "prices": [FLAT]})
    await post(made.rating, "/v1/plans/fiber/versions/1/publish", {"effective_from": "2026-01-01"}, expect=200)
    defined = await post(made.usage, "/v1/network-elements", element)
    assert defined["has_secret"] and element["secret"] not in str(defined)
    return made


@dataclass
class Told(Network):
    """And the NAS that is told."""

    nas: _Nas


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def network(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Told]:
    async with (
        fresh_environment(servers, tmp_path_factory.mktemp("network")) as env,
        running(env.settings, "usage", "rating") as services,
        nas(ack) as (server, element),
    ):
        told = {"id": "bng-1", "driver": "radius_coa", "address": element.address, "vendor": "mikrotik"}
        made = await customers_of(services, {**told, "secret": SECRET})
        yield Told(made.services, server)


async def test_an_element_is_tested_without_changing_anything(network: Told) -> None:
    probe = await post(network.usage, "/v1/network-elements/bng-1/test", None, expect=200)
    assert probe == {"reachable": True, "answer": "Disconnect-ACK"}


async def test_a_suspension_in_rating_disconnects_the_line_and_a_soft_one_throttles_it(network: Told) -> None:
    await network.customer("ann")
    nothing = await network.access("ann")
    assert (nothing["desired"], nothing["version"], nothing["sent_at"]) == ("open", 0, None)
    network.nas.asked.clear()

    await network.change("ann", "suspend")
    blocked = await network.acknowledged("ann", 1)
    assert (blocked["desired"], blocked["why"], blocked["attempts"]) == ("blocked", ["subscription"], 1)
    assert (blocked["answer"], blocked["element_id"]) == ("Disconnect-ACK", "bng-1")
    (disconnect,) = network.nas.asked
    assert (disconnect.code, disconnect["User-Name"]) == (DisconnectRequest, ["ann"])

    await network.change("ann", "resume")
    await network.acknowledged("ann", 2)
    await network.change("ann", "suspend", access="throttled", profile="slow")
    throttled = await network.acknowledged("ann", 3)
    assert (throttled["desired"], throttled["profile"]["down_kbps"]) == ("throttled", 2000)
    asked = network.nas.asked[-1]
    assert (asked.code, asked["Mikrotik-Rate-Limit"]) == (CoARequest, ["500k/2000k"])

    query = {"resource_id": "subscription:ann", "element_id": "bng-1", "state": "acknowledged"}
    listed = (await network.usage.get("/v1/network-intents", params=query)).json()
    assert [intent["version"] for intent in listed["items"]] == [3, 2, 1]
    count = len(network.nas.asked)
    await asyncio.sleep(2)
    assert len(network.nas.asked) == count, "what is acknowledged is not sent again"


async def test_a_profile_with_other_rates_is_told_to_the_lines_that_have_it_and_to_no_others(network: Told) -> None:
    for name in ("dan", "fay"):
        await network.customer(name)
    await network.change("dan", "suspend", access="throttled", profile="slow")
    await network.acknowledged("dan", 1)
    network.nas.asked.clear()
    await network.put("/v1/bandwidth-profiles/slow", {"name": "Slow", "down_kbps": 3000, "up_kbps": 700})
    throttled = await network.acknowledged("dan", 2)
    assert (throttled["desired"], throttled["profile"]["down_kbps"]) == ("throttled", 3000)
    told = [asked["Mikrotik-Rate-Limit"] for asked in network.nas.asked if asked["User-Name"] == ["dan"]]
    assert told == [["700k/3000k"]]
    assert (await network.access("fay"))["version"] == 0


async def test_a_process_killed_while_it_waits_for_the_nas_is_followed_by_one_that_asks_again(network: Told) -> None:
    await network.customer("bob")
    network.nas.asked.clear()
    network.nas.answer = lambda packet: None
    try:
        await network.change("bob", "suspend")
        await until(lambda: len(network.nas.asked))
        async with network.services.killed("usage"):
            network.nas.answer = ack
    finally:
        network.nas.answer = ack
    blocked = await network.acknowledged("bob", 1)
    assert (blocked["desired"], blocked["attempts"]) == ("blocked", 1)


async def test_a_line_that_accounting_says_is_on_or_off_against_what_was_told_is_told_once_more(
    network: Told,
) -> None:
    await network.customer("cleo")
    await network.change("cleo", "suspend")
    await network.acknowledged("cleo", 1)
    assert (await network.reconciled())["repeated"] == 0
    await network.session("cleo", "start")
    found = await network.reconciled()
    assert [(line["resource_id"], line["session_id"]) for line in found["should_be_off"]] == [
        ("subscription:cleo", "s-cleo")
    ]
    await network.acknowledged("cleo", 2)
    assert (await network.reconciled())["repeated"] == 0

    await network.change("cleo", "resume")
    await network.acknowledged("cleo", 3)
    assert (await network.reconciled())["repeated"] == 0
    await network.session("cleo", "stop")
    found = await network.reconciled()
    assert [line["resource_id"] for line in found["should_be_on"]] == ["subscription:cleo"]
    await network.acknowledged("cleo", 4)


async def test_a_line_is_told_once_more_when_somebody_asks_and_not_before_it_was_told(network: Told) -> None:
    await network.customer("dora")
    repeat = "/v1/resources/subscription%3Adora/access/repeat"
    (action,) = (await network.access("dora"))["allowed_actions"]
    assert (action["action"], action["allowed"]) == ("repeat", False)
    refused = await network.usage.post(repeat, json={"reason": "too early"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "nothing_to_tell")

    await network.change("dora", "suspend")
    told = await network.acknowledged("dora", 1)
    assert told["allowed_actions"][0]["allowed"]
    network.nas.asked.clear()
    again = await post(network.usage, repeat, {"reason": "the OLT was exchanged"}, expect=200)
    assert (again["version"], again["desired"]) == (2, "blocked")
    await network.acknowledged("dora", 2)
    assert [packet.code for packet in network.nas.asked] == [DisconnectRequest]
    query = {"resource_id": "subscription:dora"}
    latest = (await network.usage.get("/v1/network-intents", params=query)).json()["items"][0]
    assert (latest["version"], latest["reason"]) == (2, "the OLT was exchanged")
