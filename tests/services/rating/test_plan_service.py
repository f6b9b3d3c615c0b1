"""Plans, services and bandwidth profiles over HTTP, on real Kafka and Postgres: shapes, lists, collisions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import pytest_asyncio

from services.usage.meter.messages import MeterDefined
from tests.kit.servers import Servers
from tests.services.rating.test_service import METERED, Rating, billing, customer, until, used_by
from tests.services.rating.world import FLAT

pytestmark = pytest.mark.servers

MONTHLY = {"model": "flat", "amount": "29.90", "interval": "month"}
ACCOUNT = {"name": "Ann Example", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
DEARER = {**MONTHLY, "amount": "34.90"}
PER_GIGABYTE = {
    "model": "per_unit",
    "meter": "data.octets",
    "unit_price": "0.10",
    "unit_size": "1000000000",
    "included": "200000000000",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def rating(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rating]:
    async with billing(servers, tmp_path_factory.mktemp("plans")) as started:
        yield started


async def ask(rating: Rating, method: str, path: str, body: Any = None, *, if_match: str | None = None) -> Any:
    """Status and body of the answer; of a refusal its status, code and pointer."""
    headers = {} if if_match is None else {"If-Match": if_match}
    answer = await rating.api.request(method, path, json=body, headers=headers)
    if answer.status_code < 400:
        return answer.status_code, answer.json() if answer.content else None
    error = answer.json()["errors"][0]
    return answer.status_code, error["code"], error["pointer"]


def in_days(count: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=count)).isoformat()


def may(shape: dict[str, Any]) -> set[str]:
    return {action["action"] for action in shape["allowed_actions"] if action["allowed"]}


async def test_a_plan_lives_from_draft_to_retirement(rating: Rating) -> None:
    body = {"id": "home", "name": "Home", "currency": "EUR", "prices": [MONTHLY, PER_GIGABYTE], "code": "H1"}
    terms = {"term": {"months": 24, "early_termination": {"percent": "50"}}, "description": "At home"}
    drafted = await rating.post("/v1/plans", {**body, **terms})
    assert (drafted["status"], drafted["type"], drafted["version"], drafted["revision"]) == ("draft", "hybrid", 1, 1)
    assert drafted["price_summary"] == ["€29.90 a month", "€0.10 per GB over 200 GB"]
    fee = {"percent": "50", "amount": None}
    assert drafted["term"] == {"months": 24, "notice_days": 30, "early_termination": fee}
    assert {"publish", "edit", "retire", "clone"} <= may(drafted) and "unpublish" not in may(drafted)

    status, edited = await ask(rating, "PUT", "/v1/plans/home/versions/1", {"prices": [DEARER]}, if_match="1")
    assert (status, edited["revision"], edited["type"], edited["term"], edited["code"]) == (
        200,
        2,
        "recurring",
        None,
        "home",
    )
    path = "/v1/plans/home/versions/1"
    assert await ask(rating, "PUT", path, {"prices": [MONTHLY]}, if_match="1") == (412, "version_mismatch", "")
    stale = {"effective_from": in_days(-30), "revision": 1}
    assert await ask(rating, "POST", f"{path}/publish", stale) == (412, "version_mismatch", "/revision")

    assert (await ask(rating, "POST", f"{path}/publish", {"effective_from": in_days(-30)}))[1]["status"] == "in_force"
    assert await ask(rating, "PUT", path, {"prices": [MONTHLY]}) == (409, "version_published", "")
    wrong = {"prices": [MONTHLY], "currency": "USD"}
    assert await ask(rating, "POST", "/v1/plans/home/versions", wrong) == (422, "currency_mismatch", "/currency")

    await rating.post("/v1/plans/home/versions", {"prices": [MONTHLY, PER_GIGABYTE]})
    past = await ask(rating, "POST", "/v1/plans/home/versions/2/publish", {"effective_from": in_days(-1)})
    assert past == (422, "backdated", "/effective_from")
    _, scheduled = await ask(rating, "POST", "/v1/plans/home/versions/2/publish", {"effective_from": in_days(10)})
    assert (scheduled["status"], [v["status"] for v in scheduled["versions"]]) == (
        "in_force",
        ["in_force", "scheduled"],
    )
    assert "unpublish" in may(scheduled["versions"][1])
    _, taken_back = await ask(rating, "POST", "/v1/plans/home/versions/2/unpublish")
    assert (taken_back["versions"][1]["status"], taken_back["effective_from"]) == ("draft", None)

    await customer(rating, "pin")
    change = {"plan_id": "home", "plan_version": 1, "effective_on": in_days(0)}
    assert (await ask(rating, "POST", "/v1/subscriptions/sub-pin/change-plan", change))[0] == 200
    _, ended = await ask(rating, "POST", f"{path}/retire", {})
    assert (ended["versions"][0]["status"], ended["versions"][0]["retired_on"]) == ("retired", in_days(0))
    users = await rating.get(f"{path}/subscriptions")
    assert users["next_cursor"] is None
    assert [(one["subscription_id"], one["pinned"]) for one in users["items"]] == [("sub-pin", True)]
    late = {"account_id": "acc-pin", "plan_id": "home", "plan_version": 1, "start": in_days(1)}
    refused = await ask(rating, "POST", "/v1/subscriptions", late)
    assert refused == (422, "plan_version_retired", "/plan_version")

    _, retired = await ask(rating, "POST", "/v1/plans/home/retire", {})
    assert (retired["status"], retired["versions"][0]["status"]) == ("retired", "retired")
    assert "reactivate" in may(retired) and "retire" not in may(retired)
    assert (await ask(rating, "POST", "/v1/plans/home/reactivate"))[1]["status"] == "in_force"


async def test_a_unique_meter_counts_the_words_of_its_attribute(rating: Rating) -> None:
    """Ann, Bob and Ann again: two seats at 2.00."""
    await rating.tell(MeterDefined(meter_id="seats", unit="seat", aggregation="unique", unique_of="user_id"))
    seats = {"model": "per_unit", "meter": "seats", "unit_price": "2.00"}
    await rating.post("/v1/plans", {"id": "office", "name": "Office", "currency": "EUR", "prices": [seats]})

    async def known() -> bool:
        quoted = {"price": seats, "currency": "EUR", "period": {"start": "2026-09-01", "end": "2026-10-01"}}
        records = [{"quantity": "1", "attributes": {"user_id": name}} for name in ("ann", "bob", "ann")]
        answer = await rating.post("/v1/pricing/quotes", {**quoted, "records": records}, expect=200)
        return bool(answer["amount"]["amount"] == "4.00")

    await until(known)
    await ask(rating, "POST", "/v1/plans/office/versions/1/publish", {"effective_from": "2026-01-01"})
    await rating.post("/v1/accounts", {**ACCOUNT, "id": "acc-seats"})
    body = {"id": "sub-seats", "account_id": "acc-seats", "plan_id": "office", "start": "2026-09-01"}
    await rating.post("/v1/subscriptions", body)
    said = [("ann", 1), ("bob", 2), ("ann", 3)]
    await rating.guide(
        *(
            used_by("seats", 1, "2026-09-05 10:00", index=index, meter="seats", attributes={"user_id": name})
            for name, index in said
        )
    )

    async def billed() -> Any:
        lines = (await rating.get("/v1/accounts/acc-seats/unbilled"))["lines"]
        return [(line["quantity"], line["amount"]["amount"]) for line in lines if line["records"] == 3]

    assert await until(billed) == [("2", "4.00")]


async def test_versions_are_compared_and_simulated(rating: Rating) -> None:
    await rating.post("/v1/plans", {"id": "diff", "name": "Diff", "currency": "EUR", "prices": [MONTHLY, PER_GIGABYTE]})
    await rating.post("/v1/plans/diff/versions", {"prices": [DEARER, PER_GIGABYTE]})
    found = await rating.get("/v1/plans/diff/compare", **{"from": 1, "to": 2})
    assert found["same"] == 1 and found["fields"] == []
    (price,) = found["prices"]
    assert price["sentence"] == "€29.90 a month becomes €34.90 a month"
    assert price["fields"] == [{"pointer": "/amount", "change": "changed", "old": "29.90", "new": "34.90"}]
    assert (await ask(rating, "GET", "/v1/plans/diff/compare?from=1&to=7"))[:2] == (404, "not_found")

    # 34.90, and 50 GB beyond the included 200 at 0.10
    asked = {"period": {"start": "2026-06-01", "end": "2026-07-01"}, "quantities": {"data.octets": "250000000000"}}
    _, answer = await ask(rating, "POST", "/v1/plans/diff/simulate", asked)
    assert (answer["version"], answer["amount"]) == (2, {"amount": "39.90", "currency": "EUR"})
    _, answer = await ask(rating, "POST", "/v1/plans/diff/simulate", {**asked, "version": 1, "months": 12})
    assert answer["amount"]["amount"] == "418.80"  # 12 × (29.90 + 5.00)
    assert (await ask(rating, "POST", "/v1/plans/diff/simulate", {**asked, "months": 37}))[0] == 422


async def test_a_clone_is_a_plan_of_its_own(rating: Rating) -> None:
    status, clone = await ask(rating, "POST", "/v1/plans/fiber/clone", {"id": "fiber-2", "name": "Fiber 2"})
    assert (status, clone["name"], clone["status"], clone["cloned_from"]) == (201, "Fiber 2", "draft", "fiber/1")
    assert clone["prices"] == [FLAT, METERED]
    assert await ask(rating, "POST", "/v1/plans/fiber/clone", {"id": "fiber-2", "name": "x"}) == (
        409,
        "plan_exists",
        "/id",
    )
    assert (await ask(rating, "POST", "/v1/plans/none/clone", {"name": "x"}))[:2] == (404, "plan_not_found")


async def test_a_retired_plan_is_refused_and_its_subscribers_are_counted(rating: Rating) -> None:
    await customer(rating, "eve")
    assert (await rating.get("/v1/plans/fiber"))["active_subscriptions"] == 1
    (listed,) = (await rating.get("/v1/plans", id="fiber"))["items"]
    assert listed["active_subscriptions"] == 1
    await ask(rating, "POST", "/v1/plans/fiber/retire", {"on": in_days(5)})
    sub = {"account_id": "acc-eve", "plan_id": "fiber", "start": in_days(5)}
    assert await ask(rating, "POST", "/v1/subscriptions", sub) == (422, "plan_retired", "/plan_id")
    await ask(rating, "POST", "/v1/plans/fiber/reactivate")
    assert (await ask(rating, "POST", "/v1/subscriptions", sub))[0] == 201


async def test_a_plan_that_subscriptions_wait_for_stays_published(rating: Rating) -> None:
    await customer(rating, "fay")
    await rating.post("/v1/plans", {"id": "soon", "name": "Soon", "currency": "EUR", "prices": [FLAT]})
    await ask(rating, "POST", "/v1/plans/soon/versions/1/publish", {"effective_from": in_days(20)})
    await rating.post("/v1/subscriptions", {"account_id": "acc-fay", "plan_id": "soon", "start": in_days(20)})
    assert await ask(rating, "POST", "/v1/plans/soon/versions/1/unpublish") == (409, "plan_in_use", "")


async def test_an_undefined_meter_is_warned_of_and_forbids_nothing(rating: Rating) -> None:
    price = {"model": "per_unit", "unit_price": "0.05", "meter": "sms.messages"}
    plan = await rating.post("/v1/plans", {"id": "texts", "name": "Texts", "currency": "EUR", "prices": [FLAT, price]})
    assert [(warning["pointer"], warning["code"]) for warning in plan["warnings"]] == [
        ("/prices/1/meter", "unknown_meter")
    ]
    assert (await ask(rating, "POST", "/v1/plans/texts/versions/1/publish", {"effective_from": "2026-01-01"}))[0] == 200
    priced = await rating.get("/v1/plans", meter="sms.messages")
    assert ([one["id"] for one in priced["items"]], priced["total"]) == (["texts"], 1)


async def test_services_and_profiles_are_kept_while_plans_use_them(rating: Rating) -> None:
    service = {"name": "Internet", "kind": "internet", "meters": ["data.octets"], "tax_class": "standard"}
    made = await rating.post("/v1/services", {"id": "internet", **service})
    assert (made["version"], made["code"], made["plans"], may(made)) == (1, "internet", 0, {"update", "delete"})
    assert (await ask(rating, "POST", "/v1/services", {"id": "internet", **service}))[:2] == (409, "service_exists")
    assert (await ask(rating, "POST", "/v1/services", {"name": "x", "kind": "water"}))[::2] == (422, "/kind")
    profile = {"id": "100-20", "name": "100/20", "down_kbps": 100_000, "up_kbps": 20_000}
    await rating.post("/v1/bandwidth-profiles", profile)

    plan = {"id": "sold", "name": "Sold", "currency": "EUR", "prices": [FLAT]}
    bad = await ask(rating, "POST", "/v1/plans", {**plan, "service_id": "none"})
    assert bad == (422, "service_not_found", "/service_id")
    await rating.post("/v1/plans", {**plan, "service_id": "internet", "bandwidth_profile_id": "100-20"})
    published = await ask(rating, "POST", "/v1/plans/sold/versions/1/publish", {"effective_from": "2026-01-01"})
    assert published[1]["tax_class"] == "standard"
    await customer(rating, "gus")
    await rating.post("/v1/subscriptions", {"account_id": "acc-gus", "plan_id": "sold", "start": "2026-09-01"})

    (listed,) = (await rating.get("/v1/services", kind="internet"))["items"]
    assert (listed["plans"], listed["active_subscriptions"], may(listed)) == (1, 1, {"update"})
    assert (await rating.get("/v1/services", meter="data.octets"))["total"] == 1
    assert await ask(rating, "DELETE", "/v1/services/internet") == (409, "service_in_use", "")
    assert await ask(rating, "DELETE", "/v1/bandwidth-profiles/100-20") == (409, "bandwidth_profile_in_use", "")
    assert (await rating.get("/v1/bandwidth-profiles", q="100"))["items"][0]["plans"] == 1

    changed = {**service, "name": "Internet access"}
    assert (await ask(rating, "PUT", "/v1/services/internet", changed, if_match="1"))[1]["version"] == 2
    again = await ask(rating, "PUT", "/v1/services/internet", service, if_match="1")
    assert again == (412, "version_mismatch", "")
    assert (await ask(rating, "GET", "/v1/services/internet"))[1]["name"] == "Internet access"

    await ask(rating, "PUT", "/v1/plans/sold/versions/1", {"prices": [FLAT]})
    await rating.post("/v1/services", {"id": "tv", "name": "TV", "kind": "tv"})
    assert await ask(rating, "DELETE", "/v1/services/tv") == (204, None)
    assert (await ask(rating, "GET", "/v1/services/tv"))[0] == 404
    assert (await rating.get("/v1/services"))["total"] == 1
    await rating.post("/v1/services", {"id": "tv", "name": "TV again", "kind": "tv"})


async def test_subscriptions_move_to_another_plan_on_a_day_and_can_be_kept(rating: Rating) -> None:
    for plan_id, amount in (("old", "20.00"), ("new", "50.00")):
        price = {**MONTHLY, "amount": amount, "bill": "arrears"}
        await rating.post("/v1/plans", {"id": plan_id, "name": plan_id, "currency": "EUR", "prices": [price]})
        await ask(rating, "POST", f"/v1/plans/{plan_id}/versions/1/publish", {"effective_from": "2026-01-01"})
    for name in ("hal", "ida", "jon"):
        await customer(rating, name)
        sub = {"id": f"old-{name}", "account_id": f"acc-{name}", "plan_id": "old", "start": in_days(0)}
        await rating.post("/v1/subscriptions", sub)
    await ask(rating, "POST", "/v1/subscriptions/old-jon/terminate", {"effective_on": in_days(20)})

    body = {"to_plan_id": "new", "on": in_days(40)}
    _, first = await ask(rating, "POST", "/v1/plans/old/migrations?limit=1", {**body, "preview": True})
    assert (first["total"], [item["subscription_id"] for item in first["items"]]) == (2, ["old-hal"])
    assert first["items"][0]["refused"] is None and Decimal(first["totals"][0]["difference"]) > 0
    again = f"/v1/plans/old/migrations?limit=1&cursor={first['next_cursor']}"
    _, second = await ask(rating, "POST", again, {**body, "preview": True})
    assert ([item["subscription_id"] for item in second["items"]], second["next_cursor"]) == (["old-ida"], None)
    assert (await rating.get("/v1/plans/old/migrations"))["total"] == 0

    past = await ask(rating, "POST", "/v1/plans/old/migrations", {**body, "on": in_days(-1)})
    assert past == (422, "backdated", "/on")
    await rating.post("/v1/plans/old/migrations", {**body, "id": "m-1"})

    async def walked(status: str) -> Any:
        shown = await rating.get("/v1/plans/new/migrations/m-1")
        return shown if shown["status"] == status else None

    shown = await until(lambda: walked("scheduled"))
    assert (shown["moved"], shown["failed"], may(shown)) == (2, 0, {"cancel"})
    results = await rating.get("/v1/plans/old/migrations/m-1/results", outcome="moved")
    assert [item["subscription_id"] for item in results["items"]] == ["old-hal", "old-ida"]
    (change,) = (await rating.get("/v1/subscriptions/old-hal"))["scheduled"]
    assert (change["plan_id"], change["effective_on"]) == ("new", in_days(40))
    assert (await rating.get("/v1/plans/old"))["active_subscriptions"] == 3

    await ask(rating, "POST", "/v1/plans/old/migrations/m-1/cancel")
    shown = await until(lambda: walked("cancelled"))
    assert (shown["cancelled"], may(shown)) == (2, set())
    assert (await rating.get("/v1/subscriptions/old-hal"))["scheduled"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "LIST-A"},                       ["list-a"]),
        ({"q": "special"},                      ["list-b"]),
        ({"code": "B9"},                        ["list-b"]),
        ({"currency": "CHF"},                   ["list-b", "list-c"]),
        ({"type": "usage"},                     ["list-a"]),
        ({"add_on": "true"},                    ["list-c"]),
        ({"status": ["draft", "scheduled"]},    ["list-b", "list-c"]),
        ({"status": "in_force"},                ["list-a"]),
        ({"sort": "-name"},                     ["list-b", "list-c", "list-a"]),
        ({"sort": "id", "limit": "2"},          ["list-a", "list-b"]),
    ],
)  # fmt: skip
async def test_the_list_of_plans_is_filtered_sorted_and_paged(
    rating: Rating, query: dict[str, Any], found: list[str]
) -> None:
    await three_plans(rating)
    listed = await rating.get("/v1/plans", **{"id": ["list-a", "list-b", "list-c"], **query})
    assert [plan["id"] for plan in listed["items"]] == found
    assert (listed["next_cursor"] is None) == ("limit" not in query)


async def three_plans(rating: Rating) -> None:
    """Made once for all questions; asked again they are there already."""
    if (await rating.get("/v1/plans", id="list-c"))["total"]:
        return
    await rating.post("/v1/plans", {"id": "list-a", "name": "Alpha", "currency": "EUR", "prices": [METERED]})
    await ask(rating, "POST", "/v1/plans/list-a/versions/1/publish", {"effective_from": "2026-01-01"})
    await rating.post(
        "/v1/plans", {"id": "list-b", "name": "Special", "currency": "CHF", "prices": [FLAT], "code": "B9"}
    )
    await ask(rating, "POST", "/v1/plans/list-b/versions/1/publish", {"effective_from": in_days(30)})
    await rating.post(
        "/v1/plans", {"id": "list-c", "name": "Gamma", "currency": "CHF", "prices": [FLAT], "add_on": True}
    )
