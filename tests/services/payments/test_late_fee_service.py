"""Late fees over HTTP on real Kafka and Postgres: payments asks, invoicing bills (R54)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from services.invoicing.invoice.state import invoice_id_of
from services.invoicing.late_fee.api import LateFeePage
from services.invoicing.late_fee_policy.api import LateFeePolicyPage, LateFeePolicyShape
from services.payments.late_fee.api import UpcomingLateFees
from shared.kernel.period import Period
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.invoicing.story import OCTOBER, SEPTEMBER, charge, closed
from tests.services.invoicing.test_service import drafted
from tests.services.processes import Services, clock_is, running

pytestmark = pytest.mark.servers

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
POLICY: dict[str, Any] = {
    "id": "standard",
    "name": "Standard",
    "currency": "EUR",
    "grace_days": 3,
    "cap": {"amount": "8.00"},
    "steps": [
        {"after_days": 1, "fee": {"flat": "5.00"}},
        {"after_days": 8, "fee": {"greater_of": {"flat": "4.00", "percent": "2"}}},
    ],
}


ISSUED_ON = date(2026, 10, 1)


@asynccontextmanager
async def playing(servers: Servers, directory: Path) -> AsyncIterator[tuple[Services, Any]]:
    """Both services at noon of 1 October; they die at the points that are named in the folder `points`."""
    async with fresh_environment(servers, directory) as environment:
        points = directory / "points"
        points.mkdir()
        settings = environment.settings.model_copy(update={"test_clock": True, "failpoints": points})
        async with running(settings, "invoicing", "payments") as services:
            await clock_is(settings, now=noon(ISSUED_ON))
            yield services, settings


@dataclass
class Dying:
    """Services for several deaths, each of which has days of its own: the clock only goes forward."""

    services: Services
    settings: Any
    points: Path
    days: Iterator[date]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def dying(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Dying]:
    directory = tmp_path_factory.mktemp("dying")
    async with playing(servers, directory) as (services, settings):
        await ok(await services.invoicing.post("/v1/late-fee-policies", json=POLICY), 201)
        yield Dying(services, settings, directory / "points", (ISSUED_ON + timedelta(30 * n) for n in count()))


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


async def ok(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


async def issue(services: Services, account: str, *, on: date = ISSUED_ON) -> str:
    """September of an account under the policy is issued: 36.04, due after two weeks."""
    await drafted(services, account)
    path = f"/v1/accounts/{account}/bill-profile"
    profile = await ok(await services.invoicing.patch(path, json={"late_fee_policy": "standard"}))
    assert (profile["late_fee_policy"], profile["version"]) == ("standard", 2)
    invoice_id = invoice_id_of(account, SEPTEMBER)
    issued = await services.invoicing.post(f"/v1/invoices/{invoice_id}/issue")
    shown = await ok(issued)
    due_on = (on + timedelta(14)).isoformat()
    assert (shown["status"], shown["due_on"], shown["total"]["amount"]) == ("issued", due_on, "36.04")
    at = {"Position": issued.headers["Position"]}
    await ok(await services.payments.get(f"/v1/accounts/{account}/receivables", headers=at))
    return invoice_id


async def fees(services: Services, account: str, *, count: int, **query: str) -> list[dict[str, Any]]:
    """The account's fees once there are so many, by their days."""
    async with asyncio.timeout(60):
        while True:
            try:
                params = {"account_id": account, "sort": "charged_on", **query}
                page = await ok(await services.invoicing.get("/v1/late-fees", params=params))
                LateFeePage.model_validate(page)
                if page["total"] >= count:
                    items: list[dict[str, Any]] = page["items"]
                    return items
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)


async def upcoming(services: Services, account: str) -> list[tuple[str, str]]:
    found = await ok(await services.payments.get(f"/v1/accounts/{account}/late-fees/upcoming"))
    UpcomingLateFees.model_validate(found)
    return [(item["charged_on"], item["amount"]["amount"]) for item in found["items"]]


async def pay(services: Services, account: str, amount: str, day: str) -> None:
    body = {
        "account_id": account,
        "amount": {"amount": amount, "currency": "EUR"},
        "method": "cash",
        "received_on": day,
    }
    await ok(await services.payments.post("/v1/payments", json=body), 201)


async def test_an_unpaid_invoice_is_asked_a_fee_for_which_is_shown_before_billed_and_waived_R54(
    servers: Servers, tmp_path: Path
) -> None:
    async with playing(servers, tmp_path) as (services, settings):
        policy = await ok(await services.invoicing.post("/v1/late-fee-policies", json=POLICY), 201)
        LateFeePolicyShape.model_validate(policy)
        assert policy["steps"] == POLICY["steps"] and policy["version"] == 1
        late, punctual, tardy = [await issue(services, name) for name in ("late", "punctual", "tardy")]
        assert await upcoming(services, "late") == [("2026-10-19", "5.00"), ("2026-10-26", "3.00")]
        await pay(services, "punctual", "36.04", "2026-10-01")
        assert await upcoming(services, "punctual") == []
        used = await services.invoicing.delete("/v1/late-fee-policies/standard")
        assert (used.status_code, used.json()["errors"][0]["code"]) == (409, "late_fee_policy_in_use")
        listed = await ok(await services.invoicing.get("/v1/late-fee-policies"))
        LateFeePolicyPage.model_validate(listed)
        assert [(item["id"], item["accounts"]) for item in listed["items"]] == [("standard", 3)]

        # 18 October, 22:00 UTC, is the 19th in Paris. Two timers come at that moment; the third invoice is paid.
        await clock_is(settings, now=datetime(2026, 10, 18, 22, tzinfo=UTC))
        [fee] = await fees(services, "late", count=1)
        assert (fee["charged_on"], fee["amount"]["amount"], fee["status"]) == ("2026-10-19", "5.00", "waiting")
        assert (fee["invoice_id"], fee["base"]["amount"], fee["step"]) == (late, "36.04", 1)
        await fees(services, "tardy", count=1)
        assert await upcoming(services, "late") == [("2026-10-26", "3.00")]
        await pay(services, "tardy", "36.04", "2026-10-18")

        await clock_is(settings, now=datetime(2026, 10, 26, tzinfo=UTC))
        both = await fees(services, "late", count=2)
        assert [(one["amount"]["amount"], one["capped"]) for one in both] == [("5.00", False), ("3.00", True)]
        assert len(await fees(services, "tardy", count=1)) == 1
        assert await fees(services, "punctual", count=0) == [] and tardy != punctual
        waived = await services.invoicing.post(f"/v1/late-fees/{both[1]['id']}/waive", json={"reason": "goodwill"})
        assert (await ok(waived))["status"] == "waived"

        await services.rating_says(
            charge(1, "30.00", account="late", period=OCTOBER),
            closed(1, "30.00", account="late", period=OCTOBER, after=NOVEMBER),
        )
        [billed] = [one for one in await fees(services, "late", count=1, status="drafted")]
        draft = invoice_id_of("late", OCTOBER)
        assert billed["billed_on"] == draft
        issued = await ok(await services.invoicing.post(f"/v1/invoices/{draft}/issue"))
        # 30.00 at 20 %, and 5.00 outside of VAT
        assert (issued["net"]["amount"], issued["total"]["amount"]) == ("35.00", "41.00")
        assert [line["kind"] for line in issued["lines"]] == ["recurring", "late_fee"]
        explained = await ok(await services.invoicing.get(f"/v1/invoices/{draft}/lines/2/explain"))
        assert explained["steps"][0]["late_fee"]["policy_version"] == 1
        refused = await services.invoicing.post(f"/v1/late-fees/{billed['id']}/waive", json={"reason": "goodwill"})
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "late_fee_invoiced")
        pdf = await services.invoicing.get(f"/v1/invoices/{draft}/pdf")
        assert pdf.status_code == 200 and pdf.content.startswith(b"%PDF")
        [one] = await fees(services, "late", count=1, status="invoiced")
        assert one == await ok(await services.invoicing.get(f"/v1/late-fees/{billed['id']}"))

        path = "/v1/accounts/late/bill-profile"
        gone = await ok(await services.invoicing.patch(path, json={"late_fee_policy": None}))
        assert gone["late_fee_policy"] is None
        wrong = await services.invoicing.patch(path, json={"late_fee_policy": "none"})
        assert wrong.json()["errors"][0]["pointer"] == "/late_fee_policy"


@pytest.mark.parametrize(
    ("service", "point"),
    [("payments", "timers_sent"), ("payments", "committed"), ("invoicing", "decided"), ("invoicing", "committed")],
)
async def test_a_fee_is_added_once_wherever_a_service_dies_between_ask_and_add_R54(
    dying: Dying, service: str, point: str
) -> None:
    services, account, issued_on = dying.services, f"late-{service}-{point}", next(dying.days)
    charged_on = issued_on + timedelta(18)
    await clock_is(dying.settings, now=noon(issued_on))
    await issue(services, account, on=issued_on)
    armed = dying.points / f"{service}.{point}"
    armed.write_text("kill")
    try:
        await clock_is(dying.settings, now=noon(charged_on))
        await until(lambda: not armed.exists())
    finally:
        armed.unlink(missing_ok=True)
        await services.crash(service)
    [fee] = await fees(services, account, count=1)
    assert (fee["amount"]["amount"], fee["charged_on"]) == ("5.00", charged_on.isoformat())
    await clock_is(dying.settings, now=noon(charged_on) + timedelta(hours=1))
    assert len(await fees(services, account, count=1)) == 1
    # Nothing of this account falls due when the next one is late.
    await pay(services, account, "36.04", charged_on.isoformat())
    assert await upcoming(services, account) == []
