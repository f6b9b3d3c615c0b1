"""Groups over HTTP: two that would be above each other, asked for in the same moment, on real Kafka and Postgres."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.kit.servers import Servers
from tests.services.rating.account.test_accounts_api import asked
from tests.services.rating.test_service import Rating, billing, customer

pytestmark = pytest.mark.servers

BODY = {"name": "A branch", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def rating(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rating]:
    async with billing(servers, tmp_path_factory.mktemp("groups")) as started:
        yield started


async def test_of_two_accounts_put_above_each_other_in_the_same_moment_one_is_refused(rating: Rating) -> None:
    for n in range(8):
        a, b = f"race-a{n}", f"race-b{n}"
        for name in (a, b):
            await rating.post("/v1/accounts", {**BODY, "id": name})
        answers = await asyncio.gather(
            rating.api.patch(f"/v1/accounts/{a}", json={"parent_id": b}),
            rating.api.patch(f"/v1/accounts/{b}", json={"parent_id": a}),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 422]
        (refused,) = [answer.json() for answer in answers if answer.status_code == 422]
        assert refused["errors"][0]["code"] == "group_cycle"
        parents = [(await rating.get(f"/v1/accounts/{name}"))["parent_id"] for name in (a, b)]
        assert parents.count(None) == 1


async def test_a_payer_is_named_from_the_next_period_on_and_name_and_place_change_in_one_request(
    rating: Rating,
) -> None:
    await rating.post("/v1/accounts", {**BODY, "id": "pay-head"})
    opened = await rating.post("/v1/accounts", {**BODY, "id": "pay-new", "billed_by": "pay-head"})
    assert (opened["billed_by"], opened["next_payer"]) == ("pay-head", None)
    await customer(rating, "py")
    change = {"name": "Renamed", "parent_id": "pay-head", "billed_by": "pay-head"}
    shown = await asked(rating, "PATCH", "/v1/accounts/acc-py", change, version=1)
    assert (shown["name"], shown["parent_id"], shown["billed_by"]) == ("Renamed", "pay-head", "acc-py")
    assert shown["next_payer"]["billed_by"] == "pay-head" and shown["next_payer"]["effective_on"]
    await asked(rating, "PATCH", "/v1/accounts/acc-py", {"billed_by": None}, version=1, status=412)
    listed = await rating.get("/v1/accounts", billed_by="pay-head")
    assert [item["id"] for item in listed["items"]] == ["acc-py", "pay-new"]
    problem = await asked(rating, "PATCH", "/v1/accounts/pay-head", {"billed_by": "acc-py"}, status=409)
    assert problem["errors"][0] | {"detail": ""} == {"pointer": "/billed_by", "code": "pays_for_others", "detail": ""}
    problem = await asked(rating, "POST", "/v1/accounts/pay-head/close", status=409)
    assert problem["errors"][0]["code"] == "pays_for_others"
