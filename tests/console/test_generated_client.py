"""A client that a stranger generates from /openapi.json has everything, and works."""

from __future__ import annotations

import compileall
import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from meterlog.demo.play import Played
from tests.kit.stacks import DemoStack

SAVED = Path(__file__).parents[2] / "console" / "openapi.json"
GENERATOR = Path(sys.executable).parent / "openapi-python-client"
PACKAGE = "generated_meterlog"

# The generator knows bodies of few kinds; bytes are bytes.
SETTINGS = {
    "content_type_overrides": {
        "application/pdf": "application/octet-stream",
        "application/x-ndjson": "application/octet-stream",
        "application/xml": "application/octet-stream",
        "application/zip": "application/octet-stream",
    },
    "post_hooks": [],
}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The package, importable; a warning of the generator means that something is left out."""
    folder = tmp_path_factory.mktemp("client")
    settings = folder / "settings.json"
    settings.write_text(json.dumps(SETTINGS))
    command = [str(GENERATOR), "generate", "--path", str(SAVED), "--meta", "none", "--fail-on-warning"]
    made = subprocess.run(
        [*command, "--config", str(settings), "--output-path", str(folder / PACKAGE)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    yield folder / PACKAGE
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def operation(name: str) -> Any:
    tag = name.partition("_")[0]
    return importlib.import_module(f"{PACKAGE}.api.{tag}.{name}")


def model(name: str) -> Any:
    return getattr(importlib.import_module(f"{PACKAGE}.models"), name)


def test_every_operation_is_generated_and_compiles(generated: Path) -> None:
    document = json.loads(SAVED.read_text())
    operations = {o["operationId"] for methods in document["paths"].values() for o in methods.values()}
    files = {file.stem for file in (generated / "api").rglob("*.py") if file.stem != "__init__"}
    assert files == operations
    assert compileall.compile_dir(generated, quiet=1)


def test_no_schema_takes_anothers_place(generated: Path) -> None:
    """Three schemas of one title were one class, and payments and invoices lost their answers."""
    for shape in ("PaymentShape", "InvoiceShape", "AccountShape"):
        assert "allowed_actions" in model(shape).__annotations__


def test_a_price_is_told_apart_by_its_model(generated: Path) -> None:
    price = {"model": "per_unit", "unit_price": "0.10"}
    plan = model("PlanBody").from_dict({"name": "Fibre", "currency": "EUR", "prices": [price]})
    assert type(plan.prices[0]).__name__ == "PerUnitPrice"


@pytest.mark.servers
@pytest.mark.slow
async def test_the_generated_client_works_on_a_running_installation(generated: Path, demo: DemoStack) -> None:
    played: Played = demo.played
    client_of = importlib.import_module(f"{PACKAGE}.client").AuthenticatedClient
    async with client_of(base_url=demo.base_url, token=played.admin_key) as client:
        payments = await operation("payments_payments").asyncio(client=client, limit=3)
        assert [type(payment).__name__ for payment in payments.items] == ["PaymentShape"] * 3
        invoices = await operation("reporting_list_invoices").asyncio(client=client, limit=1)
        lines = await operation("reporting_list_usage_records").asyncio(client=client, limit=1)
        record = await operation("reporting_read_usage_record").asyncio(
            source=lines.items[0].source, record_id=lines.items[0].id, client=client
        )
        assert (record.id, record.source) == (lines.items[0].id, lines.items[0].source)
        pdf = await operation("invoicing_invoice_pdf").asyncio_detailed(invoice_id=invoices.items[0].id, client=client)
        assert pdf.content.startswith(b"%PDF")
        body = {
            "price": {"model": "per_unit", "unit_price": "0.10"},
            "currency": "EUR",
            "period": {"start": "2026-06-01", "end": "2026-07-01"},
            "quantity": "187.5",
        }
        quote = await operation("rating_quote_price").asyncio(
            client=client, body=model("UsageQuoteBody").from_dict(body)
        )
        assert quote.amount.amount == "18.75"
        nobody = await operation("rating_account").asyncio(account_id="nobody", client=client)
        assert (type(nobody).__name__, nobody.status) == ("Problem", 404)
