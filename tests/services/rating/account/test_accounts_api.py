"""Accounts and their calendars over HTTP: edited, moved, held and closed on real Kafka and Postgres."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from tests.kit.servers import Servers
from tests.services.rating.test_service import CYCLE, Rating, billing, customer, until
from tests.services.usage.test_service import read_all

pytestmark = pytest.mark.servers

ADDRESS = {"lines": ["Rue Haute 12"], "postal_code": "1000", "city": "Brussels", "country": "BE"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def rating(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rating]:
    async with billing(servers, tmp_path_factory.mktemp("accounts")) as started:
        yield started


async def asked(
    rating: Rating, method: str, path: str, body: Any = None, *, status: int = 200, version: int | None = None
) -> Any:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    answer = await rating.api.request(method, path, json=body, headers=headers)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


def actions(shown: dict[str, Any]) -> dict[str, str | None]:
    """Why each action is not possible, `None` where it is."""
    return {action["action"]: action["reason"] for action in shown["allowed_actions"]}


async def test_a_customer_is_edited_by_what_changes_and_nothing_of_it_is_legible_in_the_log(rating: Rating) -> None:
    body = {"id": "acc-ed", "name": "Ed Old", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
    await rating.post("/v1/accounts", {**body, "address": ADDRESS, "tax_id": "BE 0987.654.394"})
    change = {
        "name": "Ed New",
        "address": {"city": "Ghent", "region": "Flanders"},
        "tax_id": None,
        "email": "ed@example.org",
    }
    shown = await asked(rating, "PATCH", "/v1/accounts/acc-ed", change, version=1)
    assert shown["name"] == "Ed New" and shown["version"] == 2
    assert shown["address"] == {**ADDRESS, "city": "Ghent", "region": "Flanders"}
    assert (shown["tax_id"], shown["email"]) == (None, "ed@example.org")

    await asked(rating, "PATCH", "/v1/accounts/acc-ed", {"name": "Ed Late"}, version=1, status=412)
    await asked(rating, "PATCH", "/v1/accounts/acc-ed", {"name": "Ed New"})
    assert (await rating.get("/v1/accounts/acc-ed"))["version"] == 2
    for wrong, pointer in (
        ({"address": {"country": "XX"}}, "/address/country"),
        ({"email": "ed"}, "/email"),
        ({"name": None}, "/name"),
        ({"billed_by": "acc-nobody"}, "/billed_by"),
        ({"parent_id": "acc-nobody"}, "/parent_id"),
    ):
        problem = await asked(rating, "PATCH", "/v1/accounts/acc-ed", wrong, status=422)
        assert problem["errors"][0]["pointer"] == pointer
    log = await read_all(rating.runtime.kafka, "rating.events")
    assert not any(word in (record.value or b"") for record in log for word in (b"Ed New", b"Ghent", b"ed@example"))


async def test_a_group_is_a_tree_across_partitions(rating: Rating) -> None:
    body = {"name": "A branch", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
    await rating.post("/v1/accounts", {**body, "id": "grp-0"})
    for n in range(1, 5):
        opened = await rating.post("/v1/accounts", {**body, "id": f"grp-{n}", "parent_id": f"grp-{n - 1}"})
        assert opened["parent_id"] == f"grp-{n - 1}"
    problem = await rating.post("/v1/accounts", {**body, "id": "grp-5", "parent_id": "grp-4"}, expect=422)
    assert problem["errors"][0]["code"] == "group_too_deep"
    problem = await asked(rating, "PATCH", "/v1/accounts/grp-0", {"parent_id": "grp-3"}, status=422)
    assert problem["errors"][0]["code"] == "group_cycle"
    listed = await rating.get("/v1/accounts", parent_id="grp-1")
    assert [item["id"] for item in listed["items"]] == ["grp-2"]
    assert (await asked(rating, "PATCH", "/v1/accounts/grp-1", {"parent_id": None}))["parent_id"] is None


async def test_an_account_is_held_released_closed_and_reopened(rating: Rating) -> None:
    body = {"id": "acc-ho", "name": "Ho", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
    opened = await rating.post("/v1/accounts", body)
    assert actions(opened)["release"] == "it is not on hold" and actions(opened)["close"] is None
    held = await asked(rating, "POST", "/v1/accounts/acc-ho/hold", {"reason": "checked"}, version=1)
    assert (held["status"], held["hold"]) == ("on_hold", {"reason": "checked", "until": None})
    assert [item["id"] for item in (await rating.get("/v1/accounts", status="on_hold"))["items"]] == ["acc-ho"]
    await asked(rating, "POST", "/v1/accounts/acc-ho/hold", {"reason": "again"}, status=409)
    assert (await asked(rating, "POST", "/v1/accounts/acc-ho/release"))["status"] == "active"
    closed = await asked(rating, "POST", "/v1/accounts/acc-ho/close", version=3)
    assert closed["status"] == "closed" and actions(closed)["hold"] == f"it was closed on {closed['closed_on']}"
    sub = {"id": "sub-ho", "account_id": "acc-ho", "plan_id": "fiber", "start": "2026-09-01"}
    problem = await rating.post("/v1/subscriptions", sub, expect=409)
    assert problem["errors"][0]["code"] == "account_closed"
    assert (await asked(rating, "POST", "/v1/accounts/acc-ho/reopen"))["version"] == 5
    await rating.post("/v1/subscriptions", sub)
    problem = await asked(rating, "POST", "/v1/accounts/acc-ho/close", status=409)
    assert problem["errors"][0]["code"] == "subscriptions_active"
    assert (
        actions(await rating.get("/v1/accounts/acc-ho"))["close"]
        == "subscriptions that have not ended: 1; end them first"
    )

    # A subscription that was begun without an end has one by being terminated.
    ended = await asked(rating, "POST", "/v1/subscriptions/sub-ho/terminate", {})
    assert ended["status"] == "ended"
    shown = await rating.get("/v1/accounts/acc-ho")
    assert (shown["subscriptions_active"], actions(shown)["close"]) == (0, None)
    assert (await asked(rating, "POST", "/v1/accounts/acc-ho/close"))["status"] == "closed"


async def test_a_cycle_in_use_is_renamed_only_and_an_unused_one_goes(rating: Rating) -> None:
    weekly = {"name": "Weekly", "frequency": "week", "time_zone": "Europe/Paris"}
    defined = await rating.post("/v1/billing-cycles", {**weekly, "id": "weekly"})
    assert (defined["frequency"], defined["counts_from"], defined["accounts"]) == ({"days": 7}, "1970-01-05", 0)
    periods = await rating.get("/v1/billing-cycles/weekly/periods", count=2, **{"from": "2026-10-25"})
    assert periods["items"] == [
        {"start": "2026-10-19", "end": "2026-10-26"},
        {"start": "2026-10-26", "end": "2026-11-02"},
    ]
    changed = {**weekly, "anchor_day": 7}
    assert (await asked(rating, "PUT", "/v1/billing-cycles/weekly", changed, version=1))["counts_from"] == "1970-01-11"
    await asked(rating, "PUT", "/v1/billing-cycles/weekly", weekly, version=1, status=412)

    body = {"id": "acc-wk", "name": "Wk", "currency": "EUR", "cycle_id": "weekly", "tax_rate": "20"}
    await rating.post("/v1/accounts", {**body, "time_zone": "Asia/Tokyo"})
    assert (await rating.get("/v1/accounts/acc-wk"))["time_zone"] == "Asia/Tokyo"
    problem = await asked(rating, "PUT", "/v1/billing-cycles/weekly", weekly, status=409)
    assert problem["errors"][0]["code"] == "cycle_in_use" and "weekly: 1 (acc-wk)" in problem["detail"]
    named = await asked(rating, "PUT", "/v1/billing-cycles/weekly", {**changed, "name": "From Sunday"})
    assert (named["name"], named["accounts"], named["version"]) == ("From Sunday", 1, 3)
    assert actions(named)["rename"] is None and "bill by it: 1" in (actions(named)["delete"] or "")

    await asked(rating, "POST", "/v1/accounts/acc-wk/cycle", {"cycle_id": "monthly"})
    await asked(rating, "DELETE", "/v1/billing-cycles/weekly", version=3, status=204)
    await asked(rating, "GET", "/v1/billing-cycles/weekly", status=404)
    await rating.post("/v1/billing-cycles", {**weekly, "id": "weekly"})


async def test_a_change_of_cycle_is_previewed_scheduled_and_billed(rating: Rating) -> None:
    """The periods to now are not closed here, so the change waits for the end of the one with today in it."""
    await rating.post("/v1/billing-cycles", {**CYCLE, "id": "mid-month", "anchor_day": 15})
    await customer(rating, "mo")
    preview = await asked(rating, "POST", "/v1/accounts/acc-mo/cycle", {"cycle_id": "mid-month", "preview": True})
    assert preview["preview"] and preview["effective_on"] == preview["transition"]["start"]
    (first, *_) = preview["lines"]
    assert first["period"] == preview["transition"] and first["fraction"].startswith("0.4")
    assert (await rating.get("/v1/accounts/acc-mo"))["next_cycle"] is None

    changed = await asked(rating, "POST", "/v1/accounts/acc-mo/cycle", {"cycle_id": "mid-month"}, version=1)
    assert {**changed, "preview": True, "version": 1} == {**preview, "version": 1}
    shown = await rating.get("/v1/accounts/acc-mo")
    assert shown["cycle_id"] == "monthly"
    assert shown["next_cycle"] == {
        "cycle_id": "mid-month",
        "effective_on": changed["effective_on"],
        "transition": changed["transition"],
    }
    problem = await asked(rating, "DELETE", "/v1/billing-cycles/mid-month", status=409)
    assert "acc-mo" in problem["detail"]


async def test_a_cycle_says_what_its_accounts_wait_for(rating: Rating) -> None:
    await rating.post("/v1/billing-cycles", {**CYCLE, "id": "asked"})
    for name in ("as-1", "as-2"):
        body = {"id": name, "name": "As", "currency": "EUR", "cycle_id": "asked", "tax_rate": "20"}
        await rating.post("/v1/accounts", body)
    sub = {"id": "sub-as", "account_id": "as-1", "plan_id": "fiber", "start": "2026-09-01"}
    await rating.post("/v1/subscriptions", sub)
    sub = {"id": "sub-as2", "account_id": "as-2", "plan_id": "fiber", "start": "2026-09-01"}

    async def reasons() -> dict[str, list[str]]:
        shown = await rating.get("/v1/billing-cycles/asked/closing")
        assert shown["accounts"] == sum(item["accounts"] for item in shown["items"]) == 2
        return {item["reason"]: item["examples"] for item in shown["items"]}

    waiting = {"collecting", "waiting_for_usage"}
    assert (await reasons()).keys() <= {*waiting, "nothing_subscribed"}
    assert (await reasons())["nothing_subscribed"] == ["as-2"]
    await rating.complete_through(datetime.now(UTC) + timedelta(days=1))
    await until(lambda: _is_open(reasons))


async def _is_open(reasons: Any) -> bool:
    return bool((await reasons()).get("period_open") == ["as-1"])
