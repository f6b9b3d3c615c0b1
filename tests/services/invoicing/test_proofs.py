"""Proofs over HTTP on real Kafka and Postgres: documents prove themselves, and a chain names what was touched."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from meterlog.cli.chains import sentence, told, walked
from meterlog.demo.seller import SELLER
from services.invoicing.proof.checking import check_content
from tests.kit.servers import Servers, fresh_environment
from tests.services.invoicing.test_documents import BELGIAN, TABLES, document, issued, keeps_the_rules, post
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("proofs")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings.model_copy(update=SELLER), "invoicing", "payments") as started,
    ):
        for name, body in TABLES:
            since = {"effective_from": "2020-01-01"} if name == "rates" else {}
            await post(started, f"/v1/tax/{name}", body | since)
        yield started


async def read(services: Services, path: str) -> dict[str, Any]:
    answer = await services.invoicing.get(path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_an_issued_invoice_and_its_credit_note_prove_themselves_in_every_form(services: Services) -> None:
    invoice = await issued(services, "proven", BELGIAN)
    note = await post(services, f"{invoice}/credit-notes", {"reason": "goodwill", "lines": [{"n": 2}]})
    for path in (invoice, f"/v1/credit-notes/{note['id']}"):
        proof = await read(services, f"{path}/proof")
        assert (proof["holds"], proof["differences"]) == (True, [])
        assert all(position.startswith("rating/") for position in proof["inputs"])
        await keeps_the_rules(services, path)
        for form in ("json", "pdf", "xml?syntax=ubl", "xml?syntax=cii"):
            checked = check_content(await document(services, f"{path}/{form}"))
            assert checked.differences == [], form
            assert (checked.sha256, checked.n) == (proof["sha256"], proof["n"])


async def test_an_invoice_that_is_issued_anew_proves_that_it_replaces_another(services: Services) -> None:
    invoice = await issued(services, "proven-anew", BELGIAN)
    note = await post(services, f"{invoice}/reissue", {"reason": "wrong_details"})
    again = f"/v1/invoices/{note['reissued_as']}"
    await post(services, f"{again}/issue", None)
    proof = await read(services, f"{again}/proof")
    assert (proof["holds"], proof["differences"]) == (True, [])
    assert check_content(await document(services, f"{again}/json")).differences == []


async def test_a_line_is_explained_with_its_taxes_and_what_was_credited_of_it(services: Services) -> None:
    """50.05 at two rates: 30.00 at 21 % is 6.30, 20.05 at 6 % is 1.20."""
    invoice = await issued(services, "explained", BELGIAN)
    note = await post(services, f"{invoice}/credit-notes", {"reason": "goodwill", "lines": [{"n": 2, "net": "5.00"}]})
    line = await read(services, f"{invoice}/lines/2/explain")
    assert [(tax["rate_id"], tax["rate_version"], tax["of_line"]) for tax in line["taxes"]] == [("be-tv", 1, "1.20")]
    assert [(credit["credit_note_id"], credit["net"]["amount"]) for credit in line["credits"]] == [(note["id"], "5.00")]
    assert line["origin"]["kind"] == "charge" and line["charge_event"].startswith("rating/")


async def test_a_document_without_a_number_has_no_proof_and_says_why(services: Services) -> None:
    answer = await services.invoicing.get("/v1/invoices/nowhere/proof")
    assert answer.status_code == 404
    answer = await services.invoicing.get("/v1/numbering-series/NONE/chain")
    assert answer.status_code == 404


async def test_a_table_that_somebody_touched_breaks_the_chain_at_that_document(services: Services) -> None:
    for n in range(3):
        await issued(services, f"chained-{n}", BELGIAN)
    whole = await read(services, "/v1/numbering-series/INV/chain")
    assert whole["holds"] and whole["links"] >= 3 and whole["next"] is None
    last, before = (await read(services, "/v1/numbering-series/INV/links?limit=2"))["items"]
    assert (last["n"], last["sha256"], last["previous_sha256"]) == (whole["links"], whole["sha256"], before["sha256"])
    first = (await read(services, "/v1/numbering-series/INV/links?number=INV-000001"))["items"]
    assert [(link["n"], link["previous_sha256"]) for link in first] == [(1, None)]
    pages, after = 0, 0
    while after < whole["to"]:
        page = await read(services, f"/v1/numbering-series/INV/chain?after={after}&limit=2")
        assert page["holds"]
        pages, after = pages + 1, page["to"]
    assert (pages, page["sha256"]) == (-(-whole["links"] // 2), whole["sha256"])
    connection = await asyncpg.connect(
        services.settings.postgres_dsn_of("invoicing"), server_settings={"search_path": "live"}
    )
    try:
        [row] = await connection.fetch("select * from document_link where series_id = 'INV' and n = 2")
        await connection.execute(
            "update invoice_line set line = jsonb_set(line, '{net}', '\"29.00\"') where invoice_id = $1 and n = 1",
            row["document_id"],
        )
        broken = (await read(services, "/v1/numbering-series/INV/chain"))["broken"]
        assert (broken["n"], broken["number"], broken["what"]) == (2, "INV-000002", "content")
        proof = await read(services, f"/v1/invoices/{row['document_id']}/proof")
        assert (proof["holds"], [found["what"] for found in proof["differences"]]) == (False, ["content"])
        touched = await document(services, f"/v1/invoices/{row['document_id']}/json")
        assert [found.path for found in check_content(touched).differences] == ["/proof/content"]
        [chain] = [chain for chain in await walked(services.settings) if chain.series_id == "INV"]
        assert "BREAKS" in sentence(chain) and told(chain)["broken"]["number"] == "INV-000002"
    finally:
        await connection.close()
