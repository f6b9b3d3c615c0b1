"""Two replicas of payments, of which one dies between the log and the gateway: nothing is charged twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.invoicing.story import opened
from tests.services.payments.stripe_program import stripe_program
from tests.services.payments.test_stripe_service import WHSEC, Shop, ok, over, set_up
from tests.services.processes import Process, running, until_ready

pytestmark = pytest.mark.servers


@dataclass
class Replicas:
    """Two replicas of payments, of which either may own the partition of an account."""

    shop: Shop
    points: Path
    both: tuple[Process, Process]

    async def ended(self) -> list[Process]:
        return [process for process in self.both if process.has_ended]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def replicas(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Replicas]:
    directory, points = tmp_path_factory.mktemp("replicas"), tmp_path_factory.mktemp("points")
    async with stripe_program() as stripe, fresh_environment(servers, directory) as environment:
        settings = environment.settings.model_copy(update={"failpoints": points})
        async with running(settings, "invoicing", "payments") as services:
            shop = await set_up(services, stripe)
            await stripe.tells(str(services.payments.base_url), WHSEC, "off")
            other = services.processes["replica"] = Process(settings, "payments", instance="replica")
            await other.start()
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{other.port}", timeout=15) as client:
                await until_ready(client)
            yield Replicas(shop, points, (services.processes["payments"], other))


@pytest.mark.slow
@pytest.mark.parametrize(
    "point",
    [
        pytest.param("gateway_calling", id="before the call"),
        pytest.param("gateway_called", id="after the call, with nobody told"),
    ],
)
async def test_whichever_replica_dies_between_log_and_gateway_nothing_is_charged_twice(
    replicas: Replicas, point: str
) -> None:
    shop, points = replicas.shop, replicas.points
    accounts = [f"{point.removeprefix('gateway_')}-{n}" for n in range(6)]
    for account in accounts:
        await shop.services.rating_says(opened(account))
        body = {"account_id": account, "kind": "card", "gateway": "stripe", "token": "pm_visa"}
        added = await until(
            partial(shop.services.payments.post, "/v1/payment-methods", json=body),
            lambda answer: answer.status_code == 201,
        )
        await ok(added, 201)
    armed = {process: points / f"{process.instance}.{point}" for process in replicas.both}
    for file in armed.values():
        file.write_text("kill\n")
    owed = {"amount": "10.00", "currency": "EUR"}
    asking = [
        asyncio.create_task(until_asked(shop, {"id": account, "account_id": account, "amount": owed}))
        for account in accounts
    ]
    await until(replicas.ended, bool)
    # Who has taken its file away is dying, though that takes a moment.
    struck = [process for process, file in armed.items() if not disarmed(file)]
    await until(replicas.ended, lambda ended: len(ended) == len(struck))
    for process in struck:
        await process.start()
    await asyncio.gather(*asking)
    for account in accounts:
        found = await shop.until(account, over)
        assert (found["status"], found["attempts"]) == ("succeeded", 1), found
        # Asked again only where nobody knows whether the gateway was asked, under the same key: it charges once.
        assert {key for key, _ in await shop.stripe.calls(account)} == {f"{account}-1"}
    await shop.nothing_twice()
    assert await replicas.ended() == []


def disarmed(file: Path) -> bool:
    """Whether nobody had passed there."""
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    return True


async def until_asked(shop: Shop, body: dict[str, Any]) -> None:
    """However often its connection ends with the process that had it; what is there already is refused."""

    async def ask() -> int:
        try:
            return (await shop.services.payments.post("/v1/collections", json=body)).status_code
        except httpx.TransportError:
            return 0

    await until(ask, lambda status: status in (201, 409))
