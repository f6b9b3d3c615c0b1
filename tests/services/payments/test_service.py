"""Payments over HTTP, as a process on real Kafka and Postgres, with invoices that invoicing really issued."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from services.invoicing.invoice.state import invoice_id_of
from services.payments.balance.api import BalanceShape
from services.payments.payment.api import PaymentShape
from services.payments.receivable.api import ReceivableShape
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.invoicing.story import SEPTEMBER, charge, closed, opened, subscribed
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("payments")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing", "payments") as started,
    ):
        yield started


async def invoiced(services: Services, account: str, net: str) -> str:
    """An account with one issued invoice of `net` and 20 % tax; returns the invoice's id."""
    await charged(services, account, net)
    return await issued(services, account)


async def charged(services: Services, account: str, net: str) -> None:
    """An account whose September is closed. One after the other: rating numbers what it says."""
    await services.rating_says(
        opened(account), subscribed(account), charge(1, net, account=account), closed(1, net, account=account)
    )


async def issued(services: Services, account: str) -> str:
    """Its invoice is issued, and payments knows it; returns the invoice's id."""
    invoice_id = invoice_id_of(account, SEPTEMBER)
    path = f"/v1/invoices/{invoice_id}"
    answer = await until(
        lambda: services.invoicing.post(f"{path}/issue"), lambda answer: answer.status_code not in (404, 409)
    )
    assert answer.status_code == 200, answer.text
    # The position of the issue: payments waits until it has seen it.
    balance = await services.payments.get(
        f"/v1/accounts/{account}/balance", headers={"Position": answer.headers["Position"]}
    )
    assert balance.status_code == 200, balance.text
    return invoice_id


def payment(account: str, amount: str, **fields: Any) -> dict[str, Any]:
    money = {"amount": amount, "currency": "EUR"}
    return {
        "account_id": account,
        "amount": money,
        "method": "bank_transfer",
        "received_on": "2026-10-09",
        **fields,
    }


async def balance(services: Services, account: str) -> tuple[str, str, str]:
    answer = (await services.payments.get(f"/v1/accounts/{account}/balance")).json()
    BalanceShape.model_validate(answer)
    return answer["open"]["amount"], answer["credit"]["amount"], answer["balance"]["amount"]


async def test_an_issued_invoice_is_owed_until_payments_cover_it_and_the_rest_is_credit_R48(
    services: Services,
) -> None:
    invoice_id = await invoiced(services, "flow-1", "30.03")
    assert await balance(services, "flow-1") == ("36.04", "0.00", "36.04")

    answer = await services.payments.post("/v1/payments", json=payment("flow-1", "20.00", external_key="BANK-1"))
    assert answer.status_code == 201, answer.text
    first = answer.json()
    PaymentShape.model_validate(first)
    assert first["allocations"] == [{"invoice_id": invoice_id, "amount": {"amount": "20.00", "currency": "EUR"}}]
    assert await balance(services, "flow-1") == ("16.04", "0.00", "16.04")

    second = (await services.payments.post("/v1/payments", json=payment("flow-1", "20.00", id="pay-2"))).json()
    assert (second["allocated"]["amount"], second["unallocated"]["amount"]) == ("16.04", "3.96")
    assert await balance(services, "flow-1") == ("0.00", "3.96", "-3.96")
    assert (await services.payments.get("/v1/payments/pay-2")).json() == second

    listed = (await services.payments.get("/v1/payments", params={"account_id": "flow-1", "sort": "amount"})).json()
    assert listed["total"] == 2
    assert listed["totals"] == [
        {
            **{"currency": "EUR", "amount": "40.00", "allocated": "36.04", "unallocated": "3.96"},
            **{"refunded": "0.00", "charged_back": "0.00"},
        },
    ]
    by_key = (await services.payments.get("/v1/payments?external_key=BANK-1")).json()
    assert [item["id"] for item in by_key["items"]] == [first["id"]]
    by_invoice = (await services.payments.get(f"/v1/payments?invoice_id={invoice_id}")).json()
    assert by_invoice["total"] == 2

    receivables = (await services.payments.get("/v1/accounts/flow-1/receivables")).json()
    [receivable] = receivables["items"]
    ReceivableShape.model_validate(receivable)
    assert (receivable["status"], receivable["paid"]["amount"]) == ("paid", "36.04")
    sums = {"amount": "36.04", "paid": "36.04", "credited": "0.00", "open": "0.00"}
    assert receivables["totals"] == [{"currency": "EUR", "written_off": "0.00", "disputed": "0.00", **sums}]


async def test_credit_pays_the_next_invoice_by_itself_R48(services: Services) -> None:
    await services.rating_says(opened("credit-1"))
    paid = await services.payments.post("/v1/payments", json=payment("credit-1", "40.00", id="early"))
    assert paid.status_code == 201, paid.text
    await invoiced(services, "credit-1", "30.03")
    assert await balance(services, "credit-1") == ("0.00", "3.96", "-3.96")
    early = (await services.payments.get("/v1/payments/early")).json()
    assert (early["allocated"]["amount"], early["version"]) == ("36.04", 2)


async def test_a_retry_is_the_same_payment_and_another_request_under_its_key_is_refused(services: Services) -> None:
    await services.rating_says(opened("retry-1"))
    body = payment("retry-1", "5.00", external_key="BANK-R")
    keyed = {"Idempotency-Key": "retry"}
    first = await services.payments.post("/v1/payments", json=body, headers=keyed)
    again = await services.payments.post("/v1/payments", json=body, headers=keyed)
    assert (first.status_code, again.status_code) == (201, 201) and first.json() == again.json()
    other = await services.payments.post("/v1/payments", json={**body, "method": "cash"}, headers=keyed)
    assert (other.status_code, other.json()["errors"][0]["code"]) == (422, "idempotency_key_reused")
    assert await balance(services, "retry-1") == ("0.00", "5.00", "-5.00")


async def test_an_external_key_or_an_id_is_used_once_over_all_accounts_R52(services: Services) -> None:
    accounts = [f"key-{n}" for n in range(6)]  # some share a partition, some do not
    await services.rating_says(*[opened(account) for account in accounts])
    first = await services.payments.post("/v1/payments", json=payment("key-0", "5.00", external_key="BANK-K", id="k"))
    assert first.status_code == 201, first.text
    for account in accounts:
        twice = await services.payments.post("/v1/payments", json=payment(account, "5.00", external_key="BANK-K"))
        assert (twice.status_code, twice.json()["errors"][0]["code"]) == (409, "duplicate_external_key")
        same_id = await services.payments.post("/v1/payments", json=payment(account, "5.00", id="k"))
        assert (same_id.status_code, same_id.json()["errors"][0]["code"]) == (409, "payment_exists")


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"amount": {"amount": "5.00", "currency": "CHF"}}, "/amount/currency", "currency_mismatch"),
        ({"amount": {"amount": "0.00", "currency": "EUR"}}, "/amount/amount", "amount_not_positive"),
        ({"amount": {"amount": "-1.00", "currency": "EUR"}}, "/amount/amount", "amount_not_positive"),
        ({"amount": {"amount": "1.001", "currency": "EUR"}}, "/amount/amount", "too_many_decimals"),
        ({"amount": {"amount": 5, "currency": "EUR"}}, "/amount/amount", "invalid_decimal"),
        ({"amount": {"amount": "5.00", "currency": "XXZ"}}, "/amount/currency", "invalid"),
        ({"amount": "5.00"}, "/amount", "wrong_type"),
        ({"method": "barter"}, "/method", "not_allowed"),
        ({"received_on": "yesterday"}, "/received_on", None),
        ({"received_on": 20261009}, "/received_on", None),
        ({"received_on": "2999-01-01"}, "/received_on", "in_future"),
        ({"invoice_id": "nope"}, "/invoice_id", "invoice_not_found"),
        ({"account_id": "nope"}, "/account_id", "account_not_found"),
        ({"id": "not an id"}, "/id", "invalid"),
        ({"tip": "1.00"}, "/tip", "unknown_field"),
    ],
)
async def test_a_payment_that_makes_no_sense_is_refused_by_field(
    services: Services, change: dict[str, Any], pointer: str, code: str | None
) -> None:
    await services.rating_says(opened("bad-1"))
    answer = await services.payments.post("/v1/payments", json={**payment("bad-1", "5.00"), **change})
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["pointer"]) == (422, pointer), answer.text
    assert code is None or error["code"] == code


async def test_what_is_not_there_is_404(services: Services) -> None:
    for path in ("payments/x", "payments/x/refunds", "accounts/x/balance", "accounts/x/receivables", "write-offs/x"):
        assert (await services.payments.get(f"/v1/{path}")).status_code == 404


async def test_only_those_who_may_write_record_payments(services: Services) -> None:
    for role, status in (("auditor", 403), ("support", 403), ("ingest", 403)):
        answer = await services.payments.post("/v1/payments", json=payment("x", "5.00"), headers=services.token(role))
        assert answer.status_code == status
    assert (await services.payments.get("/v1/payments", headers=services.token("support"))).status_code == 200
    assert (await services.payments.get("/v1/payments?colour=red")).status_code == 400


async def test_a_balance_of_an_earlier_moment_counts_what_had_come_in_and_what_was_known(services: Services) -> None:
    """An invoice of today, 36.00; 10.00 that came the day before, and nothing earlier."""
    account = "then-1"
    await invoiced(services, account, "30.00")
    path = f"/v1/accounts/{account}/balance"
    issued = (await services.payments.get(f"/v1/accounts/{account}/receivables")).json()["items"][0]["issued_on"]
    before = datetime.now(UTC).isoformat()
    day_before, earlier = (date.fromisoformat(issued) - timedelta(days=n) for n in (1, 2))
    money = payment(account, "10.00", received_on=day_before.isoformat())
    paid = await services.payments.post("/v1/payments", json=money)
    assert paid.status_code == 201, paid.text

    async def at(**moment: str) -> tuple[int, Any, Any]:
        answer = await services.payments.get(path, params=moment)
        told = answer.json()
        if answer.status_code != 200:
            return answer.status_code, told["errors"][0]["code"], told["errors"][0]["pointer"]
        return 200, told["open"]["amount"], told["credit"]["amount"]

    assert await at(as_of=issued) == (200, "26.00", "0.00")
    assert await at(as_of=day_before.isoformat()) == (200, "0.00", "10.00")
    assert await at(as_of=earlier.isoformat()) == (200, "0.00", "0.00")
    assert await at(known_at=before) == (200, "36.00", "0.00")
    assert await at(known_at=before, as_of=issued) == (200, "36.00", "0.00")
    assert await at(known_at="2020-01-01T00:00:00Z") == (404, "not_known_then", "/known_at")
    assert await at(as_of="2999-01-01") == (422, "in_future", "/as_of")
    assert await at(known_at="2999-01-01T00:00:00Z") == (422, "in_future", "/known_at")
    assert await at(as_of="soon") == (422, "invalid", "/as_of")
