"""One origin: health, metrics, the merged document, the docs page, the console's files, the proof."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from meterlog.entry.document import merge
from meterlog.installation import SERVICES
from tests.meterlog.entry.stubs import StubEntry, key, running_entry


@pytest.fixture
def console(tmp_path: Path) -> Path:
    """What a build leaves behind."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Meterlog</title>")
    (tmp_path / "theme.js").write_text("1")
    (tmp_path / "assets" / "app-4f2.js").write_text("console.log(1)")
    (tmp_path / "assets" / "app-4f2.js.br").write_bytes(b"brotli")
    (tmp_path / "assets" / "app-4f2.js.gz").write_bytes(b"gzip")
    (tmp_path.parent / "secret.txt").write_text("secret")
    return tmp_path


@pytest.fixture
async def entry(console: Path) -> AsyncIterator[StubEntry]:
    async with running_entry(console) as entry:
        yield entry


async def test_it_is_ready_when_every_service_is(entry: StubEntry) -> None:
    answer = await entry.client.get("/readyz")
    assert (answer.status_code, set(answer.json()["services"])) == (
        200,
        {"usage", "rating", "invoicing", "payments", "reporting"},
    )
    entry.system.not_ready.add("rating")
    entry.system.down.add("payments")
    answer = await entry.client.get("/readyz")
    services = answer.json()["services"]
    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    assert services["rating"] == {"ready": False, "detail": "taking over", "lag": 0}
    assert not services["payments"]["ready"]
    assert services["usage"]["ready"]
    health = await entry.client.get("/healthz")
    assert (health.status_code, health.json()["services"]["payments"]) == (200, "down")


async def test_metrics_of_all_services_are_one_page(entry: StubEntry) -> None:
    entry.system.down.add("usage")
    page = (await entry.client.get("/metrics")).text
    assert page.count("# TYPE up_s gauge") == 1
    assert 'up_s{service="rating",a="1"} 2.0' in page
    assert 'meterlog_up{service="usage"} 0' in page
    assert 'meterlog_up{service="rating"} 1' in page


@pytest.mark.parametrize(
    ("path", "accept_encoding", "content", "encoding", "cache"),
    [
        ("/",                     "",         "doctype",        None,   "no-cache"),
        ("/invoices/in-1",        "",         "doctype",        None,   "no-cache"),
        ("/index.html",           "",         "doctype",        None,   "no-cache"),
        ("/theme.js",             "",         "1",              None,   "no-cache"),
        ("/assets/app-4f2.js",    "",         "console.log(1)", None,   "immutable"),
        ("/assets/app-4f2.js",    "gzip, br", "brotli",         "br",   "immutable"),
    ],
)  # fmt: skip
async def test_the_console_is_served(
    entry: StubEntry, path: str, accept_encoding: str, content: str, encoding: str | None, cache: str
) -> None:
    async with entry.client.stream("GET", path, headers={"Accept-Encoding": accept_encoding}) as answer:
        raw = b"".join([chunk async for chunk in answer.aiter_raw()])
    assert answer.status_code == 200
    assert content in raw.decode()
    assert answer.headers.get("content-encoding") == encoding
    assert cache in answer.headers["cache-control"]
    assert ("javascript" if path.endswith(".js") else "html") in answer.headers["content-type"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/assets/gone-1.js", 404),
        ("/assets/..%2f..%2fsecret.txt", 400),
        ("/..%2fsecret.txt", 400),
        ("/gone.png", 404),
    ],
)
async def test_a_file_that_is_not_there_is_refused(entry: StubEntry, path: str, status: int) -> None:
    answer = await entry.client.get(path)
    assert answer.status_code == status
    assert "secret" not in answer.text.replace("secret.txt", "")


async def test_without_a_build_the_page_says_how_to_make_one(tmp_path: Path) -> None:
    async with running_entry(tmp_path / "nothing") as entry:
        answer = await entry.client.get("/")
    assert (answer.status_code, "make console" in answer.text) == (200, True)


async def test_a_browser_is_told_what_it_may_do(entry: StubEntry) -> None:
    page = await entry.client.get("/")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert (page.headers["x-content-type-options"], page.headers["x-frame-options"]) == ("nosniff", "DENY")
    data = await entry.client.get("/v1/accounts", headers=key("admin"))
    assert data.headers["cache-control"] == "no-store"


async def test_every_schema_that_a_message_names_is_served(entry: StubEntry) -> None:
    schema = await entry.client.get("/docs/events/invoicing.InvoiceIssued.v1.json")
    assert schema.headers["content-type"] == "application/schema+json"
    assert "invoice_id" in schema.text
    assert (await entry.client.get("/docs/events/nothing.Happened.v1.json")).status_code == 404
    assert (await entry.client.get("/docs/events/..%2FREADME.md")).status_code == 400


async def test_the_docs_page_takes_everything_from_here(entry: StubEntry) -> None:
    page = (await entry.client.get("/docs")).text
    assert "http" not in page.replace("<!doctype html>", "")
    assert (await entry.client.get("/docs/start.js")).status_code == 200
    assert (await entry.client.get("/docs/nothing.js")).status_code == 404
    pytest.importorskip("fastapi_offline", reason="the package that carries Swagger UI is not installed")
    assert "SwaggerUIBundle" in (await entry.client.get("/docs/swagger-ui-bundle.js")).text


def operation(ref: str) -> dict[str, object]:
    schema = {"schema": {"$ref": f"#/components/schemas/{ref}"}}
    return {"responses": {"200": {"description": "", "content": {"application/json": schema}}}}


async def test_the_document_takes_each_operation_from_who_answers_it(entry: StubEntry) -> None:
    usage = {
        "paths": {
            "/v1/usage/records": {"post": operation("Record")},
            "/v1/clock": {"get": operation("Record")},
            "/v1/meters": {"get": operation("Same")},
        },
        "components": {"schemas": {"Record": {"type": "object"}, "Same": {"type": "string"}}},
    }
    reporting = {
        "paths": {"/v1/usage/records": {"get": operation("Record"), "post": operation("Record")}},
        "components": {"schemas": {"Record": {"type": "array"}, "Same": {"type": "string"}}},
    }
    document = merge({"usage": usage, "reporting": reporting})
    records = document["paths"]["/v1/usage/records"]
    assert "/schemas/Record" in str(records["post"])
    assert "/schemas/ReportingRecord" in str(records["get"])
    assert {"Record", "ReportingRecord", "Same", "Problem", "Clock"} <= set(document["components"]["schemas"])
    assert "ReportingSame" not in document["components"]["schemas"]
    assert document["paths"]["/v1/clock"]["get"]["operationId"] == "entry_clock"


async def test_half_a_document_is_never_served_as_the_document(entry: StubEntry) -> None:
    for service in SERVICES:
        entry.system.answers[f"{service}/openapi.json"] = {"paths": {}, "components": {"schemas": {}}}
    entry.system.answers["usage/openapi.json"] = {"paths": {"/v1/usage/records": {"post": operation("Record")}}}
    entry.system.down.add("rating")
    refused = await entry.client.get("/openapi.json")
    assert (refused.status_code, refused.json()["detail"].split()[0]) == (503, "rating")
    assert refused.headers["retry-after"]
    entry.system.down.clear()
    served = (await entry.client.get("/openapi.json")).json()
    assert "/v1/usage/records" in served["paths"]


@pytest.mark.parametrize("path", ["/v1/proof/conservation", "/v1/proof/conservation/records"])
async def test_where_every_record_has_gone_is_stated_by_reporting(entry: StubEntry, path: str) -> None:
    entry.system.answers[f"reporting{path}"] = {"balanced": True}
    answer = await entry.client.get(f"{path}?from=2026-09-01", headers=key("support"))
    assert answer.json() == {"balanced": True}


async def test_a_proof_that_there_is_not_is_not_found(entry: StubEntry) -> None:
    answer = await entry.client.get("/v1/proof/nothing", headers=key("admin"))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, "not_found")
