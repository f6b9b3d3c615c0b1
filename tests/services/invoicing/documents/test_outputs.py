"""Every output of an invoice renders its own examples, always to the same bytes; a new one is a new file."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import msgspec
import pytest
from pydantic import SecretStr

from services.invoicing import document_routes, documents
from services.invoicing.documents import outputs
from services.invoicing.documents.contract import InvoiceContents, Output
from services.invoicing.documents.examples import EXAMPLES
from services.invoicing.invoice import document_api
from services.invoicing.service import SERVICE
from shared.engine.settings import Settings
from shared.http.auth import Tokens
from shared.http.server import build_app
from tests.kit.en16931 import violations
from tests.kit.plugins import plugged_in

RECEIPT = '''"""A receipt of one line."""

from services.invoicing.documents.contract import InvoiceContents, Output
from services.invoicing.documents.examples import EXAMPLES


def render(contents: InvoiceContents) -> bytes:
    return f"{contents.seller.name}: {contents.number}, {contents.total} {contents.currency}".encode()


OUTPUT = Output(name="receipt", media_type="text/plain", render=render, examples=EXAMPLES)
'''


@pytest.mark.parametrize("output", outputs().values(), ids=lambda output: output.name)
def test_an_output_renders_its_examples_to_the_same_bytes_each_time(output: Output) -> None:
    assert output.media_type and output.examples
    for example in output.examples:
        assert output.render(example) == output.render(example)


@pytest.fixture
def issued(monkeypatch: pytest.MonkeyPatch) -> InvoiceContents:
    """The first example is what the tables hold."""
    shown = EXAMPLES[0]
    row = {
        **{field: getattr(shown, field) for field in ("number", "account_id", "currency", "issued_on", "due_on")},
        **{field: getattr(shown, field) for field in ("net", "tax", "total", "credit_applied")},
        **{"invoice_id": "inv-7", "status": "issued", "name": "sealed", "details": None, "allowances": None},
        **{
            "kind": "invoice",
            "corrects": None,
            "replaces": None,
            "note": "",
            "clearance": "none",
            "legal_entity": None,
        },
        **{"period_start": shown.period.start, "period_end": shown.period.end},
        **{"tax_groups": msgspec.json.encode(shown.tax_groups), "seller": msgspec.json.encode(shown.seller)},
        **{"proof": None, "legal_entity": None},
    }

    async def read_invoice(api: Any, invoice_id: str) -> dict[str, Any]:
        return row

    async def read_lines(api: Any, invoice_id: str) -> list[Any]:
        return shown.lines

    async def open_customers(api: Any, request: Any, customers: list[dict[str, Any]], *, document: bool) -> None:
        assert shown.bill_to_address is not None
        customers[0] |= {"name": shown.bill_to, "address": shown.bill_to_address.model_dump()}

    monkeypatch.setattr(document_api, "read_invoice_with_amount_due", read_invoice)
    monkeypatch.setattr(document_api, "read_lines", read_lines)
    monkeypatch.setattr(document_routes, "open_customers", open_customers)
    return shown


def client_of(role: str = "admin") -> httpx.AsyncClient:
    """A caller of invoicing's API as it is now."""
    settings = Settings(token_key=SecretStr("for this test alone, and long enough"))
    runtime = cast(Any, SimpleNamespace(service=SERVICE, settings=settings, pool=None, clock=None))
    app = build_app(runtime, bus=None, vault=cast(Any, None))
    token = Tokens(settings.secret("token_key")).issue("key:test", role, life_s=60)
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://meterlog", headers={"Authorization": f"Bearer {token}"}
    )


async def test_a_file_more_is_an_output_more_with_a_path_of_its_own(tmp_path: Path, issued: InvoiceContents) -> None:
    with plugged_in(documents, tmp_path, "receipt", RECEIPT, outputs):
        client = client_of()
    async with client:
        answer = await client.get("/v1/invoices/inv-1/receipt")
        assert (answer.text, answer.headers["content-type"].partition(";")[0]) == (
            "Northwind Telecom: INV-000042, 1386.48 EUR",
            "text/plain",
        )
        assert answer.headers["content-disposition"] == 'inline; filename="INV-000042.receipt"'
        assert (await client.get("/v1/invoices/inv-1/pdf")).content.startswith(b"%PDF-1.")


async def test_outputs_of_one_path_are_told_apart_by_their_syntax(issued: InvoiceContents) -> None:
    async with client_of() as client:
        answers = [await client.get(f"/v1/invoices/inv-1/xml{query}") for query in ("", "?syntax=cii", "?syntax=ubl")]
        assert answers[0].content == answers[1].content != answers[2].content
        assert b"CrossIndustryInvoice" in answers[0].content and b"oasis" in answers[2].content
        for answer in answers:
            assert (answer.status_code, answer.headers["content-type"]) == (200, "application/xml")
            assert answer.headers["content-disposition"] == 'inline; filename="INV-000042.xml"'
            assert violations(answer.content) == []
        other = await client.get("/v1/invoices/inv-1/xml?syntax=edifact")
        assert (other.status_code, other.json()["errors"][0]["code"]) == (422, "invalid")


async def test_an_electronic_invoice_is_for_those_who_may_know_the_customer(issued: InvoiceContents) -> None:
    async with client_of("auditor") as client:
        refused = await client.get("/v1/invoices/inv-1/xml")
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "forbidden")
        assert (await client.get("/v1/invoices/inv-1/csv")).status_code == 200


async def test_what_is_missing_is_a_problem_with_its_place_and_its_setting(
    issued: InvoiceContents, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def open_customers(api: Any, request: Any, customers: list[dict[str, Any]], *, document: bool) -> None:
        customers[0] |= {"name": "erased"}

    monkeypatch.setattr(document_routes, "open_customers", open_customers)
    async with client_of() as client:
        refused = await client.get("/v1/invoices/inv-1/xml?syntax=ubl")
        assert (refused.status_code, refused.headers["content-type"]) == (409, "application/problem+json")
        [error] = refused.json()["errors"]
        assert (error["code"], error["pointer"]) == ("customer_incomplete", "/customer/address")
        assert (await client.get("/v1/invoices/inv-1/pdf")).status_code == 200
