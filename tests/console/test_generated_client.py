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


# What every service has is of the system, whichever describes it.
TAGS = {
    operation["operationId"]: operation["tags"][0]
    for methods in json.loads(SAVED.read_text())["paths"].values()
    for operation in methods.values()
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
    return importlib.import_module(f"{PACKAGE}.api.{TAGS[name]}.{name}")


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


OPTIONAL_BODIES = {
    "invoicing_issue_invoice": ["inv-1"],
    "invoicing_approve_invoice": ["inv-1"],
    "invoicing_send_invoice": ["inv-1"],
    "invoicing_send_credit_note": ["cn-1"],
    "invoicing_resend_delivery": ["del-1"],
    "invoicing_retire_coupon": ["WELCOME"],
    "invoicing_end_discount": ["acc-1", "dis-1"],
    "invoicing_make_print_batch": [],
    "usage_requeue_dead_letter": ["rating-3-1842"],
}
"""Operations whose body may be left out, and what is in their paths."""


@pytest.mark.parametrize("name", OPTIONAL_BODIES)
def test_a_body_that_may_be_left_out_is_left_out(generated: Path, name: str) -> None:
    """What is sent is no body at all, not the client's own mark for one."""
    request = operation(name)._get_kwargs(*OPTIONAL_BODIES[name])
    assert "json" not in request


def test_what_changes_a_thing_without_an_id_names_its_version(generated: Path) -> None:
    body = model("InvoicePolicyBody").from_dict({})
    request = operation("invoicing_set_invoice_policy")._get_kwargs(body=body, if_match='"3"')
    assert request["headers"]["If-Match"] == '"3"'


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


@pytest.mark.servers
@pytest.mark.slow
async def test_the_generated_client_reads_what_usage_answers_and_refuses(generated: Path, demo: DemoStack) -> None:
    """Retractions, corrections, reassignments, files, sessions and network intents; nothing of the demo is changed."""
    played: Played = demo.played
    client_of = importlib.import_module(f"{PACKAGE}.client").AuthenticatedClient
    async with client_of(base_url=demo.base_url, token=played.admin_key) as client:
        for name in ("usage_retractions", "usage_files", "usage_sessions", "usage_intents", "usage_elements"):
            page = await operation(name).asyncio(client=client, limit=2)
            assert isinstance(page.items, list), name
            refused = await operation(name).asyncio(client=client, limit=0)
            assert (type(refused).__name__, refused.status) == ("Problem", 422), name
        resources = await operation("usage_resources").asyncio(client=client, limit=50)
        held = next(one for one in resources.items if one.assignments and not one.id.startswith("subscription:"))
        body = {"from": "2026-01-01T00:00:00Z", "to": "2026-01-01T01:00:00Z", "preview": True}
        reassign = operation("usage_reassign_resource")
        shown = await reassign.asyncio(held.id, client=client, body=model("ReassignmentBody").from_dict(body))
        assert (shown.resource_id, shown.preview, shown.retraction, shown.moves) == (held.id, True, None, [])
        missing = "usage/0/999999999#0"
        asked: list[tuple[str, list[Any], str | None, dict[str, Any], int]] = [
            ("usage_reassign_resource", ["mac:none"], "ReassignmentBody", body, 404),
            ("usage_retract", [], "RetractionBody", {"records": [missing], "reason": "other"}, 404),
            ("usage_correct", [], "CorrectionBody", {"record": missing, "reason": "other", "quantity": "1"}, 404),
            ("usage_restore", ["none"], "RestoreBody", {}, 404),
            ("usage_read_retraction", ["none"], None, {}, 404),
            ("usage_file", ["none"], None, {}, 404),
            ("usage_element", ["none"], None, {}, 404),
        ]
        for name, path, body_name, given, status in asked:
            options = {} if body_name is None else {"body": model(body_name).from_dict(given)}
            problem = await operation(name).asyncio(*path, client=client, **options)
            assert (type(problem).__name__, problem.status) == ("Problem", status), name


LISTS = (
    "deliveries",
    "coupons",
    "late_fee_policies",
    "late_fees",
    "debit_notes",
)
"""Of invoicing; each has an operation of that name."""

NOBODYS: list[tuple[str, list[Any], str | None, dict[str, Any]]] = [
    ("invoicing_delivery", ["none"], None, {}),
    ("invoicing_cancel_delivery", ["none"], None, {}),
    ("invoicing_resend_delivery", ["none"], "ResendBody", {}),
    ("invoicing_bounce_delivery", ["none"], "BounceBody", {"code": "5.1.1"}),
    ("invoicing_print_batch", ["none"], None, {}),
    ("invoicing_send_invoice", ["none"], "SendBody", {}),
    ("invoicing_send_credit_note", ["none"], "SendBody", {}),
    ("invoicing_coupon", ["none"], None, {}),
    ("invoicing_change_coupon", ["none"], "CouponChange", {"name": "x"}),
    ("invoicing_retire_coupon", ["none"], "CouponRetirement", {}),
    ("invoicing_delete_coupon", ["none"], None, {}),
    ("invoicing_discounts", ["none"], None, {}),
    ("invoicing_grant_discount", ["none"], "AccountDiscountBody", {"coupon": "none"}),
    ("invoicing_discount", ["none", "none"], None, {}),
    ("invoicing_end_discount", ["none", "none"], "DiscountEndBody", {}),
    ("invoicing_late_fee_policy", ["none"], None, {}),
    ("invoicing_delete_late_fee_policy", ["none"], None, {}),
    ("invoicing_late_fee", ["none"], None, {}),
    ("invoicing_waive_late_fee", ["none"], "WaiverBody", {"reason": "x"}),
    ("payments_upcoming_late_fees", ["none"], None, {}),
    ("invoicing_debit_note", ["none"], None, {}),
    ("invoicing_debit_note_pdf", ["none"], None, {}),
    ("invoicing_debit_notes_of_invoice", ["none"], None, {}),
    (
        "invoicing_debit_invoice",
        ["none"],
        "DebitNoteBody",
        {"reason": "other", "lines": [{"description": "x", "net": "1"}]},
    ),
    ("invoicing_approve_invoice", ["none"], "ApproveBody", {}),
    ("invoicing_reject_invoice", ["none"], "RejectBody", {"reason": "x"}),
    (
        "invoicing_report_clearance",
        ["none"],
        "ClearanceReportBody",
        {"status": "rejected", "authority": "SDI", "reason": "x"},
    ),
    ("invoicing_invoice_proof", ["none"], None, {}),
    ("invoicing_credit_note_proof", ["none"], None, {}),
    ("reporting_read_invoice", ["none"], None, {"as_of": "2026-06-01"}),
]
"""What is asked of what is not there."""


@pytest.mark.servers
@pytest.mark.slow
async def test_the_generated_client_reads_what_invoicing_answers_and_refuses(generated: Path, demo: DemoStack) -> None:
    """Deliveries, coupons, discounts, late fees, debit notes, approval and proofs; nothing of the demo is changed."""
    client_of = importlib.import_module(f"{PACKAGE}.client").AuthenticatedClient
    async with client_of(base_url=demo.base_url, token=demo.played.admin_key) as client:
        for name in LISTS:
            page = await operation(f"invoicing_{name}").asyncio(client=client, limit=2)
            assert isinstance(page.items, list), name
            refused = await operation(f"invoicing_{name}").asyncio(client=client, limit=0)
            assert (type(refused).__name__, refused.status) == ("Problem", 422), name
        policy = await operation("invoicing_invoice_policy").asyncio(client=client)
        assert policy.approval.every is False
        invoices = await operation("reporting_list_invoices").asyncio(client=client, limit=50)
        invoice = next(one for one in invoices.items if one.number)
        proof = await operation("invoicing_invoice_proof").asyncio(invoice.id, client=client)
        assert type(proof).__name__ != "Problem"
        then = await operation("reporting_read_invoice").asyncio(invoice.id, client=client, as_of=invoice.issued_on)
        assert (then.id, then.total) == (invoice.id, invoice.total)
        discounts = await operation("invoicing_discounts").asyncio(invoice.account_id, client=client)
        assert discounts.items == []
        for name, path, body_name, given in NOBODYS:
            options = given if body_name is None else {"body": model(body_name).from_dict(given)}
            problem = await operation(name).asyncio(*path, client=client, **options)
            assert (type(problem).__name__, getattr(problem, "status", None)) == ("Problem", 404), name
