"""Two companies of one operator on real Kafka and Postgres: numbers, sellers and taxes of each in every document."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_asyncio

from meterlog.demo.seller import SELLER
from services.invoicing.credit_note.shapes import CreditNoteDetail
from services.invoicing.legal_entity.api import LegalEntityPage, LegalEntityShape
from shared.http.auth import Tokens
from tests.kit.servers import Servers, fresh_environment
from tests.services.invoicing.test_documents import BELGIAN, TABLES, document, issued, keeps_the_rules, post, words_of
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers

DUTCH: Final[dict[str, Any]] = {
    "name": "Northwind Nederland B.V.",
    "address": ["Damrak 1", "1012 LG Amsterdam"],
    "street": "Damrak 1",
    "postal_code": "1012 LG",
    "city": "Amsterdam",
    "country": "NL",
    "vat_id": "NL004495445B01",
    "registration_id": "33001122",
    "iban": "NL91ABNA0417164300",
    "email": "billing@northwind.example",
    "phone": "+31 20 000 00 00",
}
OF_NL: Final = {"kind": "determined", "place": {"country": "NL"}}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("entities")
    style = directory / "style" / "entities" / "nl"
    style.mkdir(parents=True)
    (style.parent.parent / "style.json").write_text("{}")
    (style / "style.json").write_text(json.dumps({"texts": {"en": {"closing": "Groeten uit Amsterdam"}}}))
    async with (
        fresh_environment(servers, directory) as environment,
        running(
            environment.settings.model_copy(update=SELLER | {"document_style": style.parent.parent}),
            *("invoicing", "payments"),
        ) as started,
    ):
        dutch = (
            ("jurisdictions", {"id": "NL", "level": "country", "name": "Netherlands"}),
            ("rates", {"id": "nl-btw", "jurisdiction_id": "NL", "tax": "BTW", "rate": "9"}),
        )
        for name, body in (*TABLES[:3], *dutch):
            since = {"effective_from": "2020-01-01"} if name == "rates" else {}
            await post(started, f"/v1/tax/{name}", body | since)
        await post(started, "/v1/legal-entities", {"id": "nl", **DUTCH})
        yield started


async def issued_by_nl(services: Services, account: str) -> str:
    """An invoice whose account is billed by the Dutch entity before it is locked."""

    async def assign(profile: str) -> None:
        answer = await services.invoicing.patch(profile, json={"legal_entity": "nl", "tax": OF_NL})
        assert answer.status_code == 200, answer.text
        assert (answer.json()["legal_entity"], answer.json()["sources"]["legal_entity"]) == ("nl", "account")
        assert answer.json()["tax"]["seller_country"] == "NL"

    return await issued(services, account, BELGIAN, then=assign)


async def test_each_account_is_billed_by_its_own_entity_in_every_form_r46(services: Services) -> None:
    ours, theirs = await issued(services, "ours", BELGIAN), await issued_by_nl(services, "theirs")
    shown = [json.loads(await document(services, f"{path}/json")) for path in (ours, theirs)]
    assert [one["number"] for one in shown] == ["INV-000001", "LE-nl/000001"]
    assert [one["seller"]["name"] for one in shown] == [SELLER["seller_name"], DUTCH["name"]]
    assert [group["rate"] for group in shown[1]["tax_groups"]] == ["9"]
    for path in (ours, theirs):
        await keeps_the_rules(services, path)
    xml = (await document(services, f"{theirs}/xml?syntax=ubl")).decode()
    assert all(said in xml for said in (DUTCH["name"], DUTCH["vat_id"], DUTCH["iban"]))
    assert SELLER["seller_name"] not in xml
    if words := words_of(await document(services, f"{theirs}/pdf")):
        assert all(said in words for said in (DUTCH["name"], "NL91", "Groeten uit Amsterdam", "LE-nl/000001"))
        assert "Groeten" not in words_of(await document(services, f"{ours}/pdf"))


async def test_what_corrects_an_invoice_is_of_its_entity_after_the_account_has_left_it(services: Services) -> None:
    path = await issued_by_nl(services, "moves")
    profile = "/v1/accounts/moves/bill-profile"
    left = await services.invoicing.patch(profile, json={"legal_entity": None, "tax": BELGIAN})
    assert (left.json()["legal_entity"], left.json()["sources"]["legal_entity"]) == (None, "operator")
    note = await post(services, f"{path}/credit-notes", {"reason": "goodwill", "lines": [{"n": 1, "net": "5.00"}]})
    CreditNoteDetail.model_validate(note)
    assert (note["legal_entity"], note["number"].split("/")[0], note["tax"]["amount"]) == ("nl", "LEC-nl", "0.45")
    lines = [{"description": "Router", "net": "10.00", "n": 1}]
    debit = await post(services, f"{path}/debit-notes", {"reason": "other", "lines": lines})
    assert debit["number"].startswith("LED-nl/")
    told = json.loads(await document(services, f"/v1/credit-notes/{note['id']}/json"))
    assert told["seller"]["name"] == DUTCH["name"]
    again = await post(services, f"{path}/reissue", {"reason": "wrong_details"})
    anew = await post(services, f"/v1/invoices/{again['reissued_as']}/issue", {})
    assert (anew["legal_entity"], anew["number"].split("-")[0]) == (None, "INV")


async def test_an_entity_in_use_is_not_deleted_and_the_refusal_says_by_whom(services: Services) -> None:
    await issued_by_nl(services, "stays")
    refused = await services.invoicing.delete("/v1/legal-entities/nl")
    error = refused.json()["errors"][0]
    assert (refused.status_code, error["code"]) == (409, "legal_entity_in_use")
    assert "stays" in error["detail"] and "documents" in error["detail"]
    shown = LegalEntityShape.model_validate((await services.invoicing.get("/v1/legal-entities/nl")).json())
    assert shown.accounts >= 1 and shown.documents >= 1
    assert [act.allowed for act in shown.allowed_actions] == [True, False]


async def test_entities_are_changed_by_version_listed_and_deleted(services: Services) -> None:
    two = [
        services.invoicing.post("/v1/legal-entities", json={"id": "fr", "name": name, "country": "FR"}) for name in "AB"
    ]
    codes = sorted(answer.status_code for answer in await asyncio.gather(*two))
    assert codes == [201, 409]
    one = "/v1/legal-entities/fr"
    stale = await services.invoicing.put(one, json={"name": "C", "country": "FR"}, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    changed = await services.invoicing.put(one, json={"name": "C", "country": "FR"}, headers={"If-Match": '"1"'})
    assert (changed.json()["name"], changed.json()["version"]) == ("C", 2)
    page = LegalEntityPage.model_validate((await services.invoicing.get("/v1/legal-entities?sort=name")).json())
    assert [entity.id for entity in page.items] == ["fr", "nl"]
    assert (await services.invoicing.delete(one)).status_code == 204
    assert (await services.invoicing.get(one)).status_code == 404
    unknown = await services.invoicing.patch("/v1/accounts/ours/bill-profile", json={"legal_entity": "fr"})
    assert unknown.json()["errors"][0]["code"] == "legal_entity_not_found"


async def test_a_series_is_of_one_seller_alone_r46(services: Services) -> None:
    series = "/v1/numbering-series"
    await post(services, series, {"id": "DE-INV", "kind": "invoice", "pattern": "DE/{n:05}", "legal_entity": "de"})
    await post(services, series, {"id": "OTHER", "kind": "invoice", "pattern": "OTHER/{n:05}"})
    german: dict[str, Any] = {"id": "de", "name": "Northwind GmbH", "country": "DE"}
    for wrong in ("OTHER", "INV", "LE-nl", "nowhere"):
        refused = await services.invoicing.post("/v1/legal-entities", json=german | {"series": {"invoice": wrong}})
        assert refused.json()["errors"][0]["pointer"] == "/series/invoice", refused.text
    entity = await post(services, "/v1/legal-entities", german | {"series": {"invoice": "DE-INV"}})
    assert entity["series"] == {"invoice": "DE-INV", "credit_note": "LEC-de", "debit_note": "LED-de"}
    policy = {"numbering": {"series": {"invoice": "DE-INV"}}}
    taken = await services.invoicing.put("/v1/invoice-policy", json=policy)
    assert "legal entity de" in taken.json()["errors"][0]["detail"], taken.text
    kept = {"id": "mine", "kind": "invoice", "pattern": "LE-nl/{n}"}
    assert (await services.invoicing.post(series, json=kept)).json()["errors"][0]["pointer"] == "/pattern"


async def test_whoever_is_held_to_an_entity_reads_its_documents_and_of_others_not_even_that_they_are_there(
    services: Services,
) -> None:
    """Each path that is open to them, of a document that is theirs, of another entity and of the operator."""
    theirs, ours = await issued_by_nl(services, "held"), await issued(services, "not-held", BELGIAN)
    notes: dict[str, list[str]] = {}
    for invoice in (theirs, ours):
        credited = {"reason": "goodwill", "lines": [{"n": 1, "net": "5.00"}]}
        note = await post(services, f"{invoice}/credit-notes", credited)
        lines = [{"description": "Router", "net": "10.00", "n": 1}]
        debit = await post(services, f"{invoice}/debit-notes", {"reason": "other", "lines": lines})
        notes[invoice] = [f"/v1/credit-notes/{note['id']}", f"/v1/debit-notes/{debit['id']}"]
    nl, de = (held_to(services, entity) for entity in ("nl", "de"))
    below = ("lines", "taxes", "lines/1/explain", "creditable", "credit-notes", "debit-notes", "proof", "json", "pdf")
    for invoice in (theirs, ours):
        forms = [f"{note}{form}" for note in notes[invoice] for form in ("", "/proof", "/json", "/pdf")]
        for path in (*(f"{invoice}/{part}" for part in below), *forms):
            whole, mine, others = [await services.invoicing.get(path, headers=headers) for headers in ({}, nl, de)]
            assert whole.status_code == 200, path
            assert mine.status_code == (200 if invoice == theirs else 404), path
            assert others.status_code == 404, path
    for path in ("/v1/credit-notes", "/v1/debit-notes"):
        found = (await services.invoicing.get(path, headers=nl, params={"limit": 500})).json()
        accounts = {one["account_id"] for one in found["items"]}
        assert "held" in accounts and "not-held" not in accounts and found["total"] == len(found["items"])
        asked = await services.invoicing.get(path, headers=nl, params={"account_id": "not-held"})
        assert (asked.json()["total"], asked.json()["totals"]) == (0, [])
    assert [e["id"] for e in (await services.invoicing.get("/v1/legal-entities", headers=nl)).json()["items"]] == ["nl"]
    assert (await services.invoicing.get("/v1/legal-entities/nl", headers=de)).status_code == 404
    assert (await services.invoicing.get("/v1/accounts/held/bill-profile", headers=nl)).status_code == 200
    for method, path in (("GET", "/v1/accounts/not-held/bill-profile"), ("POST", f"{ours}/void")):
        hidden = await services.invoicing.request(method, path, headers=nl, json={} if method == "POST" else None)
        assert hidden.status_code == 404, path
    closed = await services.invoicing.post("/v1/coupons", headers=nl, json={})
    assert (closed.status_code, closed.json()["errors"][0]["code"]) == (403, "out_of_entity")


def held_to(services: Services, entity: str) -> dict[str, str]:
    tokens = Tokens(services.settings.secret("token_key"))
    return {"Authorization": f"Bearer {tokens.issue('user:u1', 'billing', legal_entities=[entity])}"}
