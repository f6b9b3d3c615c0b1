"""Spend alerts over HTTP, and a commitment's progress in the live spend."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from services.rating.spend_alert.messages import SpendThresholdReached, SuspensionAsked
from tests.kit.servers import Servers
from tests.services.rating.test_service import METERED, Rating, billing, customer, until, used_by

pytestmark = pytest.mark.servers

COMMITTED = {**METERED, "modifiers": {"minimum_commitment": "40.00"}}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def spending(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rating]:
    async with billing(servers, tmp_path_factory.mktemp("spend")) as rating:
        yield rating


async def test_a_cap_is_set_reached_by_usage_listed_and_removed(spending: Rating) -> None:
    """Three months at 20.00 are due at the end of November; 100 units are included, 4,000 more cost 40.00."""
    await customer(spending, "cap")
    known = {"account_id": "acc-cap", "threshold": {"amount": "90.00", "currency": "EUR"}}
    alert = await spending.post("/v1/spend-alerts", {"id": "al-cap", **known, "action": "cap"})
    assert (alert["id"], alert["scope"], alert["action"], alert["reached"]) == ("al-cap", "period", "cap", None)
    again = await spending.api.post("/v1/spend-alerts", json={"id": "al-cap", **known})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "spend_alert_exists")

    await spending.guide(used_by("cap", 4_100, "2026-09-20 10:00"))

    async def reached() -> bool:
        page = await spending.get("/v1/spend-alerts", account_id="acc-cap", reached="true")
        return len(page["items"]) == 1

    await until(reached)
    told = [event for event in await spending.events() if isinstance(event, SpendThresholdReached | SuspensionAsked)]
    assert [type(event).__name__ for event in told] == ["SpendThresholdReached", "SuspensionAsked"]
    alert = await spending.get("/v1/spend-alerts/al-cap")
    assert alert["reached"]["period"] == {"start": "2026-09-01", "end": "2026-10-01"}
    assert alert["reached"]["amount"] == {"amount": str(told[0].amount), "currency": "EUR"}

    higher = {"threshold": {"amount": "150.00", "currency": "EUR"}}
    old = await spending.api.patch("/v1/spend-alerts/al-cap", json=higher, headers={"If-Match": '"7"'})
    assert old.status_code == 412
    changed = await spending.api.patch("/v1/spend-alerts/al-cap", json=higher, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json()["version"], changed.json()["reached"]) == (200, 2, None)
    assert (changed.json()["threshold"]["amount"], changed.json()["action"]) == ("150.00", "cap")
    foreign = {"threshold": {"amount": "1.00", "currency": "USD"}}
    refused = await spending.api.patch("/v1/spend-alerts/al-cap", json=foreign)
    assert refused.json()["errors"][0]["code"] == "currency_mismatch"

    gone = await spending.api.delete("/v1/spend-alerts/al-cap")
    assert gone.status_code == 204
    assert (await spending.api.get("/v1/spend-alerts/al-cap")).status_code == 404
    once_more = await spending.api.post("/v1/spend-alerts", json={"id": "al-cap", **known})
    assert (once_more.status_code, once_more.json()["errors"][0]["code"]) == (409, "spend_alert_removed")
    assert (await spending.get("/v1/spend-alerts"))["total"] == 0


async def test_the_live_spend_shows_how_much_of_a_commitment_is_met_r17(spending: Rating) -> None:
    await spending.post("/v1/plans", {"id": "committed", "name": "Committed", "currency": "EUR", "prices": [COMMITTED]})
    await spending.post("/v1/plans/committed/versions/1/publish", {"effective_from": "2026-01-01"}, expect=200)
    body = {"id": "acc-met", "name": "Ann", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
    await spending.post("/v1/accounts", body)
    body = {"id": "sub-met", "account_id": "acc-met", "plan_id": "committed", "start": "2026-09-01"}
    await spending.post("/v1/subscriptions", body)
    await spending.guide(used_by("met", 1_100, "2026-09-20 10:00"))

    async def rated() -> bool:
        lines = (await spending.get("/v1/accounts/acc-met/unbilled"))["lines"]
        return any(line["records"] == 1 for line in lines)

    await until(rated)
    live = await spending.get("/v1/accounts/acc-met/unbilled")
    september = next(one for one in live["commitments"] if one["period"]["start"] == "2026-09-01")
    assert (september["used"]["amount"], september["committed"]["amount"], september["share"]) == (
        "10.00",
        "40.00",
        "0.250000000",
    )
    periods = len(live["commitments"])
    assert live["commitment"]["committed"]["amount"] == f"{40 * periods}.00"
