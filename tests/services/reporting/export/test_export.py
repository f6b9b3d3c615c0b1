"""Exports: the whole list as it is filtered, as CSV, with names only for those who may read them."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from services.reporting.export import work as export
from services.reporting.export.cells import columns_of
from services.reporting.export.formats.csv_file import written
from services.reporting.export.offered import columns_offered
from services.reporting.export.sources import LISTS
from services.reporting.invoice.models import Invoice
from services.reporting.job.rows import QUEUE
from services.reporting.job.runner import Runner
from services.reporting.report.catalogue import catalogue
from services.reporting.reports import reports
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import account_opened, drafted, issued, locked, profile_opened, receivable

ANN = "user:ann"
INVOICE_COLUMNS = [column.name for column in columns_of(Invoice)]


def test_columns_are_the_fields_of_a_list_with_money_flat() -> None:
    columns = {column.name for column in columns_of(Invoice)}
    assert {"id", "account_name", "period_start", "period_end", "net", "total", "currency"} <= columns
    assert not {"period", "allowed_actions", "net_amount"} & columns


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@sum(a1)", "'@sum(a1)"),
        ("-2+3", "'-2+3"),
        ("-2.50", "-2.50"),
        ("+33", "+33"),
        ('Ann, "the" one\n', '"Ann, ""the"" one\n"'),
        (None, ""),
        (True, "true"),
        ([1, 2], '"[1,2]"'),
    ],
)
def test_a_cell_is_text_and_never_a_formula(text: Any, cell: str) -> None:
    assert written(("a",), [{"a": text}]) == ('""' if cell == "" else cell) + "\r\n"


def test_what_stands_at_a_moment_is_summed_in_no_file_and_the_catalogue_says_so() -> None:
    """A report's figures at a moment, or of one of many, each say themselves that they do not add up."""
    of_files = {
        (name, column.name)
        for name in reports()
        for column in columns_offered(None, name)
        if not column.adds_up and column.kind == "money"
    }
    assert of_files == {
        *(("deferred-revenue", name) for name in ("opening", "closing")),
        *(("unbilled", name) for name in ("opening", "closing")),
        *(("mrr", name) for name in ("opening", "closing", "arpu")),
        *(("collections", name) for name in ("outstanding", "overdue")),
    }
    told = {(entry["name"], column["name"]): column["adds_up"] for entry in catalogue() for column in entry["columns"]}
    assert {place for place, adds_up in told.items() if not adds_up} == of_files | {("mrr", "accounts")}


def test_every_list_and_report_has_columns_of_its_own() -> None:
    for shape in (*(source.item for source in LISTS.values()), *(report.row for report in reports().values())):
        columns = [column.name for column in columns_of(shape)]
        assert columns and len(set(columns)) == len(columns)


async def post(stage: Stage, role: str = "billing", **body: Any) -> Any:
    async with stage.client(role, ANN) as client:
        return await client.post("/v1/report-jobs", json=body)


async def run(stage: Stage) -> None:
    job = await QUEUE.take(stage.pool)
    assert job is not None
    await Runner({"export": export.run}).attempt(job, stage)


async def download(stage: Stage, job: dict[str, Any], role: str = "billing") -> Any:
    async with stage.client(role, ANN) as client:
        return await client.get(f"/v1/report-jobs/{job['id']}/download")


async def exported(stage: Stage, role: str = "billing", **body: Any) -> list[dict[str, str]]:
    answer = await post(stage, role, **body)
    assert answer.status_code == 201, answer.text
    await run(stage)
    file = await download(stage, answer.json(), role)
    assert file.status_code == 200, file.text
    return list(csv.DictReader(io.StringIO(file.text)))


async def tell_invoices(stage: Stage, accounts: int) -> None:
    for n in range(accounts):
        account, invoice = f"acc-{n}", f"inv-{n}"
        name = await stage.vault.seal(account, f"=Ann {n}")
        await stage.tell("rating.events", account_opened(account, name=name))
        await stage.tell("invoicing.events", profile_opened(account), *drafted(invoice, account=account))


@pytest.mark.servers
async def test_an_export_has_every_row_that_the_list_has(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "ROWS_PER_PIECE", 2)
    await tell_invoices(stage, 5)
    rows = await exported(stage, list="invoices", query="status=draft&sort=account_id")
    assert [row["account_id"] for row in rows] == [f"acc-{n}" for n in range(5)]
    listed = (await stage.read("/v1/invoices", sort="account_id"))["items"]
    assert [row["total"] for row in rows] == [item["total"]["amount"] for item in listed]
    assert {row["currency"] for row in rows} == {"EUR"}
    assert await exported(stage, list="invoices", query="account_id=acc-3", columns=["id", "net"]) == [
        {"id": "inv-3", "net": listed[3]["net"]["amount"]}
    ]
    assert await exported(stage, list="invoices", query="status=void") == []


@pytest.mark.servers
async def test_names_are_opened_for_who_fetches_the_file_and_kept_for_nobody(stage: Stage) -> None:
    await tell_invoices(stage, 2)
    assert [row["account_name"] for row in await exported(stage, list="invoices", query="q=ann+1")] == ["'=Ann 1"]
    customers = await exported(stage, list="customer-configs")
    assert [row["name"] for row in customers] == ["'=Ann 0", "'=Ann 1"]
    assert {row["name"] for row in await exported(stage, "auditor", list="customer-configs")} == {"sealed"}
    for row in await stage.pool.fetch("select content from durable.job_result"):
        assert all("Ann" not in str(item) for item in export.items_of(row["content"]))


@pytest.mark.servers
async def test_reports_are_exported_too(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened())
    await stage.tell("invoicing.events", profile_opened(), *drafted(), locked(), issued())
    await stage.tell("payments.events", receivable())
    [row] = await exported(stage, report="ar-aging")
    shown = (await stage.read("/v1/reports/ar-aging"))["items"][0]
    assert row == {"account_id": "", **{name: cell for name, cell in shown.items() if name != "rows"}}


@pytest.mark.servers
@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({}, "invalid", "/list"),
        ({"list": "invoices", "report": "kpis"}, "invalid", "/list"),
        ({"list": "users"}, "invalid", "/list"),
        ({"list": "invoices", "query": "colour=red"}, "unknown_parameter", "/query"),
        ({"list": "invoices", "query": "status=lost"}, "invalid", "/query"),
        ({"list": "invoices", "query": "page=2"}, "invalid", "/query"),
        ({"list": "invoices", "columns": ["colour"]}, "invalid", "/columns/0"),
        ({"list": "invoices", "columns": ["id", "id"]}, "invalid", "/columns/1"),
        ({"list": "invoices", "columns": ["id"] * 1000}, "out_of_bounds", "/columns"),
        ({"list": "invoices", "columns": INVOICE_COLUMNS[:13], "format": "pdf"}, "too_many_columns", "/columns"),
        ({"list": "invoices", "format": "docx"}, "not_allowed", "/format"),
        ({"report": "revenue", "query": "from=2026-02-01&to=2026-01-01"}, "invalid", "/query"),
        ({"report": "revenue", "query": "currency=EURO"}, "invalid", "/query"),
        ({"report": "usage", "query": "currency=EUR"}, "unsupported", "/query"),
    ],
)
async def test_what_the_list_would_refuse_is_refused_at_once(
    stage: Stage, body: dict[str, Any], code: str, pointer: str
) -> None:
    answer = await post(stage, **body)
    error = answer.json()["errors"][0]
    assert (answer.status_code, error["code"], error["pointer"]) == (422, code, pointer)


@pytest.mark.servers
async def test_a_retry_under_the_same_key_is_the_same_job(stage: Stage) -> None:
    async with stage.client("billing", ANN) as client:
        client.headers["Idempotency-Key"] = "k1"
        asked = {"list": "invoices", "columns": ["number"]}
        first, again = [await client.post("/v1/report-jobs", json=asked) for _ in range(2)]
        other = await client.post("/v1/report-jobs", json={"list": "events"})
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert other.json()["errors"][0]["code"] == "idempotency_key_reused"


@pytest.mark.servers
async def test_the_file_is_there_when_the_job_is_done_and_for_those_who_read_the_list(stage: Stage) -> None:
    job = (await post(stage, list="events")).json()
    assert (await download(stage, job)).json()["errors"][0]["code"] == "not_done"
    await run(stage)
    assert (await download(stage, job, "support")).status_code == 403
    assert (await post(stage, "support", list="events")).status_code == 403
    file = await download(stage, job)
    assert file.headers["content-type"].startswith("text/csv")
    assert file.headers["content-disposition"].startswith('attachment; filename="events-')


@pytest.mark.servers
async def test_an_export_has_bounds(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "ROWS_MAX", 1)
    await tell_invoices(stage, 2)
    await post(stage, list="invoices")
    await run(stage)
    [shown] = (await stage.read("/v1/jobs"))["items"]
    assert (shown["status"], shown["failures"][0]["code"], shown["result_url"]) == ("failed", "too_many_rows", None)
