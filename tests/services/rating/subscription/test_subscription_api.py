"""Subscriptions over HTTP: previewed, changed, found by what they are today, and what is refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from shared.kernel.calendar import local_date
from tests.kit.servers import Servers
from tests.services.rating.test_service import Rating, billing, customer
from tests.services.rating.world import FLAT

pytestmark = pytest.mark.servers


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def rating(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rating]:
    """One service for all tests of this file, with a second plan that costs 30.00; each has a customer of its own."""
    async with billing(servers, tmp_path_factory.mktemp("rating")) as started:
        prices = [{**FLAT, "amount": "30.00"}]
        await started.post("/v1/plans", {"id": "office", "name": "Office 100", "currency": "EUR", "prices": prices})
        await started.post("/v1/plans/office/versions/1/publish", {"effective_from": "2026-01-01"}, expect=200)
        yield started


def day(days: int = 0) -> str:
    """Today in Paris, where the accounts are, or so many days on."""
    return (today() + timedelta(days=days)).isoformat()


def today() -> date:
    return local_date(datetime.now(UTC), "Europe/Paris")


async def starts_today(rating: Rating, name: str) -> str:
    await customer(rating, name)
    body = {"id": f"{name}-1", "account_id": f"acc-{name}", "plan_id": "fiber", "start": day()}
    await rating.post("/v1/subscriptions", body)
    return f"/v1/subscriptions/{name}-1"


def allowed(subscription: Any) -> set[str]:
    return {one["action"] for one in subscription["allowed_actions"] if one["allowed"]}


async def test_a_change_is_previewed_and_nothing_of_it_stored(rating: Rating) -> None:
    """All of September, at the first close, and October: 20.00 each, or 30.00 from October on."""
    await customer(rating, "pia")
    path = "/v1/subscriptions/sub-pia"
    asked = {"plan_id": "office", "effective_on": "2026-10-01", "preview": True}
    preview = await rating.post(f"{path}/change-plan", asked, expect=200)
    assert (preview["period"], preview["effective_on"]) == (
        {"start": "2026-09-01", "end": "2026-10-01"},
        "2026-10-01",
    )
    assert preview["difference"] == {"amount": "10.00", "currency": "EUR"}
    assert preview["without_change"]["amount"]["amount"] == "40.00"
    assert [(line["description"], line["amount"]["amount"]) for line in preview["with_change"]["lines"]] == [
        ("Fiber", "20.00"),
        ("Office 100", "30.00"),
    ]
    assert [term["plan_id"] for term in preview["timeline"]] == ["fiber", "office"]
    unchanged = await rating.get(path)
    assert (unchanged["version"], len(unchanged["timeline"])) == (1, 1)
    changed = await rating.post(f"{path}/change-plan", {**asked, "preview": False}, expect=200)
    assert (changed["version"], len(changed["timeline"])) == (2, 2)


async def test_a_preview_is_refused_as_the_change_would_be(rating: Rating) -> None:
    path = await starts_today(rating, "rob")
    answer = await rating.post(f"{path}/resume", {"preview": True}, expect=409)
    assert answer["errors"][0]["code"] == "not_suspended"
    answer = await rating.post(f"{path}/change-plan", {"plan_id": "copper", "preview": True}, expect=422)
    assert answer["errors"][0] | {"detail": ""} == {"pointer": "/plan_id", "code": "plan_not_found", "detail": ""}


async def test_a_start_and_an_add_on_are_previewed(rating: Rating) -> None:
    await customer(rating, "sue")
    asked = {"plan_id": "office", "effective_on": "2026-10-01", "preview": True}
    preview = await rating.post("/v1/subscriptions/sub-sue/add-ons", asked, expect=200)
    assert preview["difference"]["amount"] == "30.00"
    added = await rating.post("/v1/subscriptions/sub-sue/add-ons", {**asked, "preview": False, "id": "ip-sue"})
    assert added["parent_id"] == "sub-sue"
    listed = await rating.get("/v1/subscriptions/sub-sue/add-ons")
    assert [one["id"] for one in listed["items"]] == ["ip-sue"]
    asked = {"account_id": "acc-sue", "plan_id": "office", "start": "2026-10-01", "preview": True}
    preview = await rating.post("/v1/subscriptions", asked, expect=200)
    assert preview["difference"]["amount"] == "30.00"


async def test_it_is_suspended_resumed_and_ended_and_found_by_what_it_is(rating: Rating) -> None:
    path = await starts_today(rating, "tim")
    assert "resume" not in allowed(await rating.get(path))
    await rating.post(f"{path}/suspend", {"billing": "fee", "fee": "5.00", "reason": "unpaid"}, expect=200)
    suspended = await rating.get("/v1/subscriptions", account_id="acc-tim", status="suspended")
    assert [(one["id"], one["status"]) for one in suspended["items"]] == [("tim-1", "suspended")]
    assert {"resume", "terminate"} <= allowed(suspended["items"][0])
    assert not {"suspend", "pause"} & allowed(suspended["items"][0])
    resumed = await rating.post(f"{path}/resume", {}, expect=200)
    assert (resumed["status"], resumed["version"]) == ("active", 3)
    ended = await rating.post(f"{path}/terminate", {"effective_on": day(1)}, expect=200)
    assert (ended["status"], ended["end"]) == ("active", day(1))
    (scheduled,) = ended["scheduled"]
    assert scheduled["action"] == "terminate"
    kept = await rating.post(f"{path}/changes/{scheduled['change_id']}/cancel", {}, expect=200)
    assert (kept["end"], kept["scheduled"]) == (None, [])
    gone = await rating.post(f"{path}/terminate", {}, expect=200)
    assert gone["status"] == "ended" and allowed(gone) == set()
    ended_ids = [one["id"] for one in (await rating.get("/v1/subscriptions", status="ended"))["items"]]
    assert "tim-1" in ended_ids
    found = await rating.get("/v1/subscriptions", account_id="acc-tim", status="active")
    assert [one["id"] for one in found["items"]] == ["sub-tim"]


async def test_it_is_found_by_the_plan_of_today_and_edited_in_its_version(rating: Rating) -> None:
    path = await starts_today(rating, "una")
    answer = await rating.api.post(f"{path}/change-plan", json={"plan_id": "office"}, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["plan_id"]) == (200, "office")
    answer = await rating.api.post(f"{path}/change-quantity", json={"quantity": 2}, headers={"If-Match": '"1"'})
    assert answer.status_code == 412
    found = await rating.get("/v1/subscriptions", account_id="acc-una", plan_id="office")
    assert [one["id"] for one in found["items"]] == ["una-1"]
    answer = await rating.api.post("/v1/subscriptions/nobody/resume", json={})
    assert answer.status_code == 404


async def test_a_one_time_charge_is_in_the_live_spend_until_it_is_cancelled(rating: Rating) -> None:
    await starts_today(rating, "vic")
    body = {"account_id": "acc-vic", "description": "Router", "amount": {"amount": "79.00", "currency": "EUR"}}
    charge = await rating.post("/v1/charges", {**body, "tax_class": "equipment"})
    assert (charge["status"], charge["on"], charge["item"]) == ("pending", day(), "charged_by_hand")
    live = await rating.get("/v1/accounts/acc-vic/unbilled")
    assert [line["amount"]["amount"] for line in live["lines"] if line["kind"] == "one_time"] == ["79.00"]
    cancelled = await rating.post(f"/v1/one-time-charges/{charge['id']}/cancel", {}, expect=200)
    assert (cancelled["status"], cancelled["allowed_actions"][0]["allowed"]) == ("cancelled", False)
    await rating.post(f"/v1/one-time-charges/{charge['id']}/cancel", {}, expect=409)
    assert (await rating.get("/v1/one-time-charges", account_id="acc-vic", status="pending"))["total"] == 0
    live = await rating.get("/v1/accounts/acc-vic/unbilled")
    assert {line["kind"] for line in live["lines"]} == {"recurring"}


async def test_a_contract_tells_what_leaving_today_costs(rating: Rating) -> None:
    """A contract of a year at a fixed fee: 99.00 today, charged with the last day unless a reason waives it."""
    await customer(rating, "wim")
    path = "/v1/subscriptions/wim-1"
    term = {"months": 12, "notice_days": 60, "early_termination": {"amount": "99.00"}}
    body = {"id": "wim-1", "account_id": "acc-wim", "plan_id": "fiber", "start": day(), "term": term}
    await rating.post("/v1/subscriptions", body)
    contract = await rating.get(f"{path}/contract")
    assert (contract["start"], contract["notice"]["days"]) == (day(), 60)
    assert contract["cost_of_leaving_today"]["amount"] == {"amount": "99.00", "currency": "EUR"}
    preview = await rating.post(f"{path}/terminate", {"effective_on": day(1), "preview": True}, expect=200)
    assert preview["timeline"][-1]["end"] == day(1)
    ended = await rating.post(f"{path}/terminate", {"effective_on": day(1), "waive_fee": "moved"}, expect=200)
    assert ended["end"] == day(1)
    assert (await rating.get("/v1/one-time-charges", account_id="acc-wim"))["total"] == 0
    assert (await rating.get("/v1/subscriptions/sub-wim/contract"))["cost_of_leaving_today"] is None
    problem = await rating.post("/v1/subscriptions", {**body, "id": "wim-2", "term": {"months": 0}}, expect=422)
    assert problem["errors"][0]["pointer"] == "/term/months"
