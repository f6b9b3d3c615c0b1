"""Reratings and outages over HTTP, from rating's own tables: what they come to first, then on the accounts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from services.usage.resource.messages import AssignmentGuided
from shared.kernel.partition import partition_of
from tests.kit.servers import Servers
from tests.services.rating.closed_months import all_closed
from tests.services.rating.test_service import METERED, Rating, billing, customer, until, used_by
from tests.services.rating.world import FLAT

pytestmark = pytest.mark.servers

# 100 units included at 0.01 should have been at 0.03.
CORRECTED = [FLAT, {**METERED, "unit_price": "0.03"}]
RANGE = {"plan_id": "fiber", "version": 1, "from": "2026-09-01", "to": "2026-11-01", "reason": "0.01 for 0.03"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def book(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rating]:
    """Ann uses 150 and 60 units in September and October, Bob 400 in September; both months are closed, and so is every
    other before this one: of an account that is closing a month nothing is rerated."""
    async with billing(servers, tmp_path_factory.mktemp("rerating")) as rating:
        for name in ("ann", "bob"):
            await customer(rating, name)
        await rating.guide(used_by("ann", 150, "2026-09-05 10:00"), used_by("ann", 60, "2026-10-05 10:00", index=1))
        await rating.guide(used_by("bob", 400, "2026-09-05 10:00"))
        await rating.complete_through(datetime.now(UTC) + timedelta(seconds=1))
        await all_closed(rating, "ann", "bob")
        yield rating


async def rerated(book: Rating, expect: int = 201, **body: Any) -> Any:
    return await book.post("/v1/reratings", {**RANGE, "prices": CORRECTED, **body}, expect=expect)


async def test_a_rerating_from_its_dry_run_to_the_live_bill(book: Rating) -> None:
    """Ann: 0.50 becomes 1.50, October stays 0.00; Bob: 3.00 becomes 9.00."""
    found = await rerated(book, id="rr-1")
    assert (found["status"], found["corrected"], found["accounts"]) == ("previewed", 2, 2), found
    assert found["totals"] == [{"currency": "EUR", "amount": "7.00"}]
    assert found["not_computable"] == 0
    page = await book.get("/v1/reratings/rr-1/results", sort="difference")
    assert [(item["account_id"], item["charged"]["amount"], item["corrected"]["amount"]) for item in page["items"]] == [
        ("acc-ann", "0.50", "1.50"),
        ("acc-bob", "3.00", "9.00"),
    ]
    assert page["totals"][0]["amount"] == "7.00"
    assert (await book.get("/v1/accounts/acc-ann/unbilled"))["amount"]["amount"] == "0.00"

    stale = await book.api.post("/v1/reratings/rr-1/confirm", headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    confirmed = await book.post("/v1/reratings/rr-1/confirm", None, expect=200)
    assert (confirmed["status"], confirmed["corrected"], confirmed["version"]) == ("completed", 2, 2)
    assert confirmed["confirmed_by"]
    (action,) = confirmed["allowed_actions"]
    assert not action["allowed"]
    (line,) = (await book.get("/v1/accounts/acc-ann/unbilled"))["lines"]
    assert (line["kind"], line["amount"]["amount"], line["period"]["start"]) == ("rerating", "1.00", "2026-09-01")

    again = await rerated(book, id="rr-2", dry_run=False)
    assert (again["status"], again["corrected"]) == ("completed", 0)
    assert again["unchanged"] > 0
    listed = await book.get("/v1/reratings", status="completed")
    assert {item["id"] for item in listed["items"]} == {"rr-1", "rr-2"}


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({"to": "2026-08-01"}, "invalid_period", "/to"),
        ({"from": "2020-01-01", "to": "2020-02-01"}, "no_closed_periods", "/from"),
        ({"version": 9}, "plan_version_not_found", "/version"),
        ({"plan_id": "copper"}, "plan_not_found", "/plan_id"),
        ({"prices": [FLAT]}, "prices_differ", "/prices"),
        ({"account_ids": ["acc-ann", "nobody"]}, "account_not_found", "/account_ids/1"),
        ({"prices": [FLAT, {**METERED, "unit_price": "x"}]}, "invalid_decimal", "/prices/1/unit_price"),
        ({"reason": ""}, "out_of_bounds", "/reason"),
    ],
)
async def test_what_cannot_be_rerated_is_refused_with_its_pointer(
    book: Rating, body: dict[str, Any], code: str, pointer: str
) -> None:
    refused = await rerated(book, expect=422, **body)
    assert [(error["code"], error["pointer"]) for error in refused["errors"]] == [(code, pointer)]


async def test_an_outage_from_its_preview_to_the_live_bill(book: Rating) -> None:
    """The 10th to 13th of September in Paris: a tenth of 20.00 for Ann and for Bob; then a day more for Ann alone."""
    body = {"from": "2026-09-09T22:00:00Z", "to": "2026-09-12T22:00:00Z", "reason": "a cut cable"}
    found = await book.post("/v1/outages", {**body, "id": "out-1", "plan_id": "fiber"})
    assert (found["status"], found["credited"], found["totals"]) == (
        "previewed",
        2,
        [{"currency": "EUR", "amount": "4.00"}],
    )
    confirmed = await book.post("/v1/outages/out-1/confirm", None, expect=200)
    assert (confirmed["status"], confirmed["version"]) == ("completed", 2)
    page = await book.get("/v1/outages/out-1/results", account_id="acc-ann")
    assert [item["credit"]["amount"] for item in page["items"]] == ["2.00"]
    lines = (await book.get("/v1/accounts/acc-ann/unbilled"))["lines"]
    assert ("outage", "-2.00", "Outage 3 days on 10 Sep: credit") in [
        (line["kind"], line["amount"]["amount"], line["description"]) for line in lines
    ]
    longer = {**body, "to": "2026-09-13T22:00:00Z", "account_ids": ["acc-ann"]}
    more = await book.post("/v1/outages", longer)
    assert more["totals"] == [{"currency": "EUR", "amount": "0.67"}]
    assert {item["id"] for item in (await book.get("/v1/outages"))["items"]} == {"out-1", more["id"]}


async def assign(book: Rating, name: str, valid_from: datetime, valid_to: datetime | None = None) -> None:
    told = AssignmentGuided(
        account_id=f"acc-{name}",
        resource_id="olt-3/port-7",
        subscription_id=f"sub-{name}",
        valid_from=valid_from,
        valid_to=valid_to,
    )
    await book.tell(told, partition_of(told.key, book.runtime.settings.partitions))


async def test_an_outage_of_equipment_is_credited_to_who_had_it(book: Rating) -> None:
    """Bob had the port until the 12th; Ann has it now, and a reassignment left nothing of the 3rd to her."""
    moved = datetime(2026, 9, 12, tzinfo=UTC)
    await assign(book, "bob", datetime(2026, 9, 1, tzinfo=UTC), moved)
    await assign(book, "ann", moved)
    third = datetime(2026, 9, 3, tzinfo=UTC)
    await assign(book, "ann", third, third)
    body = {"from": "2026-09-02T22:00:00Z", "to": "2026-09-04T22:00:00Z", "reason": "a burnt port"}

    async def known() -> Any:
        answer = await book.api.post("/v1/outages", json={**body, "resources": ["olt-3/port-7"]})
        return answer.json() if answer.status_code == 201 else None

    found = await until(known)
    assert (found["resources"], found["credited"], found["accounts"]) == (["olt-3/port-7"], 1, 1)
    (item,) = (await book.get(f"/v1/outages/{found['id']}/results"))["items"]
    assert item["account_id"] == "acc-bob"
    by_name = await book.post("/v1/outages", {**body, "resources": ["subscription:sub-ann"]})
    assert by_name["accounts"] == 1
    both = await book.post("/v1/outages", {**body, "resources": ["olt-3/port-7"], "plan_id": "fiber"}, expect=422)
    assert [error["code"] for error in both["errors"]] == ["invalid"]


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({"plan_id": None, "resources": ["olt-9"]}, "unknown_aggregate", "/resources/0"),
        ({"to": "2026-09-01T00:00:00Z"}, "invalid_period", "/to"),
        ({"to": "2026-09-13T00:00:00Z", "plan_id": "copper"}, "plan_not_found", "/plan_id"),
        ({"plan_id": None, "account_ids": ["nobody"]}, "account_not_found", "/account_ids/0"),
        ({"plan_id": None, "subscription_ids": ["nobody"]}, "unknown_aggregate", "/subscription_ids/0"),
    ],
)
async def test_what_is_no_outage_is_refused_with_its_pointer(
    book: Rating, body: dict[str, Any], code: str, pointer: str
) -> None:
    outage = {"from": "2026-09-10T00:00:00Z", "to": "2026-09-13T00:00:00Z", "plan_id": "fiber", "reason": "a cut cable"}
    refused = await book.post("/v1/outages", {**outage, **body}, expect=422)
    assert [(error["code"], error["pointer"]) for error in refused["errors"]] == [(code, pointer)]


async def test_named_accounts_alone_are_rerated(book: Rating) -> None:
    found = await rerated(
        book, prices=[FLAT, {**METERED, "unit_price": "0.04"}], account_ids=["acc-bob"], to="2026-10-01"
    )
    assert (found["accounts"], found["totals"]) == (1, [{"currency": "EUR", "amount": "3.00"}])
