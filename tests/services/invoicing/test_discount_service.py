"""Coupons and discounts over HTTP, as processes on real Kafka and Postgres: coupon, account, month, invoice, credit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import pytest_asyncio

from services.invoicing.coupon.api import CouponPage, CouponShape
from services.invoicing.credit_note.left_api import CreditableShape
from services.invoicing.discount.api import DiscountPage, DiscountShape
from services.invoicing.invoice.shapes import InvoiceShape
from services.invoicing.invoice.state import invoice_id_of
from services.invoicing.proof.checking import check_content
from services.invoicing.service import SERVICE
from shared.engine.rebuild.job import RebuildJob
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.invoicing.story import SEPTEMBER, charge, closed, opened, subscribed
from tests.services.invoicing.test_service import drafted, run
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers

TEN = {"name": "Welcome", "discount": {"percent": "10"}, "duration": {"periods": 3}}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("discounts")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing", "payments") as started,
    ):
        yield started


async def post(services: Services, path: str, body: Any = None, status: int = 201) -> dict[str, Any]:
    answer = await services.invoicing.post(path, json=body)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def code_of(answer: dict[str, Any]) -> tuple[str, str | None]:
    return answer["errors"][0]["code"], answer["errors"][0].get("pointer")


def amounts(invoice: dict[str, Any]) -> list[str]:
    return [invoice[name]["amount"] for name in ("net", "tax", "total")]


async def opened_account(services: Services, account: str) -> None:
    """An account with a subscription, as rating tells it, of which invoicing has heard."""
    name = await services.vault.seal(account, f"Customer {account}")
    await services.rating_says(msgspec.structs.replace(opened(account), name=name), subscribed(account))
    path = f"/v1/accounts/{account}/bill-profile"
    await until(lambda: services.invoicing.get(path), lambda answer: answer.status_code == 200)


async def test_coupons_are_defined_changed_listed_retired_and_deleted(services: Services) -> None:
    made = await post(services, "/v1/coupons", {"id": "SPRING", **TEN, "redeem_by": "2099-12-31"})
    shown = CouponShape.model_validate(made)
    assert (made["discount"], made["duration"], shown.redeemed) == (  # type: ignore[attr-defined]
        {"percent": "10", "amount": None},
        {"periods": 3},
        0,
    )
    assert code_of(await post(services, "/v1/coupons", {"id": "SPRING", **TEN}, 409)) == ("coupon_exists", "/id")
    path = "/v1/coupons/SPRING"
    stale = await services.invoicing.put(path, json={"name": "x"}, headers={"If-Match": "7"})
    changed = await services.invoicing.put(path, json={"name": "Spring", "max_redemptions": 5})
    assert (stale.status_code, changed.json()["name"], changed.json()["version"]) == (412, "Spring", 2)
    page = CouponPage.model_validate((await services.invoicing.get("/v1/coupons", params={"q": "spr"})).json())
    assert page.total == 1
    retired = await post(services, f"{path}/retire", status=200)
    assert retired["retired_at"] and [one["allowed"] for one in retired["allowed_actions"]] == [False, False, True]
    assert (await services.invoicing.get("/v1/coupons", params={"retired": "true"})).json()["total"] == 1
    assert (await services.invoicing.delete(path)).status_code == 204
    assert (await services.invoicing.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        pytest.param({"discount": {"percent": "101"}}, "out_of_bounds", "/discount/percent", id="percent"),
        pytest.param(
            {"discount": {"amount": {"amount": "0", "currency": "EUR"}}},
            "amount_not_positive",
            "/discount/amount/amount",
            id="nothing",
        ),
        pytest.param(
            {"discount": {"amount": {"amount": "1.001", "currency": "EUR"}}},
            "too_many_decimals",
            "/discount/amount/amount",
            id="decimals",
        ),
        pytest.param({"discount": {}}, "invalid", "/discount", id="neither"),
        pytest.param({"applies_to": {}}, "invalid", "/applies_to", id="scope"),
    ],
)
async def test_a_coupon_that_makes_no_sense_is_refused(
    services: Services, change: dict[str, Any], code: str, pointer: str
) -> None:
    refused = await post(services, "/v1/coupons", {"id": "BAD", **TEN, **change}, 422)
    assert (code, pointer) in [(one["code"], one.get("pointer")) for one in refused["errors"]]


async def test_no_more_accounts_than_it_says_redeem_a_coupon_at_one_moment(services: Services) -> None:
    await post(services, "/v1/coupons", {"id": "FEW", **TEN, "max_redemptions": 3})
    accounts = [f"few-{n}" for n in range(8)]
    for account in accounts:
        await opened_account(services, account)
    asked = (services.invoicing.post(f"/v1/accounts/{one}/discounts", json={"coupon": "FEW"}) for one in accounts)
    answers = await asyncio.gather(*asked)
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 5
    refused = {code_of(answer.json())[0] for answer in answers if answer.status_code == 409}
    assert refused == {"coupon_used_up"}
    assert (await services.invoicing.get("/v1/coupons/FEW")).json()["redeemed"] == 3
    again = next(account for account, answer in zip(accounts, answers, strict=True) if answer.status_code == 201)
    twice = await post(services, f"/v1/accounts/{again}/discounts", {"coupon": "FEW"}, 409)
    assert code_of(twice) == ("coupon_redeemed", "/coupon")
    used = await services.invoicing.delete("/v1/coupons/FEW")
    assert (used.status_code, code_of(used.json())[0]) == (409, "coupon_in_use")


async def test_a_month_with_a_coupon_and_a_discount_is_invoiced_to_the_cent_and_credited_R41(
    services: Services,
) -> None:
    """100.00 + 50.00, less 10 % is 135.00, less 5.00 is 130.00; tax of 20 % is 26.00, the total 156.00.

    The line of 50.00 was 45.00 after the coupon, and bears 5.00 x 45 / 135 = 1.67, the residue: 43.33 + 8.67 tax.
    """
    account = "month-1"
    await opened_account(services, account)
    await post(services, "/v1/coupons", {"id": "TEN", **TEN})
    path = f"/v1/accounts/{account}/discounts"
    by_coupon = await post(services, path, {"coupon": "TEN", "starts_on": "2026-09-01"})
    assert DiscountShape.model_validate(by_coupon).periods_used == 0
    five = {"amount": {"amount": "5.00", "currency": "EUR"}}
    own = {"discount": five, "duration": "once", "reason": "goodwill", "starts_on": "2026-09-01"}
    await post(services, path, own)
    await services.rating_says(
        charge(1, "100.00", account=account), charge(2, "50.00", account=account), closed(2, "150.00", account=account)
    )
    invoice_id = invoice_id_of(account, SEPTEMBER)
    lines = f"/v1/invoices/{invoice_id}/lines"
    await until(lambda: services.invoicing.get(lines), lambda answer: answer.json().get("total") == 2)
    dry = await run(services, scope={"account_ids": [account]}, dry_run=True)
    assert dry["totals"] == [{"currency": "EUR", "amount": "156.00"}]
    preview = (await services.invoicing.get(f"/v1/billing-runs/{dry['id']}/preview")).json()
    assert preview["samples"][0]["total"]["amount"] == "156.00"
    assert [(plan["plan_id"], plan["net"]) for plan in preview["plans"]] == [("fibre", "150.00"), ("", "-20.00")]

    issued = await post(services, f"/v1/invoices/{invoice_id}/issue", status=200)
    InvoiceShape.model_validate(issued)
    assert amounts(issued) == ["130.00", "26.00", "156.00"]
    assert [(one["reason"], one["amount"]["amount"]) for one in issued["allowances"]] == [
        ("Welcome", "15.00"),
        ("Goodwill discount", "5.00"),
    ]
    document = (await services.invoicing.get(f"/v1/invoices/{invoice_id}/json")).json()
    assert (document["lines_net"]["amount"], document["amount_due"]["amount"]) == ("150.00", "156.00")
    assert [share["amount"] for one in document["allowances"] for share in one["shares"]] == ["15.00", "5.00"]
    assert (await services.invoicing.get(f"/v1/invoices/{invoice_id}/pdf")).status_code == 200
    assert (await services.invoicing.get(f"/v1/invoices/{invoice_id}/proof")).json()["holds"] is True
    file = await services.invoicing.get(f"/v1/invoices/{invoice_id}/json")
    assert check_content(file.content).differences == []

    page = DiscountPage.model_validate((await services.invoicing.get(path)).json())
    assert {one.status: one.periods_used for one in page.items} == {"active": 1, "ended": 1}
    assert await _creditable(services, invoice_id) == ([("100.00", "86.67"), ("50.00", "43.33")], "130.00", "156.00")
    credit = {"reason": "goodwill", "lines": [{"n": 2}]}
    note = await post(services, f"/v1/invoices/{invoice_id}/credit-notes", credit)
    assert amounts(note) == ["43.33", "8.67", "52.00"]
    assert await _creditable(services, invoice_id) == ([("100.00", "86.67"), ("50.00", "0.00")], "86.67", "104.00")
    rest = await post(services, f"/v1/invoices/{invoice_id}/credit-notes", {"reason": "cancellation"})
    assert amounts(rest) == ["86.67", "17.33", "104.00"]


async def _creditable(services: Services, invoice_id: str) -> tuple[list[tuple[str, str]], str, str]:
    left = (await services.invoicing.get(f"/v1/invoices/{invoice_id}/creditable")).json()
    CreditableShape.model_validate(left)
    lines = [(line["net"]["amount"], line["left"]["amount"]) for line in left["lines"]]
    return lines, left["net"]["amount"], left["total"]["amount"]


async def test_a_discount_is_ended_and_what_is_not_there_is_refused(services: Services) -> None:
    account = "end-1"
    await drafted(services, account)
    path = f"/v1/accounts/{account}/discounts"
    own = {"discount": {"percent": "20"}, "duration": "forever", "reason": "retention", "starts_on": "2026-09-01"}
    made = await post(services, path, own)
    ended = await post(services, f"{path}/{made['id']}/end", {"on": "2026-09-01"}, 200)
    assert (ended["status"], ended["ended_on"]) == ("ended", "2026-09-01")
    issued = await post(services, f"/v1/invoices/{invoice_id_of(account, SEPTEMBER)}/issue", status=200)
    assert (amounts(issued), issued["allowances"]) == (["30.03", "6.01", "36.04"], [])
    assert (await services.invoicing.get(path, params={"in_force_on": "2026-09-01"})).json()["total"] == 0
    nothing = await post(services, path, {"coupon": "NOWHERE"}, 422)
    assert code_of(nothing) == ("coupon_not_found", "/coupon")
    dollars = {**own, "discount": {"amount": {"amount": "1.00", "currency": "USD"}}}
    assert code_of(await post(services, path, dollars, 422)) == ("currency_mismatch", "/discount/amount/currency")
    assert (await services.invoicing.post("/v1/accounts/nobody/discounts", json=own)).status_code == 404
    for role in ("auditor", "support"):
        refused = await services.invoicing.post(path, json=own, headers=services.token(role))
        assert refused.status_code == 403


async def test_credit_of_the_account_is_prepaid_on_a_discounted_invoice_R41(services: Services) -> None:
    """30.03 less 10 % is 27.03; with 5.41 of tax 32.44, of which 10.00 is prepaid."""
    account = "prepaid-1"
    await opened_account(services, account)
    own = {"discount": {"percent": "10"}, "duration": "once", "reason": "promotion", "starts_on": "2026-09-01"}
    await post(services, f"/v1/accounts/{account}/discounts", own)
    money = {"amount": {"amount": "10.00", "currency": "EUR"}, "method": "cash", "received_on": "2026-10-01"}
    paid = await until(
        lambda: services.payments.post("/v1/payments", json={"account_id": account, **money}),
        lambda answer: not answer.is_error,
        every_s=0.05,
    )
    assert paid.status_code == 201
    await services.rating_says(charge(1, "30.03", account=account), closed(1, "30.03", account=account))
    invoice_id = invoice_id_of(account, SEPTEMBER)
    lines = f"/v1/invoices/{invoice_id}/lines"
    await until(lambda: services.invoicing.get(lines), lambda answer: answer.status_code == 200)
    issued = await post(services, f"/v1/invoices/{invoice_id}/issue", status=200)
    document = (await services.invoicing.get(f"/v1/invoices/{invoice_id}/json")).json()
    assert amounts(issued) == ["27.03", "5.41", "32.44"]
    assert (document["credit_applied"]["amount"], document["amount_due"]["amount"]) == ("10.00", "22.44")


async def test_the_log_alone_gives_the_same_tables(services: Services) -> None:
    proof = await RebuildJob(services.settings, SERVICE, processes=0, watch=lambda step: None).verify()
    assert proof.equal is True, proof.differences
