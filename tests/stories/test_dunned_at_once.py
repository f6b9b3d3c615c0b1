"""A hundred customers are blocked at one midnight; at that moment they pay, promise and dispute, and services die.

n % 5     0 pays     1 promises, with service     2 disputes     3 does all three     4 does nothing
2 Mar     due        3 Mar  overdue       5 Mar, midnight  blocked: then all of it happens, and payments, rating
          and usage are killed in the middle; nobody but those who did nothing is blocked in the end
6 Mar     everybody who has not paid pays, and the three are killed again: nobody is blocked
"""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Iterable
from typing import Any

import pytest
import pytest_asyncio

from meterlog.chaos.debtors import unless_late
from meterlog.chaos.story import PatientClient
from meterlog.cli.keys import make_key
from meterlog.demo.client import together
from meterlog.installation import spec_of
from shared.embedded.stack import Stack
from shared.engine.rebuild.job import RebuildJob
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack
from tests.kit.waiting import until

pytestmark = pytest.mark.servers

COUNT = 100
NAMES = [f"debtor-{n:03}" for n in range(COUNT)]
OWED = {"amount": "30.00", "currency": "EUR"}
KILLED = ("payments", "rating", "usage")
WITHIN_S = 240
POLICY: dict[str, Any] = {
    "id": "strict",
    "name": "Strict",
    "steps": [{"name": "Note", "after_days": 1}, {"name": "Block", "after_days": 3, "service": {"access": "blocked"}}],
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def stack(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    async with running_stack(servers, tmp_path_factory.mktemp("at-once")) as stack:
        yield stack


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def client(stack: Stack) -> AsyncIterator[PatientClient]:
    made = await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "at-once")
    client = PatientClient(stack.base_url, made["key"])
    yield client
    await client.close()


async def sign_up(client: PatientClient) -> None:
    post = client.post
    await client.put("/v1/clock", {"now": "2026-03-01T08:00:00Z"})
    cycle = {"id": "monthly", "name": "Monthly", "frequency": "month", "anchor_day": 1, "time_zone": "Europe/Paris"}
    await post("/v1/billing-cycles", cycle, key="cycle")
    plan = {"id": "line", "name": "Line", "currency": "EUR", "prices": [{"model": "flat", "amount": "0.00"}]}
    await post("/v1/plans", plan, key="plan")
    await post("/v1/plans/line/versions/1/publish", {"effective_from": "2020-01-01"}, key="publish")
    await post("/v1/network-elements", {"id": "nas", "driver": "simulated", "address": "lose=7"}, key="nas")
    await post("/v1/dunning/policies", POLICY, key="policy")
    await client.put("/v1/dunning/settings", {"policy_id": "strict"})

    async def one(name: str) -> None:
        account = {"id": name, "name": name, "currency": "EUR", "cycle_id": "monthly", "tax_rate": "0"}
        await post("/v1/accounts", account, key=name)
        line = {"id": name, "account_id": name, "plan_id": "line", "start": "2026-03-01"}
        await post("/v1/subscriptions", line, key=f"line/{name}")
        debit = {"direction": "debit", "amount": OWED, "reason_code": "other", "due_on": "2026-03-02"}
        await post(f"/v1/accounts/{name}/adjustments", debit, key=f"owe/{name}")

    await together(one(name) for name in NAMES)


async def some_time(chance: random.Random, within_s: float, work: Awaitable[Any]) -> None:
    await asyncio.sleep(chance.uniform(0, within_s))
    await work


async def pays(client: PatientClient, name: str, day: str) -> None:
    body = {"account_id": name, "amount": OWED, "method": "bank_transfer", "received_on": day}
    await client.post("/v1/payments", body, key=f"pay/{name}")


async def promises(client: PatientClient, name: str) -> None:
    body = {"account_id": name, "pay_by": "2026-03-20", "restores": True}
    await unless_late(client.post("/v1/promises", body, key=f"promise/{name}"))


async def disputes(client: PatientClient, name: str, invoice_id: str) -> None:
    path = f"/v1/receivables/{invoice_id}/dispute"
    await unless_late(client.post(path, {"reason": "other"}, key=f"dispute/{name}"))


async def kills(stack: Stack, chance: random.Random, within_s: float) -> None:
    """Each of the three once, at some moment."""

    async def one(name: str) -> None:
        await asyncio.sleep(chance.uniform(0, within_s))
        stack.send(name, signal.SIGKILL)

    await asyncio.gather(*(one(name) for name in KILLED))


async def lines(client: PatientClient) -> dict[str, str]:
    """What each line has by the word of the network, `?` while that is on its way; none that was never touched."""

    async def one(name: str) -> str:
        access = await client.get(f"/v1/resources/subscription%3A{name}/access")
        told = access["version"] == 0 or access["acknowledged_at"] is not None
        return str(access["desired"]) if told else "?"

    return dict(zip(NAMES, await together(one(name) for name in NAMES), strict=True))


async def become(client: PatientClient, wanted: dict[str, str]) -> None:
    found = await until(lambda: lines(client), lambda found: found == wanted, within_s=WITHIN_S)
    assert found == wanted


async def astray(client: PatientClient) -> list[str]:
    items = (await client.get("/v1/overview/attention"))["items"]
    return [item["kind"] for item in items if item["kind"] in ("paid_and_restricted", "overdue_and_open")]


async def owed(client: PatientClient) -> dict[str, str]:
    async def one(name: str) -> str:
        page = await client.get(f"/v1/accounts/{name}/receivables")
        return str(page["items"][0]["invoice_id"])

    return dict(zip(NAMES, await together(one(name) for name in NAMES), strict=True))


def habit(name: str) -> int:
    return NAMES.index(name) % 5


async def test_nobody_ends_paid_and_blocked_whatever_comes_at_the_moment_of_the_block_and_whatever_dies(
    stack: Stack, client: PatientClient
) -> None:
    chance = random.Random(11)
    await sign_up(client)
    await client.post("/v1/clock/advance", {"to": "2026-03-04T12:00:00Z"}, key="noted")
    invoices = await owed(client)

    def acts() -> Iterable[Awaitable[Any]]:
        for name in NAMES:
            if habit(name) in (0, 3):
                yield some_time(chance, 2.0, pays(client, name, "2026-03-04"))
            if habit(name) in (1, 3):
                yield some_time(chance, 2.0, promises(client, name))
            if habit(name) in (2, 3):
                yield some_time(chance, 2.0, disputes(client, name, invoices[name]))

    block = client.post("/v1/clock/advance", {"to": "2026-03-05T01:00:00Z"}, key="block")
    await asyncio.gather(block, kills(stack, chance, 3.0), *acts())
    await become(client, {name: "blocked" if habit(name) == 4 else "open" for name in NAMES})

    await client.post("/v1/clock/advance", {"to": "2026-03-06T12:00:00Z"}, key="later")
    assert await astray(client) == []
    restored = [pays(client, name, "2026-03-06") for name in NAMES if habit(name) in (1, 2, 4)]
    await asyncio.gather(kills(stack, chance, 2.0), *(some_time(chance, 2.0, one) for one in restored))
    await become(client, dict.fromkeys(NAMES, "open"))
    await client.post("/v1/clock/advance", {"to": "2026-03-07T12:00:00Z"}, key="end")
    assert await astray(client) == []
    open_cases = await client.get("/v1/dunning/cases", status="open", limit=1)
    assert open_cases["total"] == 0
    for service in ("payments", "rating", "reporting"):
        proven = await RebuildJob(stack.settings, spec_of(service, stack.settings), processes=0).verify()
        assert proven.equal, (service, proven)
