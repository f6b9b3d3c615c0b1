"""Credit notes and voids over HTTP, as processes on real Kafka and Postgres; payments has its say in a void."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from services.invoicing.credit_note.shapes import CreditNoteDetail, CreditNotePage
from services.invoicing.invoice.shapes import InvoiceShape
from services.invoicing.invoice.state import invoice_id_of
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.invoicing.story import OCTOBER, SEPTEMBER, charge, closed
from tests.services.invoicing.test_service import drafted
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("corrections")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing", "payments") as started,
    ):
        yield started


async def issued(services: Services, account: str) -> str:
    await drafted(services, account)
    path = f"/v1/invoices/{invoice_id_of(account, SEPTEMBER)}"
    answer = await services.invoicing.post(f"{path}/issue")
    assert answer.status_code == 200, answer.text
    return path


async def post(services: Services, path: str, body: dict[str, Any], **headers: str) -> Any:
    return await services.invoicing.post(path, json=body, headers={k.replace("_", "-"): v for k, v in headers.items()})


async def test_an_invoice_is_credited_by_line_by_amount_and_whole(services: Services) -> None:
    path = await issued(services, "credit-1")
    first = await post(services, f"{path}/credit-notes", {"reason": "goodwill", "lines": [{"n": 1, "net": "5.00"}]})
    assert first.status_code == 201, first.text
    CreditNoteDetail.model_validate(note := first.json())
    assert (note["status"], note["number"], note["total"]["amount"]) == ("issued", "CN-000001", "6.00")
    amount = {"amount": "12.00", "currency": "EUR"}
    again = await post(services, f"{path}/credit-notes", {"reason": "other", "amount": amount}, Idempotency_Key="k1")
    same = await post(services, f"{path}/credit-notes", {"reason": "other", "amount": amount}, Idempotency_Key="k1")
    assert same.json() == again.json() and again.json()["number"] == "CN-000002"
    over = await post(services, f"{path}/credit-notes", {"reason": "other", "lines": [{"n": 1}]})
    assert (over.status_code, over.json()["errors"][0]["code"]) == (409, "over_credited")
    whole = await post(services, f"{path}/credit-notes", {"reason": "cancellation"})
    assert whole.json()["total"]["amount"] == "18.04"
    nothing = await post(services, f"{path}/credit-notes", {"reason": "other"})
    assert (nothing.status_code, nothing.json()["errors"][0]["code"]) == (409, "nothing_to_credit")
    page = CreditNotePage.model_validate((await services.invoicing.get(f"{path}/credit-notes")).json())
    assert (page.total, page.totals[0].amount) == (3, "36.04")
    one = await services.invoicing.get(f"/v1/credit-notes/{note['id']}")
    assert one.json() == first.json()
    assert (await services.invoicing.get("/v1/credit-notes", params={"reason": "goodwill"})).json()["total"] == 1


async def test_a_last_draft_below_zero_is_given_back_and_is_credit_of_the_account_r39_r46(services: Services) -> None:
    path = await issued(services, "gone-1")
    last = f"/v1/invoices/{invoice_id_of('gone-1', OCTOBER)}"
    await services.rating_says(
        charge(1, "-40.00", account="gone-1", period=OCTOBER),
        closed(1, "-40.00", account="gone-1", period=OCTOBER, after=OCTOBER),
    )
    await until(lambda: services.invoicing.get(f"{last}/lines"), lambda answer: answer.status_code == 200)
    refused = await post(services, f"{path}/credit-draft", {})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "invoice_issued")
    given = await post(services, f"{last}/credit-draft", {"note": "You have left us."})
    assert given.status_code == 200, given.text
    shown = InvoiceShape.model_validate(given.json())
    assert shown.status == "credited" and len(shown.credited_by) == 1
    note = f"/v1/credit-notes/{shown.credited_by[0]}"
    answer = await until(lambda: services.invoicing.get(note), lambda answer: answer.json()["status"] == "issued")
    assert (answer.json()["total"]["amount"], answer.json()["note"]) == ("36.04", "You have left us.")
    credits_path = "/v1/accounts/gone-1/credits"
    found = await until(lambda: services.payments.get(credits_path), lambda answer: bool(answer.json().get("items")))
    assert [one["amount"]["amount"] for one in found.json()["items"]] == ["11.96"]
    again = await post(services, f"{last}/credit-draft", {})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "draft_credited")


async def test_a_request_for_a_deposit_is_printed_until_the_money_is_here(services: Services) -> None:
    await issued(services, "dep-1")
    body = {"amount": {"amount": "100.00", "currency": "EUR"}, "purpose": "equipment"}
    asked = (await services.payments.post("/v1/accounts/dep-1/deposits", json=body)).json()
    path = f"/v1/deposit-requests/{asked['id']}/pdf"
    paper = await until(lambda: services.invoicing.get(path), lambda answer: answer.status_code == 200)
    assert paper.content.startswith(b"%PDF") and paper.headers["content-type"] == "application/pdf"
    receipt = {"method": "cash", "received_on": asked["requested_on"]}
    assert (await services.payments.post(f"/v1/deposits/{asked['id']}/receive", json=receipt)).status_code == 200
    gone = await until(lambda: services.invoicing.get(path), lambda answer: answer.status_code == 409)
    assert gone.json()["errors"][0]["code"] == "deposit_not_open"
    assert (await services.invoicing.get("/v1/deposit-requests/unknown/pdf")).status_code == 404


async def test_what_is_issued_anew_is_a_draft_that_names_its_original(services: Services) -> None:
    path = await issued(services, "anew-1")
    note = (await post(services, f"{path}/reissue", {"reason": "wrong_details"})).json()
    assert note["total"]["amount"] == "36.04"
    again = (await services.invoicing.post(f"/v1/invoices/{note['reissued_as']}/issue")).json()
    shown = InvoiceShape.model_validate(again)
    assert (shown.status, shown.replaces) == ("issued", note["invoice_id"])
    refused = await post(services, f"{path}/void", {"reason": "duplicate"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "invoice_credited")


async def test_an_unpaid_invoice_is_void_and_keeps_its_number_R46(services: Services) -> None:
    path = await issued(services, "void-1")
    answer = await post(services, f"{path}/void", {"reason": "duplicate", "note": "billed twice"})
    assert answer.status_code == 200, answer.text
    shown = InvoiceShape.model_validate(answer.json())
    assert (shown.status, shown.void_reason) == ("void", "duplicate") and shown.number
    assert (await services.payments.get("/v1/accounts/void-1/receivables")).json()["total"] == 0
    again = await post(services, f"{path}/void", {"reason": "duplicate"})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "invoice_void")
    assert (await services.invoicing.get(f"{path}/pdf")).status_code == 200


async def test_a_paid_invoice_is_not_void_and_its_credit_note_is_credit_of_the_account(services: Services) -> None:
    path = await issued(services, "paid-1")
    payment = {
        "account_id": "paid-1",
        "amount": {"amount": "10.00", "currency": "EUR"},
        "method": "cash",
        "received_on": "2026-10-01",
    }
    answer = await services.payments.post("/v1/payments", json=payment)
    assert answer.status_code == 201, answer.text
    refused = await post(services, f"{path}/void", {"reason": "duplicate"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "invoice_paid"), refused.text
    note = await post(services, f"{path}/credit-notes", {"reason": "cancellation"})
    position = note.headers["Position"]
    balance = await services.payments.get("/v1/accounts/paid-1/balance", headers={"Position": position})
    assert {name: balance.json()[name]["amount"] for name in ("open", "credit", "balance")} == {
        "open": "0.00",
        "credit": "10.00",
        "balance": "-10.00",
    }
