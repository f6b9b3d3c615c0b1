"""Direct debits over HTTP on real Kafka and Postgres: methods, mandates, a run, its file, what the bank says of it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
import xmlschema

from services.payments.direct_debit.shapes import DirectDebitPage, DirectDebitPlanShape, DirectDebitRunShape
from services.payments.mandate.api import MandateShape
from services.payments.payment_method.api import PaymentMethodShape
from services.payments.sepa.business_days import next_business_day
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.payments.statement_files import Line, camt
from tests.services.payments.test_service import balance, invoiced
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers

TODAY = datetime.now(UTC).date()
DAY = next_business_day(TODAY + timedelta(days=20)).isoformat()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("debits")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing", "payments") as started,
    ):
        yield started


async def post(services: Services, path: str, body: Any = None, *, status: int = 200) -> dict[str, Any]:
    answer = await services.payments.post(path, json=body)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def with_mandate(services: Services, account: str) -> None:
    """An account with an invoice of 36.04 and a mandate that is signed."""
    await invoiced(services, account, "30.03")
    said = {"account_id": account, "kind": "bank_account", "iban": "NL91 ABNA 0417 1643 00", "holder": "Jörg Müller"}
    method = await post(services, "/v1/payment-methods", said, status=201)
    PaymentMethodShape.model_validate(method)
    assert (method["label"], method["preferred"], method["iban"]) == ("NL•••4300", True, "NL91ABNA0417164300")
    body = {"id": f"M-{account}", "account_id": account, "payment_method_id": method["id"]}
    MandateShape.model_validate(mandate := await post(services, "/v1/mandates", body, status=201))
    assert mandate["status"] == "pending"
    signed = await post(services, f"/v1/mandates/M-{account}/sign", {"signed_on": "2026-01-05"})
    assert signed["status"] == "active"
    twice = await services.payments.post("/v1/mandates", json=body)
    assert (twice.status_code, twice.json()["errors"][0]["code"]) == (409, "mandate_exists")


async def run_is(services: Services, run_id: str, **counts: int) -> dict[str, Any]:
    answer = await until(
        lambda: services.payments.get(f"/v1/direct-debits/{run_id}"),
        lambda answer: {name: answer.json()["counts"][name] for name in counts} == counts,
    )
    found: dict[str, Any] = answer.json()
    return found


async def test_due_invoices_are_collected_once_and_the_bank_says_what_came_back_r50(services: Services) -> None:
    accounts = ["dd-1", "dd-2", "dd-3"]
    for account in accounts:
        await with_mandate(services, account)
    path = "/v1/direct-debits"
    asked = {"collection_date": DAY, "account_ids": accounts, "dry_run": False}
    refused = await services.payments.post(path, json=asked)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "no_creditor")
    said = {"name": "Northwind", "iban": "DE89370400440532013000", "creditor_id": "DE98ZZZ09999999999"}
    assert (await services.payments.put(f"{path}/creditor", json=said)).status_code == 200

    plan = await post(services, path, {**asked, "dry_run": True})
    DirectDebitPlanShape.model_validate(plan)
    assert (plan["debits"], plan["excluded"], plan["total"]["amount"]) == (3, 0, "108.12")
    late = await post(services, path, {**asked, "dry_run": True, "notice_days": 60})
    assert (late["debits"], late["excluded"]) == (0, 3)

    run = await post(services, path, {**asked, "id": "run-1"}, status=201)
    DirectDebitRunShape.model_validate(run)
    await run_is(services, "run-1", placed=3)
    again = await services.payments.post(path, json=asked)
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "nothing_due")
    for version in ("02", "08"):
        made = await services.payments.get(f"{path}/run-1/file?version={version}")
        xmlschema.XMLSchema(str(files("sepaxml") / "schemas" / f"pain.008.001.{version}.xsd")).validate(made.text)
        assert made.text.count("<DrctDbtTxInf>") == 3 and "Joerg Mueller" in made.text
        assert made.content == (await services.payments.get(f"{path}/run-1/file?version={version}")).content
    pending = (await services.payments.get("/v1/payments?account_id=dd-1")).json()["items"]
    assert [(one["status"], one["method"]) for one in pending] == [("pending", "direct_debit")]
    assert await balance(services, "dd-1") == ("36.04", "0.00", "36.04")

    debits = {d["account_id"]: d["id"] for d in (await services.payments.get(f"{path}/run-1/debits")).json()["items"]}
    await post(services, f"{path}/run-1/submit")
    report = (
        "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.002.001.03'><TxInfAndSts>"
        f"<OrgnlEndToEndId>{debits['dd-3']}</OrgnlEndToEndId><TxSts>RJCT</TxSts>"
        "<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts></Document>"
    )
    for _ in range(2):
        told = await services.payments.post(f"{path}/status-reports", content=report)
        assert told.json() == {"rejected": 1, "unknown": []}, told.text
    await run_is(services, "run-1", placed=2, returned=1)
    assert (await services.payments.get("/v1/mandates/M-dd-3")).json()["status"] == "revoked"

    await post(services, f"{path}/run-1/book", {"booked_on": TODAY.isoformat()})
    await run_is(services, "run-1", booked=2)
    assert await balance(services, "dd-1") == ("0.00", "0.00", "0.00")
    returned = Line("-36.04", "returned", end_to_end=debits["dd-2"], return_code="AM04", day=TODAY.isoformat())
    statement = (await services.payments.post("/v1/bank-statements", content=camt([returned]))).json()
    await until(
        lambda: services.payments.post(f"/v1/bank-statements/{statement['id']}/process"),
        lambda answer: answer.status_code == 200,
    )
    await run_is(services, "run-1", booked=1, returned=2)
    assert await balance(services, "dd-2") == ("36.04", "0.00", "36.04")
    page = (await services.payments.get(f"{path}/run-1/debits?status=returned")).json()
    DirectDebitPage.model_validate(page)
    assert {(one["account_id"], one["code"]) for one in page["items"]} == {("dd-2", "AM04"), ("dd-3", "AC04")}


async def test_a_block_on_a_statement_books_its_debits_and_a_cancelled_run_frees_its_invoices(
    services: Services,
) -> None:
    for account in ("blk-1", "blk-2"):
        await with_mandate(services, account)
    path, asked = "/v1/direct-debits", {"collection_date": DAY, "account_ids": ["blk-1", "blk-2"], "dry_run": False}
    await post(services, path, {**asked, "id": "wrong"}, status=201)
    await run_is(services, "wrong", placed=2)
    await post(services, f"{path}/wrong/cancel")
    await run_is(services, "wrong", cancelled=2)
    await post(services, path, {**asked, "id": "right"}, status=201)
    await run_is(services, "right", placed=2)
    await post(services, f"{path}/right/submit")
    block = camt([Line("72.08", "direct debits", day=TODAY.isoformat())]).replace(
        b"<EndToEndId>NOTPROVIDED</EndToEndId>", b"<PmtInfId>right-FRST</PmtInfId>"
    )
    statement = (await services.payments.post("/v1/bank-statements", content=block)).json()
    await until(
        lambda: services.payments.post(f"/v1/bank-statements/{statement['id']}/process"),
        lambda answer: answer.status_code == 200,
    )
    await run_is(services, "right", booked=2)
    assert await balance(services, "blk-1") == ("0.00", "0.00", "0.00")
    entry = await until(
        lambda: services.payments.get(f"/v1/bank-statements/{statement['id']}/matches"),
        lambda answer: answer.json()["items"][0]["status"] == "ignored",
    )
    assert re.search("right-FRST", entry.json()["items"][0]["detail"])


async def test_a_payment_link_shows_what_is_open_at_that_moment_to_whoever_has_it(services: Services) -> None:
    invoice_id = await invoiced(services, "link-1", "30.03")
    said = {"name": "Northwind", "iban": "DE89370400440532013000", "creditor_id": "DE98ZZZ09999999999"}
    assert (await services.payments.put("/v1/direct-debits/creditor", json=said)).status_code == 200
    made = [await post(services, f"/v1/invoices/{invoice_id}/payment-link", status=201) for _ in range(2)]
    assert made[0] == made[1]
    async with httpx.AsyncClient(base_url=services.payments.base_url) as stranger:
        shown = (await stranger.get(made[0]["path"])).json()
        assert (shown["status"], shown["amount_due"]["amount"]) == ("open", "36.04")
        assert (await stranger.get(shown["code_path"])).text.startswith("<svg")
        money = {"amount": "30.00", "currency": "EUR"}
        paid = {"account_id": "link-1", "amount": money, "method": "cash", "received_on": TODAY.isoformat()}
        await post(services, "/v1/payments", paid, status=201)
        page = await stranger.get(made[0]["path"], headers={"Accept": "text/html"})
        assert "€6.04" in page.text and "link-1" not in page.text
        assert (await stranger.get("/v1/payment-links/ffffffffffffffffffff")).status_code == 404
        assert (await stranger.get("/v1/payments")).status_code == 401


async def test_a_card_number_goes_nowhere_and_nonsense_is_refused(services: Services) -> None:
    await with_mandate(services, "pan-1")
    path = "/v1/payment-methods"
    for body, code in (
        ({"account_id": "pan-1", "kind": "card", "gateway": "test", "token": "4111 1111 1111 1111"}, "card_number"),
        ({"account_id": "pan-1", "note": {"x": "my card 5555555555554444"}}, "card_number"),
        ({"account_id": "pan-1", "kind": "bank_account", "iban": "NL00", "holder": "A"}, "invalid"),
        ({"account_id": "pan-1", "kind": "card", "iban": "NL91ABNA0417164300"}, "invalid"),
        ({"account_id": "nobody", "kind": "card", "gateway": "test", "token": "tok_1"}, "account_not_found"),
    ):
        refused = await services.payments.post(path, json=body)
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, code), refused.text
        assert "4111" not in refused.text and "5555" not in refused.text
    for body, code in (
        ({"collection_date": "2027-01-01"}, "not_a_business_day"),
        ({"collection_date": "2026-01-05"}, "too_early"),
    ):
        refused = await services.payments.post("/v1/direct-debits", json=body)
        assert refused.json()["errors"][0]["code"] == code, refused.text
    shown = (await services.payments.get(f"{path}?account_id=pan-1", headers=services.token("auditor"))).json()
    assert (shown["items"][0]["iban"], shown["items"][0]["holder"]) == ("sealed", "sealed")
