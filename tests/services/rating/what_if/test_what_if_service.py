"""What if, over HTTP and from rating's own tables: each winner and loser leads to its customer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from tests.kit.servers import Servers
from tests.services.rating.closed_months import all_closed
from tests.services.rating.test_service import METERED, Rating, billing, customer, used_by
from tests.services.rating.world import FLAT

pytestmark = pytest.mark.servers

MONTHS = {"plan_id": "fiber", "from": "2026-09-01", "to": "2026-11-01"}
# 100 units included at 0.01 became 150 at 0.02.
CANDIDATE = [FLAT, {**METERED, "unit_price": "0.02", "included": "150"}]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def book(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rating]:
    """Ann uses 150 and 60 units in September and October, Bob 400 in September; both months are closed."""
    async with billing(servers, tmp_path_factory.mktemp("what-if")) as rating:
        for name in ("ann", "bob"):
            await customer(rating, name)
        await rating.guide(used_by("ann", 150, "2026-09-05 10:00"), used_by("ann", 60, "2026-10-05 10:00", index=1))
        await rating.guide(used_by("bob", 400, "2026-09-05 10:00"))
        await rating.complete_through(datetime.now(UTC) + timedelta(seconds=1))
        await all_closed(rating, "ann", "bob")
        yield rating


async def asked(book: Rating, **body: Any) -> Any:
    return await book.post("/v1/proof/what-if", {**MONTHS, **body}, expect=200)


async def test_winners_and_losers_lead_to_their_customers(book: Rating) -> None:
    """Ann: 0.50 and 0.00 becomes 0.00 and 0.00; Bob: 3.00 becomes 5.00. Four flat fees of 20.00 stay."""
    found = await asked(book, prices=CANDIDATE)
    assert found["totals"] == [{"currency": "EUR", "charged": "83.50", "candidate": "85.00", "difference": "1.50"}]
    assert found["periods"] == {"winners": 1, "losers": 1, "unchanged": 2}
    assert found["accounts"] == {"winners": 1, "losers": 1, "unchanged": 0}
    assert found["counted"] == {"subscriptions": 2, "records": 3, "usage_days": 3}
    (winner,), (loser,) = found["winners"], found["losers"]
    assert (winner["account_id"], winner["subscription_id"], winner["difference"]["amount"]) == (
        "acc-ann",
        "sub-ann",
        "-0.50",
    )
    assert (loser["account_id"], loser["period"]["start"], loser["charged"], loser["candidate"]) == (
        "acc-bob",
        "2026-09-01",
        {"amount": "23.00", "currency": "EUR"},
        {"amount": "25.00", "currency": "EUR"},
    )
    assert found["not_computable"]["periods"] == 0


async def test_every_customer_is_on_one_page_or_another(book: Rating) -> None:
    """Ann and Bob have two periods each; a page of one subscription at a time."""
    found: list[Any] = []
    cursor = None
    for _ in range(2):
        body = {**MONTHS, "prices": CANDIDATE, "limit": 1, "cursor": cursor}
        page = await book.post("/v1/proof/what-if/customers", body, expect=200)
        found += [(item["account_id"], item["period"]["start"], item["difference"]["amount"]) for item in page["items"]]
        cursor = page["next_cursor"]
    assert cursor is None
    assert sorted(found) == [
        ("acc-ann", "2026-09-01", "-0.50"),
        ("acc-ann", "2026-10-01", "0.00"),
        ("acc-bob", "2026-09-01", "2.00"),
        ("acc-bob", "2026-10-01", "0.00"),
    ]
    body = {**MONTHS, "prices": CANDIDATE, "cursor": "nonsense"}
    refused = await book.post("/v1/proof/what-if/customers", body, expect=422)
    assert [(error["code"], error["pointer"]) for error in refused["errors"]] == [("invalid", "/cursor")]


async def test_the_version_in_force_changes_nothing(book: Rating) -> None:
    found = await asked(book, version=1)
    assert found["totals"][0]["difference"] == "0.00"
    assert found["periods"] == {"winners": 0, "losers": 0, "unchanged": 4}


async def test_a_few_accounts_can_be_asked_for(book: Rating) -> None:
    found = await asked(book, prices=CANDIDATE, account_ids=["acc-bob"], limit=1)
    assert found["totals"][0]["charged"] == "43.00"
    assert [item["account_id"] for item in found["losers"]] == ["acc-bob"]


async def test_what_was_measured_beyond_sums_is_listed_and_not_guessed(book: Rating) -> None:
    single = [FLAT, {"model": "dynamic", "meter": "data.octets"}]
    found = await asked(book, prices=single)
    assert found["not_computable"]["by_reason"] == {"beyond_sums": 3}
    assert {item["account_id"] for item in found["not_computable"]["items"]} == {"acc-ann", "acc-bob"}
    # Bob used nothing in October: 20.00 either way.
    assert found["totals"] == [{"currency": "EUR", "charged": "20.00", "candidate": "20.00", "difference": "0.00"}]


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({}, "invalid", "/version"),
        ({"version": 1, "prices": [FLAT]}, "invalid", "/version"),
        ({"version": 7}, "plan_version_not_found", "/version"),
        ({"version": 1, "plan_id": "nothing"}, "plan_not_found", "/plan_id"),
        ({"version": 1, "currency": "USD"}, "currency_mismatch", "/currency"),
        ({"version": 1, "to": "2026-09-01"}, "invalid_period", "/to"),
        ({"version": 1, "from": "2020-09-01"}, "out_of_bounds", "/from"),
        ({"prices": [{"model": "flat"}]}, "required", "/prices/0/amount"),
    ],
)
async def test_bad_questions_name_the_field(book: Rating, body: dict[str, Any], code: str, pointer: str) -> None:
    answer = await book.api.post("/v1/proof/what-if", json={**MONTHS, **body})
    assert answer.status_code in (404, 422), answer.text
    assert [(error["code"], error["pointer"]) for error in answer.json()["errors"]] == [(code, pointer)]
