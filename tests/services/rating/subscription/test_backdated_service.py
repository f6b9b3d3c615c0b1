"""A clerk moves a customer to another plan since the 3rd, over HTTP: preview, change, live spend, charges, records."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from tests.kit.servers import Servers
from tests.services.rating.test_service import METERED, Rating, billing, customer, until, used_by

pytestmark = pytest.mark.servers

CHANGE = {"plan_id": "office", "effective_on": "2026-09-03"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def rating(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rating]:
    async with billing(servers, tmp_path_factory.mktemp("backdated")) as started:
        dear = {**METERED, "unit_price": "0.02", "included": "0"}
        for plan_id, prices in (("office", [dear]), ("mute", [{**METERED, "meter": "voice.seconds"}])):
            await started.post("/v1/plans", {"id": plan_id, "name": plan_id, "currency": "EUR", "prices": prices})
            await started.post(f"/v1/plans/{plan_id}/versions/1/publish", {"effective_from": "2026-01-01"}, expect=200)
        yield started


async def test_usage_of_past_days_goes_along_with_a_backdated_plan_r16(rating: Rating) -> None:
    await customer(rating, "ann")
    await rating.guide(
        used_by("ann", 30, "2026-09-02 10:00", index=1), used_by("ann", 100, "2026-09-15 10:00", index=2)
    )
    path = "/v1/accounts/acc-ann/unbilled"

    async def usage() -> dict[str, Any]:
        lines = (await rating.get(path))["lines"]
        return {line["plan_id"]: line["amount"]["amount"] for line in lines if line["kind"] == "usage"}

    await until(usage)
    refused = await rating.post("/v1/subscriptions/sub-ann/change-plan", {**CHANGE, "plan_id": "mute"}, expect=409)
    assert [(error["code"], error["pointer"]) for error in refused["errors"]] == [("usage_rated", "/effective_on")]
    assert "2026-09-15" in refused["errors"][0]["detail"] and "data.octets" in refused["errors"][0]["detail"]

    shown = await rating.post("/v1/subscriptions/sub-ann/change-plan", {**CHANGE, "preview": True}, expect=200)
    lines = [line for line in shown["with_change"]["lines"] if line["kind"] == "usage"]
    assert {line["plan_id"]: line["amount"]["amount"] for line in lines} == {"fiber": "0.00", "office": "2.00"}

    await rating.post("/v1/subscriptions/sub-ann/change-plan", CHANGE, expect=200)
    assert await usage() == {"fiber": "0.00", "office": "2.00"}
    await rating.complete_through(datetime.now(UTC) + timedelta(seconds=1))

    async def charges() -> Any:
        found = await rating.get("/v1/charges", account_id="acc-ann", kind="usage", billing_period="2026-09-01")
        return found["items"]

    billed = {charge["plan_id"]: charge for charge in await until(charges)}
    assert {plan_id: charge["amount"]["amount"] for plan_id, charge in billed.items()} == {
        "fiber": "0.00",
        "office": "2.00",
    }
    explained = await rating.get(f"/v1/charges/{billed['office']['id']}")
    assert explained["lineage"]["items"] == ["usage/2/1842#2"]

    late = await rating.post("/v1/subscriptions/sub-ann/change-plan", {**CHANGE, "plan_id": "fiber"}, expect=422)
    assert [error["code"] for error in late["errors"]] == ["period_closed"]
    assert "/v1/reratings" in late["errors"][0]["detail"]
