"""Every output of an invoice renders its own examples, always to the same bytes; a new one is a new file."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import msgspec
import pytest
from pydantic import SecretStr

from services.invoicing import documents
from services.invoicing.documents import outputs
from services.invoicing.documents.contract import Output
from services.invoicing.documents.examples import EXAMPLES
from services.invoicing.invoice import document_api
from services.invoicing.service import SERVICE
from shared.engine.settings import Settings
from shared.http.auth import Tokens
from shared.http.server import build_app
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


async def test_a_file_more_is_an_output_more_with_a_path_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = EXAMPLES[0]
    row = {
        **{field: getattr(shown, field) for field in ("number", "account_id", "currency", "issued_on", "due_on")},
        **{field: getattr(shown, field) for field in ("net", "tax", "total", "credit_applied")},
        **{"status": "issued", "name": "sealed", "details": None},
        **{"period_start": shown.period.start, "period_end": shown.period.end},
        **{"tax_groups": msgspec.json.encode(shown.tax_groups), "seller": msgspec.json.encode(shown.seller)},
    }

    async def read_invoice(api: Any, invoice_id: str) -> dict[str, Any]:
        return row

    async def read_lines(api: Any, invoice_id: str) -> list[Any]:
        return shown.lines

    async def open_customers(api: Any, request: Any, customers: list[dict[str, Any]]) -> None:
        return None

    monkeypatch.setattr(document_api, "read_invoice_with_amount_due", read_invoice)
    monkeypatch.setattr(document_api, "read_lines", read_lines)
    monkeypatch.setattr(document_api, "open_customers", open_customers)
    settings = Settings(token_key=SecretStr("for this test alone, and long enough"))
    runtime = cast(Any, SimpleNamespace(service=SERVICE, settings=settings, pool=None, clock=None))
    token = Tokens(settings.secret("token_key")).issue("key:test", "admin", life_s=60)
    with plugged_in(documents, tmp_path, "receipt", RECEIPT, outputs):
        app = build_app(runtime, bus=None, vault=cast(Any, None))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://meterlog", headers={"Authorization": f"Bearer {token}"}
    ) as client:
        answer = await client.get("/v1/invoices/inv-1/receipt")
        assert (answer.text, answer.headers["content-type"].partition(";")[0]) == (
            "Northwind Telecom: INV-000042, 1386.48 EUR",
            "text/plain",
        )
        assert answer.headers["content-disposition"] == 'inline; filename="INV-000042.receipt"'
        assert (await client.get("/v1/invoices/inv-1/pdf")).content.startswith(b"%PDF-1.")
