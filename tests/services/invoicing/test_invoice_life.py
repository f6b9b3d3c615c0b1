"""Approvals, debit notes and clearance over HTTP, as processes on real Kafka and Postgres."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from meterlog.demo.seller import SELLER
from services.invoicing.debit_note.shapes import DebitNoteDetail, DebitNotePage
from services.invoicing.invoice.shapes import InvoiceShape
from services.invoicing.invoice.state import invoice_id_of
from services.invoicing.invoice_policy.api import InvoicePolicyShape
from shared.engine.settings import Settings
from shared.http.auth import Tokens
from tests.kit.en16931 import violations
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.invoicing.story import SEPTEMBER
from tests.services.invoicing.test_documents import BELGIAN, TABLES, document, issued
from tests.services.invoicing.test_service import drafted, run
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers

POLICY = "/v1/invoice-policy"
ROUTER = {"reason": "missing_charge", "lines": [{"description": "Router, not returned", "net": "40.00", "n": 1}]}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("life")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings.model_copy(update=SELLER), "invoicing", "payments") as started,
    ):
        for name, body in TABLES:
            since = {"effective_from": "2020-01-01"} if name == "rates" else {}
            assert (await started.invoicing.post(f"/v1/tax/{name}", json=body | since)).status_code == 201
        yield started


def of(settings: Settings, who: str) -> dict[str, str]:
    """The header of a person of that name, an admin."""
    token = Tokens(settings.secret("token_key")).issue(who, "admin", life_s=3600)
    return {"Authorization": f"Bearer {token}"}


async def demand(services: Services, **policy: Any) -> None:
    answer = await services.invoicing.put(POLICY, json=policy)
    assert answer.status_code == 200, answer.text
    InvoicePolicyShape.model_validate(answer.json())


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["code"]


def offered(invoice: dict[str, Any]) -> set[str]:
    return {action["action"] for action in invoice["allowed_actions"] if action["allowed"]}


async def test_a_debit_note_is_owed_paid_and_printed_as_an_invoice_and_cites_its_own_R46(services: Services) -> None:
    path = await issued(services, "debit-1", BELGIAN)
    answer = await services.invoicing.post(f"{path}/debit-notes", json=ROUTER, headers={"Idempotency-Key": "d1"})
    assert answer.status_code == 201, answer.text
    note = DebitNoteDetail.model_validate(answer.json())
    assert (note.number, note.status) == ("DN-000001", "issued")
    assert (str(note.net.amount), str(note.tax.amount)) == ("40.00", "8.40")
    same = await services.invoicing.post(f"{path}/debit-notes", json=ROUTER, headers={"Idempotency-Key": "d1"})
    assert same.json() == answer.json()
    two_taxes = {"reason": "other", "lines": [{"description": "More", "net": "1.00"}]}
    assert refused(await services.invoicing.post(f"{path}/debit-notes", json=two_taxes)) == (422, "tax_unknown")
    page = DebitNotePage.model_validate((await services.invoicing.get(f"{path}/debit-notes")).json())
    assert (page.total, page.totals[0].amount) == (1, "48.40")
    assert (await services.invoicing.get(f"/v1/debit-notes/{note.id}")).json() == answer.json()
    # 50.05 with its tax is 57.55; together they are owed, the debit note too.
    position = {"Position": answer.headers["Position"]}
    balance = await services.payments.get("/v1/accounts/debit-1/balance", headers=position)
    assert balance.json()["open"]["amount"] == "105.95"
    owed = (await services.payments.get("/v1/accounts/debit-1/receivables")).json()
    assert sorted(one["number"] for one in owed["items"])[0] == "DN-000001" and owed["total"] == 2


async def test_the_documents_of_a_debit_note_keep_the_rules_of_the_norm_R46(services: Services) -> None:
    path = await issued(services, "debit-2", BELGIAN)
    note = (await services.invoicing.post(f"{path}/debit-notes", json=ROUTER | {"note": "Not returned."})).json()
    its = f"/v1/debit-notes/{note['id']}"
    for syntax in ("cii", "ubl"):
        xml = await document(services, f"{its}/xml?syntax={syntax}")
        assert violations(xml) == [] and b">383<" in xml
    told = json.loads(await document(services, f"{its}/json"))
    assert (told["kind"], told["cites"][0]["number"], told["note"]) == (
        "debit_note",
        note["invoice_number"],
        "Not returned.",
    )
    assert (await document(services, f"{its}/pdf")).startswith(b"%PDF")
    assert await document(services, f"{its}/csv")
    assert (await services.invoicing.get(f"{path.replace('invoices', 'debit-notes')}/pdf")).status_code == 404


async def test_what_is_issued_anew_cites_its_original_in_every_form(services: Services) -> None:
    path = await issued(services, "anew-2", BELGIAN)
    note = (await services.invoicing.post(f"{path}/reissue", json={"reason": "wrong_details"})).json()
    anew = f"/v1/invoices/{note['reissued_as']}"
    assert (await services.invoicing.post(f"{anew}/issue")).status_code == 200
    for syntax in ("cii", "ubl"):
        xml = await document(services, f"{anew}/xml?syntax={syntax}")
        assert violations(xml) == [] and note["invoice_number"].encode() in xml
    assert json.loads(await document(services, f"{anew}/json"))["cites"][0]["number"] == note["invoice_number"]


async def test_a_line_after_an_amount_has_an_electronic_document_or_is_refused(services: Services) -> None:
    """30.00 at 21 % and 20.05 at 6 %; an amount takes half of each, so that no line is left whole."""
    path = await issued(services, "after-1", BELGIAN)
    half = {"reason": "goodwill", "amount": {"amount": "28.77", "currency": "EUR"}}
    assert (await services.invoicing.post(f"{path}/credit-notes", json=half)).status_code == 201
    line = {"reason": "other", "lines": [{"n": 2}]}
    assert refused(await services.invoicing.post(f"{path}/credit-notes", json=line)) == (409, "over_credited")
    part = {"reason": "other", "lines": [{"n": 2, "net": "10.00"}]}
    note = (await services.invoicing.post(f"{path}/credit-notes", json=part)).json()
    for syntax in ("cii", "ubl"):
        assert violations(await document(services, f"/v1/credit-notes/{note['id']}/xml?syntax={syntax}")) == []


async def test_numbers_of_debit_notes_have_no_gap_when_invoicing_is_killed_in_between_R46(
    servers: Servers, tmp_path: Path
) -> None:
    """It ends once before anything is written, once before the commit, once before Postgres has what the log has."""
    points = tmp_path / "points"
    points.mkdir()
    async with fresh_environment(servers, tmp_path) as environment:
        settings = environment.settings.model_copy(update={"failpoints": points})
        async with running(settings, "invoicing") as services:
            await drafted(services, "killed-1")
            path = f"/v1/invoices/{invoice_id_of('killed-1', SEPTEMBER)}"
            assert (await services.invoicing.post(f"{path}/issue")).status_code == 200
            for n, point in enumerate(("decided", "transaction_complete", "committed"), 1):
                # The second transaction: the debit note is locked, its number is asked for.
                (points / f"invoicing.{point}").write_text("2 kill\n")
                key = {"Idempotency-Key": f"kill-{n}"}
                asked = services.invoicing.post(f"{path}/debit-notes", json=ROUTER, headers=key)
                await asyncio.gather(asked, return_exceptions=True)
                assert not list(points.iterdir()), f"{point} was not passed"
                await services.crash("invoicing")
                note = await until(partial(debited, services, path, key), _is_issued)
                assert note.json()["number"] == f"DN-{n:06}"
            listed = (await services.invoicing.get("/v1/debit-notes", params={"sort": "number"})).json()
            assert [item["number"] for item in listed["items"]] == ["DN-000001", "DN-000002", "DN-000003"]


async def debited(services: Services, path: str, headers: dict[str, str]) -> httpx.Response:
    return await services.invoicing.post(f"{path}/debit-notes", json=ROUTER, headers=headers)


def _is_issued(answer: httpx.Response) -> bool:
    return answer.status_code == 201 and answer.json()["status"] == "issued"


async def test_a_draft_above_the_amount_waits_and_is_issued_by_a_run_once_approved(services: Services) -> None:
    await drafted(services, "appr-1", "appr-2", cycle="c-appr")
    above = [{"amount": "30.00", "currency": "EUR"}]
    await demand(services, approval={"above": above, "four_eyes": True})
    try:
        path = f"/v1/invoices/{invoice_id_of('appr-1', SEPTEMBER)}"
        ann, bob = of(services.settings, "ann"), of(services.settings, "bob")
        assert refused(await services.invoicing.post(f"{path}/issue", headers=ann)) == (409, "approval_required")
        dry = await run(services, scope={"cycle_id": "c-appr"}, dry_run=True)
        first = await run(services, scope={"cycle_id": "c-appr"})
        assert (dry["waiting_approval"], first["waiting_approval"], first["invoices"]) == (2, 2, 0)
        listed = (
            await services.invoicing.get(f"/v1/billing-runs/{first['id']}/results?outcome=waiting_approval")
        ).json()
        assert {item["reason"] for item in listed["items"]} == {"approval_required"} and listed["total"] == 2
        demanded = await services.invoicing.post("/v1/invoices", json={"account_id": "appr-1"})
        assert refused(demanded) == (409, "approval_required")
        assert refused(await services.invoicing.post(f"{path}/approve", headers=ann)) == (409, "own_approval")
        late = await services.invoicing.post(f"{path}/approve", headers={**bob, "If-Match": "1"})
        assert late.status_code == 412
        both = await asyncio.gather(
            *(services.invoicing.post(f"{path}/approve", headers={**bob, "If-Match": "3"}) for _ in range(2))
        )
        assert sorted(answer.status_code for answer in both) == [200, 412]
        [approved] = [answer.json() for answer in both if answer.status_code == 200]
        assert approved["approval"] == {"status": "approved", "asked_by": "ann", "by": "bob", "reason": None}
        assert "issue" in offered(InvoiceShape.model_validate(approved).model_dump())
        assert refused(await services.invoicing.post(f"{path}/issue", headers=bob)) == (409, "own_approval")
        other = f"/v1/invoices/{invoice_id_of('appr-2', SEPTEMBER)}"
        said = await services.invoicing.post(f"{other}/reject", json={"reason": "too high"}, headers=bob)
        assert said.json()["approval"]["reason"] == "too high" and "issue" not in offered(said.json())
        second = await run(services, scope={"cycle_id": "c-appr"})
        assert (second["invoices"], second["waiting_approval"]) == (1, 1)
    finally:
        await demand(services)


async def test_an_invoice_waits_for_the_authority_and_tells_its_number_beside_the_document(services: Services) -> None:
    await demand(services, clearance=[{"seller_country": "BE", "buyer_country": "BE", "authority": "FPS"}])
    try:
        path = await issued(services, "clear-1", BELGIAN)
    finally:
        await demand(services)
    number = json.loads(await document(services, f"{path}/json"))["number"]
    before = {form: await document(services, f"{path}/{form}") for form in ("xml?syntax=ubl", "xml?syntax=cii", "csv")}
    early = await services.invoicing.post(
        f"{path}/clearance", json={"status": "cleared", "authority": "FPS", "reference": "BE-1"}
    )
    assert refused(early) == (409, "clearance_transition")
    submitted = await services.invoicing.post(f"{path}/clearance", json={"status": "submitted", "authority": "FPS"})
    assert submitted.json()["clearance"]["status"] == "submitted" and "void" not in offered(submitted.json())
    void = await services.invoicing.post(f"{path}/void", json={"reason": "other"})
    assert refused(void) == (409, "clearance_pending")
    nothing = await services.invoicing.post(f"{path}/clearance", json={"status": "cleared", "authority": "FPS"})
    assert nothing.status_code == 422
    told = {"status": "cleared", "authority": "FPS", "reference": "BE-1", "at": "2026-10-01T08:00:00Z"}
    for _ in range(2):
        cleared = await services.invoicing.post(f"{path}/clearance", json=told)
        assert cleared.status_code == 200, cleared.text
        assert cleared.json()["clearance"] == {**told, "reason": None}
    paper = json.loads(await document(services, f"{path}/json"))
    assert (paper["number"], paper["cleared"]["reference"]) == (number, "BE-1")
    assert {form: await document(services, f"{path}/{form}") for form in before} == before


async def test_the_policy_is_set_by_an_admin_for_the_version_that_was_read(services: Services) -> None:
    shown = (await services.invoicing.get(POLICY)).json()
    stale = await services.invoicing.put(POLICY, json={}, headers={"If-Match": str(shown["version"] + 5)})
    assert stale.status_code == 412
    clerk = await services.invoicing.put(POLICY, json={}, headers=services.token("billing"))
    assert clerk.status_code == 403
    nowhere = await services.invoicing.put(POLICY, json={"clearance": [{"seller_country": "XX", "authority": "A"}]})
    assert refused(nowhere) == (422, "invalid")
    twice = [{"amount": "1.00", "currency": "EUR"}] * 2
    assert (await services.invoicing.put(POLICY, json={"approval": {"above": twice}})).status_code == 422


async def test_documents_are_numbered_in_the_series_that_the_policy_names_R46(services: Services) -> None:
    series = "/v1/numbering-series"
    opening = {"id": "INV-NL", "kind": "invoice", "pattern": "NL/{n:05}"}
    assert (await services.invoicing.post(series, json=opening)).status_code == 201
    for named in ({"credit_note": "INV-NL"}, {"invoice": "nowhere"}):
        answer = await services.invoicing.put(POLICY, json={"numbering": {"series": named}})
        assert refused(answer) == (422, "invalid") and answer.json()["errors"][0]["pointer"].startswith("/numbering")
    both = {"series": {"invoice": "INV-NL"}, "per_customer": True}
    assert (await services.invoicing.put(POLICY, json={"numbering": both})).status_code == 422
    try:
        await demand(services, numbering={"series": {"invoice": "INV-NL"}})
        await issued(services, "series-1", BELGIAN)
        assert (await services.invoicing.get(f"{series}/INV-NL")).json()["last_number"] == "NL/00001"
        await demand(services, numbering={"per_customer": True})
        path = await issued(services, "series-2", BELGIAN)
        note = await services.invoicing.post(f"{path}/credit-notes", json={"reason": "other"})
        assert note.json()["number"] == "CC-series-2/000001"
        assert (await services.invoicing.get(f"{series}/C-series-2")).json()["last_number"] == "C-series-2/000001"
        walked = (await services.invoicing.get(f"{series}/C-series-2/chain")).json()
        assert (walked["links"], walked["holds"]) == (1, True)
    finally:
        await demand(services)
