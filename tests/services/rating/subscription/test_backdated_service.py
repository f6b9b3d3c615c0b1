"""A clerk moves a customer to another plan since the 3rd, over HTTP: preview, change, live spend, charges, records."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from services.usage.commands import COMMANDS
from services.usage.quarantine.messages import ReturnUsage
from services.usage.resource.messages import AssignmentGuided, EndAssignments
from shared.kernel.envelope import from_headers
from shared.kernel.partition import partition_of
from tests.kit.servers import Servers
from tests.services.rating.test_service import METERED, Rating, billing, customer, until, used_by
from tests.services.usage.test_service import read_all

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


async def sent_to_usage(rating: Rating, kind: type[Any]) -> list[Any]:
    """The commands of that kind that rating has sent to usage."""
    found = []
    for record in await read_all(rating.runtime.kafka, "usage.commands"):
        command = COMMANDS.decode(from_headers(record.headers).type, record.value)
        if isinstance(command, kind):
            found.append(command)
    return found


async def test_usage_behind_a_backdated_end_is_given_back_and_usage_learns_of_the_end_r8(rating: Rating) -> None:
    """He moved out on the 10th, which is said today: 100 units of the 5th are free, 200 of the 12th are not his."""
    await customer(rating, "kim")
    since = datetime(2026, 8, 31, 22, tzinfo=UTC)
    known = AssignmentGuided(account_id="acc-kim", resource_id="mac:kim", subscription_id="sub-kim", valid_from=since)
    await rating.tell(known, partition_of("acc-kim", rating.runtime.settings.partitions))
    await rating.guide(
        used_by("kim", 100, "2026-09-05 10:00", index=3), used_by("kim", 200, "2026-09-12 10:00", index=4), seq=1901
    )

    async def quantities() -> list[str]:
        lines = (await rating.get("/v1/accounts/acc-kim/unbilled"))["lines"]
        return [line["quantity"] for line in lines if line["kind"] == "usage"]

    await until(quantities)
    assert await quantities() == ["300"]
    ended = {"effective_on": "2026-09-10", "reason": "Moved out"}
    shown = await rating.post("/v1/subscriptions/sub-kim/terminate", {**ended, "preview": True}, expect=200)
    assert [line["quantity"] for line in shown["with_change"]["lines"] if line["kind"] == "usage"] == ["100"]
    await rating.post("/v1/subscriptions/sub-kim/terminate", ended, expect=200)
    assert await quantities() == ["100"]

    (returned,) = [one for one in await sent_to_usage(rating, ReturnUsage) if one.seq == 1901]
    assert (returned.items, returned.account_id) == ([(4, "no_subscription")], "acc-kim")
    told = [one for one in await sent_to_usage(rating, EndAssignments) if one.subscription_id == "sub-kim"]
    assert sorted((one.resource_id, one.ends_at) for one in told) == [
        (name, datetime(2026, 9, 9, 22, tzinfo=UTC)) for name in ("mac:kim", "subscription:sub-kim")
    ]


async def test_more_records_than_one_transaction_takes_go_back_in_turns(rating: Rating) -> None:
    await customer(rating, "leo")
    for seq in (1911, 1912):
        many = [used_by("leo", 1, "2026-09-12 10:00", index=index) for index in range(5_100)]
        await rating.guide(*many, seq=seq)

    async def quantities() -> list[str]:
        lines = (await rating.get("/v1/accounts/acc-leo/unbilled"))["lines"]
        return [line["quantity"] for line in lines if line["kind"] == "usage"]

    async def rated() -> bool:
        return await quantities() == ["10200"]

    async def all_back() -> bool:
        sent = [one for one in await sent_to_usage(rating, ReturnUsage) if one.account_id == "acc-leo"]
        return sum(len(one.items) for one in sent) == 10_200

    await until(rated)
    await rating.post("/v1/subscriptions/sub-leo/terminate", {"effective_on": "2026-09-10"}, expect=200)
    assert await quantities() == []
    await until(all_back)


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
