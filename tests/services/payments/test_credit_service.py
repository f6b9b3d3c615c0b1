"""Granted credit and deposits over HTTP on real Kafka and Postgres: amounts due, balances, two users at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import pytest_asyncio

from services.payments.deposit.api import DepositPage, DepositShape
from services.payments.granted_credit.api import CreditPage, CreditShape
from tests.kit.servers import Servers, fresh_environment
from tests.services.invoicing.story import opened
from tests.services.payments.test_service import balance, invoiced
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("credits")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing", "payments") as started,
    ):
        yield started


def credit(amount: str, **fields: Any) -> dict[str, Any]:
    return {"amount": {"amount": amount, "currency": "EUR"}, "reason": "goodwill", **fields}


async def grant(services: Services, account: str, amount: str, **fields: Any) -> dict[str, Any]:
    answer = await services.payments.post(f"/v1/accounts/{account}/credits", json=credit(amount, **fields))
    assert answer.status_code == 201, answer.text
    CreditShape.model_validate(found := answer.json())
    shown: dict[str, Any] = found
    return shown


async def test_a_goodwill_credit_lowers_what_an_invoice_asks_for_and_not_its_tax_r41(services: Services) -> None:
    name = await services.vault.seal("good-1", "Customer good-1")
    await services.rating_says(msgspec.structs.replace(opened("good-1"), name=name))
    given = await grant(services, "good-1", "10.00", note="router broken", expires_on="2030-01-01")
    assert (given["left"]["amount"], given["status"], given["granted_by"] is not None) == ("10.00", "open", True)
    assert await balance(services, "good-1") == ("0.00", "10.00", "-10.00")
    invoice_id = await invoiced(services, "good-1", "30.03")
    assert await balance(services, "good-1") == ("26.04", "0.00", "26.04")
    told = json.loads((await services.invoicing.get(f"/v1/invoices/{invoice_id}/json")).content)
    assert (told["net"]["amount"], told["tax"]["amount"], told["total"]["amount"]) == ("30.03", "6.01", "36.04")
    assert told["amount_due"]["amount"] == "26.04"
    used = (await services.payments.get(f"/v1/accounts/good-1/credits/{given['id']}")).json()
    assert (used["status"], used["uses"]) == (
        "used",
        [{"invoice_id": invoice_id, "amount": {"amount": "10.00", "currency": "EUR"}}],
    )
    then = await services.payments.get("/v1/accounts/good-1/balance", params={"as_of": used["granted_on"]})
    assert then.json()["balance"]["amount"] == "26.04"


async def test_what_is_left_is_reversed_once_by_two_at_one_moment_and_lists_add_up(services: Services) -> None:
    await invoiced(services, "back-1", "30.03")
    given = await grant(services, "back-1", "50.00")
    assert (given["used"]["amount"], given["left"]["amount"]) == ("36.04", "13.96")
    path = f"/v1/accounts/back-1/credits/{given['id']}/reverse"
    both = await asyncio.gather(*(services.payments.post(path, json={"reason": "given twice"}) for _ in range(2)))
    assert sorted(answer.status_code for answer in both) == [200, 409]
    assert await balance(services, "back-1") == ("0.00", "0.00", "0.00")
    page = CreditPage.model_validate((await services.payments.get("/v1/accounts/back-1/credits")).json())
    [one], [sums] = page.items, page.totals
    assert (one.status, one.ended_reason, one.allowed_actions[0].allowed) == ("reversed", "given twice", False)
    assert (sums.amount, sums.used, sums.left, sums.taken_back) == ("50.00", "36.04", "0.00", "13.96")
    assert (await services.payments.get("/v1/accounts/back-1/credits?open=true")).json()["total"] == 0


async def test_the_same_request_twice_grants_once_and_nonsense_is_refused(services: Services) -> None:
    await services.rating_says(opened("once-1"))
    await grant(services, "once-1", "1.00")
    path, key = "/v1/accounts/once-1/credits", {"Idempotency-Key": "k1"}
    two = [await services.payments.post(path, json=credit("5.00"), headers=key) for _ in range(2)]
    assert two[0].json()["id"] == two[1].json()["id"]
    assert await balance(services, "once-1") == ("0.00", "6.00", "-6.00")
    for body, pointer in (
        (credit("0"), "/amount/amount"),
        (credit("1.00", expires_on="2001-01-01"), "/expires_on"),
        (credit("1.00", reason="because"), "/reason"),
    ):
        refused = await services.payments.post(path, json=body)
        assert refused.json()["errors"][0]["pointer"] == pointer, refused.text
    assert (await services.payments.get("/v1/accounts/nobody/credits")).status_code == 404


async def test_a_deposit_is_held_applied_to_an_invoice_and_the_rest_is_paid_back_once(services: Services) -> None:
    invoice_id = await invoiced(services, "dep-1", "30.03")
    body = {"amount": {"amount": "100.00", "currency": "EUR"}, "purpose": "equipment", "note": "router"}
    asked = await services.payments.post("/v1/accounts/dep-1/deposits", json=body)
    assert asked.status_code == 201, asked.text
    DepositShape.model_validate(asked.json())
    one = f"/v1/deposits/{asked.json()['id']}"
    early = await services.payments.post(f"{one}/apply", json={})
    assert early.json()["errors"][0]["code"] == "deposit_not_held"
    held = await services.payments.post(f"{one}/receive", json={"method": "cash", "received_on": "2026-10-09"})
    assert (held.json()["held"]["amount"], held.json()["status"]) == ("100.00", "held"), held.text
    assert await balance(services, "dep-1") == ("36.04", "0.00", "36.04")
    applied = await services.payments.post(f"{one}/apply", json={"invoice_id": invoice_id})
    assert (applied.json()["held"]["amount"], applied.json()["applied"]["amount"]) == ("63.96", "36.04"), applied.text
    assert await balance(services, "dep-1") == ("0.00", "0.00", "0.00")
    paid = (await services.payments.get("/v1/payments", params={"account_id": "dep-1", "method": "deposit"})).json()
    assert [item["allocated"]["amount"] for item in paid["items"]] == ["36.04"]
    both = await asyncio.gather(*(services.payments.post(f"{one}/return", json={"reference": "SEPA"}) for _ in "ab"))
    assert sorted(answer.status_code for answer in both) == [200, 409]
    page = DepositPage.model_validate((await services.payments.get("/v1/accounts/dep-1/deposits")).json())
    assert (page.items[0].model_dump()["status"], page.totals[0].returned) == ("closed", "63.96")
