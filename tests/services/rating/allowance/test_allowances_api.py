"""Allowances over HTTP, on real Kafka and Postgres: drafted, used, topped up, tried, closed as they were shown."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from shared.http.auth import CUSTOMER, Tokens
from shared.kernel.calendar import local_date
from tests.kit.servers import Servers
from tests.services.rating.test_service import Rating, billing, until, used_by

pytestmark = pytest.mark.servers

UNITS = {"model": "per_unit", "unit_price": "1.00", "meter": "data.octets"}
DATA = {
    "id": "data",
    "meter": "data.octets",
    "quantity": "100",
    "rollover": {"periods": 1, "max_quantity": "50"},
    "then": [{"at": "80%", "profile": "slow"}],
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def rating(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rating]:
    async with billing(servers, tmp_path_factory.mktemp("allowances")) as started:
        slow = {"id": "slow", "name": "Slow", "down_kbps": 1000, "up_kbps": 1000}
        await started.post("/v1/bandwidth-profiles", slow)
        plan = {"id": "mobile", "name": "Mobile", "currency": "EUR", "prices": [UNITS], "allowances": [DATA]}
        drafted = await started.post("/v1/plans", plan)
        defaults = {"priority": 0, "validity": "period", "shared": False}
        assert drafted["allowances"] == [{**DATA, **defaults}]
        await started.post("/v1/plans/mobile/versions/1/publish", {"effective_from": "2026-01-01"}, expect=200)
        yield started


def first_of_month() -> date:
    return local_date(datetime.now(UTC), "Europe/Paris").replace(day=1)


async def customer(rating: Rating, name: str) -> str:
    account = {"id": f"acc-{name}", "name": "Ann", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
    await rating.post("/v1/accounts", account)
    body = {"id": f"sub-{name}", "account_id": f"acc-{name}", "plan_id": "mobile", "start": str(first_of_month())}
    await rating.post("/v1/subscriptions", body)
    return f"/v1/subscriptions/sub-{name}"


async def used_is(rating: Rating, path: str, quantity: str) -> Any:
    async def there() -> Any:
        shown = await rating.get(f"{path}/allowances")
        return shown if [meter["used"] for meter in shown["meters"]] == [quantity] else None

    return await until(there)


async def test_a_bucket_is_used_topped_up_and_tried(rating: Rating) -> None:
    path = await customer(rating, "eve")
    start = first_of_month()
    shown = await rating.get(f"{path}/allowances")
    (bucket,) = shown["allowances"]
    assert (bucket["id"], bucket["source"], bucket["granted"], bucket["left"]) == (
        f"data@{start}",
        "plan",
        "100",
        "100",
    )
    assert shown["allowed_actions"] == [{"action": "top_up", "allowed": True, "reason": None}]

    await rating.guide(used_by("eve", 90, f"{start} 10:00", index=1))
    shown = await used_is(rating, path, "90")
    assert shown["meters"] == [{"meter": "data.octets", "unit": "octets", "used": "90", "included": "90", "over": "0"}]
    assert shown["profile"] == "slow"

    body = {"id": "more", "meter": "data.octets", "quantity": "50", "price": {"amount": "4.90", "currency": "EUR"}}
    topped = await rating.post(f"{path}/top-ups", body)
    assert [(one["id"], one["left"]) for one in topped["allowances"]] == [(f"data@{start}", "10"), ("more", "50")]
    assert topped["profile"] is None
    refused = await rating.post(f"{path}/top-ups", body, expect=409)
    assert refused["errors"][0]["code"] == "top_up_exists"
    unbilled = await rating.get("/v1/accounts/acc-eve/unbilled")
    assert sorted(line["amount"]["amount"] for line in unbilled["lines"]) == ["0.00", "4.90"]

    (bought,) = (await rating.get("/v1/top-ups", subscription_id="sub-eve"))["items"]
    assert (bought["id"], bought["quantity"], bought["status"], bought["price"]["amount"]) == (
        "more",
        "50",
        "active",
        "4.90",
    )
    cancelled = await rating.post("/v1/top-ups/more/cancel", {"reason": "Ordered twice"}, expect=200)
    assert (cancelled["status"], cancelled["unused"], cancelled["credited"]["amount"]) == ("cancelled", "50", "4.90")
    assert cancelled["allowed_actions"] == [{"action": "cancel", "allowed": False, "reason": "it was cancelled"}]
    again = await rating.post("/v1/top-ups/more/cancel", {"reason": "Ordered twice"}, expect=409)
    assert again["errors"][0]["code"] == "top_up_used_up"
    left = await rating.get(f"{path}/allowances")
    assert ([one["id"] for one in left["allowances"]], left["profile"]) == ([f"data@{start}"], "slow")
    assert (await rating.get("/v1/top-ups", account_id="acc-eve", status="active"))["items"] == []

    period = {"start": str(start), "end": str(start + timedelta(days=28))}
    rule = [{**DATA, "quantity": "60", "rollover": None}]
    tried = await rating.post(f"{path}/allowances/try", {"allowances": rule, "period": period}, expect=200)
    assert tried["throttled"] == [{"allowance": "data", "at": "80%", "profile": "slow", "on": str(start)}]
    assert (tried["allowances"][0]["left"], tried["meters"][0]["over"]) == ("0", "30")


async def test_bad_allowances_name_the_field(rating: Rating) -> None:
    plan = {"id": "bad", "name": "Bad", "currency": "EUR", "prices": [UNITS]}
    for change, pointer in (
        ({"meter": "voice.seconds"}, "/allowances/0/meter"),
        ({"quantity": "0"}, "/allowances/0/quantity"),
        ({"validity": {"weeks": 1}}, "/allowances/0/validity"),
        ({"then": [{"at": "80%", "profile": "fast"}]}, "/allowances/0/then/0/profile"),
    ):
        answer = await rating.post("/v1/plans", {**plan, "allowances": [{**DATA, **change}]}, expect=422)
        assert answer["errors"][0]["pointer"] == pointer, answer
    answer = await rating.api.request("DELETE", "/v1/bandwidth-profiles/slow")
    assert answer.json()["errors"][0]["code"] == "bandwidth_profile_in_use"
    assert (await rating.api.get("/v1/subscriptions/nobody/allowances")).status_code == 404


async def test_r18_what_a_close_leaves_is_what_the_next_period_shows(rating: Rating) -> None:
    """130 used in September, 100 included: 30.00. Each month after it leaves 100, of which 50 roll over.

    Both buckets of this month end with it, so the one with the earlier id pays first.
    """
    account = {"id": "acc-gil", "name": "Gil", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
    await rating.post("/v1/accounts", account)
    body = {"id": "sub-gil", "account_id": "acc-gil", "plan_id": "mobile", "start": "2026-09-01"}
    await rating.post("/v1/subscriptions", body)
    await rating.guide(used_by("gil", 130, "2026-09-05 10:00", index=2), seq=1843)

    async def rated() -> bool:
        lines = (await rating.get("/v1/accounts/acc-gil/unbilled"))["lines"]
        return [line["amount"]["amount"] for line in lines] == ["30.00"]

    await until(rated)
    await rating.complete_through(datetime.now(UTC) + timedelta(seconds=1))

    async def closed() -> bool:
        return bool((await rating.get("/v1/accounts/acc-gil"))["period"]["start"] == str(first_of_month()))

    await until(closed)
    (charge,) = (await rating.get("/v1/charges", account_id="acc-gil"))["items"]
    assert (charge["amount"]["amount"], charge["quantity"]) == ("30.00", "130")
    steps = (await rating.get(f"/v1/charges/{charge['id']}"))["steps"]
    assert [(step["tier"], step.get("label"), step["quantity"]) for step in steps] == [
        ("included", "data@2026-09-01", "100"),
        ("1", None, "30"),
    ]
    before = (first_of_month() - timedelta(days=1)).replace(day=1)
    shown = (await rating.get("/v1/subscriptions/sub-gil/allowances"))["allowances"]
    assert [(one["id"], one["source"], one["available"]) for one in shown] == [
        (f"data@{before}/rollover", "rollover", "50"),
        (f"data@{first_of_month()}", "plan", "100"),
    ]


def by_link(rating: Rating, account: str) -> dict[str, str]:
    """As the entry asks for who has a link of the account."""
    tokens = Tokens(rating.runtime.settings.secret("token_key"))
    return {"Authorization": f"Bearer {tokens.issue('customer-link:l1', CUSTOMER, account_id=account)}"}


async def page_of(rating: Rating, account: str, **headers: str) -> Any:
    answer = await rating.api.get("/v1/customer-page/usage", headers=by_link(rating, account) | headers)
    assert answer.status_code in (200, 304), answer.text
    return answer if headers else answer.json()


async def test_a_customer_reads_what_was_used_on_the_accounts_day_and_what_is_left_of_all_he_pays_for(
    rating: Rating,
) -> None:
    """In Kiritimati it is a day later than in Honolulu at every moment; two lines there are seen by who pays."""
    now = datetime.now(UTC)
    for zone in ("Pacific/Kiritimati", "Pacific/Honolulu"):
        cycle = {"id": zone.partition("/")[2], "name": zone, "frequency": "month", "time_zone": zone}
        await rating.post("/v1/billing-cycles", cycle)
    for name, zone, payer in (
        ("east", "Kiritimati", None),
        ("near", "Kiritimati", "acc-east"),
        ("west", "Honolulu", None),
    ):
        account = {"id": f"acc-{name}", "name": "Ann", "currency": "EUR", "tax_rate": "20"}
        more = {"cycle_id": zone, **({"billed_by": payer} if payer else {})}
        await rating.post("/v1/accounts", account | more)
        day = local_date(now, f"Pacific/{zone}").replace(day=1)
        body = {"id": f"sub-{name}", "account_id": f"acc-{name}", "plan_id": "mobile", "start": str(day)}
        await rating.post("/v1/subscriptions", body)
        await rating.guide(used_by(name, 70, f"{now:%Y-%m-%d %H:%M}", index=1))

    async def rated(name: str, used: str) -> Any:
        async def read() -> Any:
            shown = await page_of(rating, f"acc-{name}")
            return shown if [meter["used_today"] for meter in shown["meters"]] == [used] else None

        return await until(read)

    shown = await rated("east", "140")
    assert shown["today"] == str(local_date(now, "Pacific/Kiritimati")) and shown["accounts"] == 2
    assert [day["day"] for day in shown["meters"][0]["days"]] == [shown["today"]]
    left = [(one["plan"], one["available"], one["left"]) for one in shown["allowances"]]
    assert left == [("Mobile", "100", "30")] * 2 and shown["unbilled"]["provisional"] is True
    near = await rated("near", "70")
    assert (near["accounts"], near["paid_by_another"]) == (1, True)
    assert near["unbilled"]["amount"]["amount"] == "0.00" and "acc-east" not in str(near)
    west = await rated("west", "70")
    assert (west["today"], west["paid_by_another"]) == (str(local_date(now, "Pacific/Honolulu")), False)
    first = await page_of(rating, "acc-west", **{"If-None-Match": '"no"'})
    again = await page_of(rating, "acc-west", **{"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


@pytest.mark.parametrize(("currency", "nothing"), [("JPY", "0"), ("KWD", "0.000"), ("EUR", "0.00")])
async def test_an_account_without_usage_has_a_page_in_its_currency_open_and_closed(
    rating: Rating, currency: str, nothing: str
) -> None:
    account = f"acc-none-{currency}"
    opened = {"id": account, "name": "Ann", "currency": currency, "cycle_id": "monthly", "tax_rate": "20"}
    await rating.post("/v1/accounts", opened)
    alert = {"account_id": account, "threshold": {"amount": "50", "currency": currency}, "action": "cap"}
    await rating.post("/v1/spend-alerts", alert)
    shown = await page_of(rating, account)
    assert (shown["meters"], shown["allowances"], shown["accounts"]) == ([], [], 1)
    assert shown["unbilled"]["amount"] == {"amount": nothing, "currency": currency}
    assert [(one["action"], one["reached"]) for one in shown["spend_limits"]] == [("cap", False)]
    await rating.post(f"/v1/accounts/{account}/close", {}, expect=200)
    assert (await page_of(rating, account))["meters"] == []
    stranger = await rating.api.get("/v1/customer-page/usage", headers=by_link(rating, "acc-nobody"))
    assert stranger.status_code == 404
