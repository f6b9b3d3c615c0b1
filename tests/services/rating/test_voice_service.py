"""Rate tables and holidays over HTTP, on real Kafka and Postgres: imported, compared, published, looked up, quoted."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.kit.servers import Servers
from tests.services.rating.test_service import Rating, billing

pytestmark = pytest.mark.servers

FIRST = """\
prefix,name,unit_price,increments
33,France,0.06,60/1
336,France mobile,0.18,60/1
1,USA,0.02,
44,UK,0.05,
"""
SECOND = """\
prefix,name,unit_price,increments
33,France,0.05,60/1
336,France mobile,0.20,60/1
1,USA,0.02,
49,Germany,0.04,
"""
JUNE = {"start": "2026-06-01", "end": "2026-07-01"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def rating(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rating]:
    async with billing(servers, tmp_path_factory.mktemp("voice")) as started:
        yield started


async def send(
    rating: Rating,
    path: str,
    sheet: str | bytes,
    *,
    expect: int = 201,
    headers: dict[str, str] | None = None,
    **query: Any,
) -> Any:
    answer = await rating.api.post(
        path, content=sheet, params=query, headers={"content-type": "text/csv", **(headers or {})}
    )
    assert answer.status_code == expect, answer.text
    return answer.json()


async def test_a_table_is_imported_published_compared_and_looked_up(rating: Rating) -> None:
    table = await rating.post("/v1/rate-tables", {"id": "world", "name": "World", "currency": "EUR"})
    assert (table["version"], table["versions"]) == (0, [])
    path = "/v1/rate-tables/world"

    first = await send(rating, f"{path}/versions", gzip.compress(FIRST.encode()), headers={"content-encoding": "gzip"})
    assert (first["version"], first["status"], first["rows"], first["effective_from"]) == (1, "draft", 4, None)
    refused = await rating.api.get(f"{path}/lookup", params={"destination": "331"})
    assert refused.status_code == 422  # nothing is in force
    published = await rating.post(f"{path}/versions/1/publish", {"effective_from": "2026-01-01"}, expect=200)
    assert [action["allowed"] for action in published["versions"][0]["allowed_actions"]] == [False, False]

    found = await rating.get(f"{path}/lookup", destination="+33 6 12 34 56 78")
    assert (found["prefix"], found["shorter"], found["destination"]) == ("336", ["33"], "33612345678")
    assert found["reason"] == "336 is the longest of the prefixes that 33612345678 begins with: 336, 33"
    assert found["rate"]["bands"] == [{"unit_price": "0.18", "per_s": "60"}]
    nowhere = await rating.get(f"{path}/lookup", destination="99912345")
    assert (nowhere["prefix"], nowhere["rate"]) == (None, None)

    preview = await send(rating, f"{path}/versions", SECOND, expect=200, preview="true", limit=3)
    assert preview["against"] == 1
    assert preview["counts"] == {"added": 1, "removed": 1, "raised": 1, "lowered": 1, "changed": 0}
    assert [(one["kind"], one["prefix"], one["percent"]) for one in preview["items"]] == [
        ("added", "49", None),
        ("removed", "44", None),
        ("raised", "336", "11.11"),
    ]
    assert (preview["total"], preview["unchanged"]) == (4, 1)
    assert (await rating.get(path))["version"] == 1  # nothing was stored

    second = await send(rating, f"{path}/versions", SECOND, effective_from="2099-01-01")
    assert (second["version"], second["status"]) == (2, "published")
    changes = await rating.get(f"{path}/versions/2/changes", kind="lowered")
    assert [(one["prefix"], one["percent"]) for one in changes["items"]] == [("33", "-16.67")]
    assert (await rating.get(f"{path}/lookup", destination="44"))["version"] == 1
    assert (await rating.get(f"{path}/lookup", destination="44", on="2099-06-01"))["prefix"] is None

    page = await rating.get(f"{path}/versions/1/rates", prefix="3", limit=1)
    assert ([rate["prefix"] for rate in page["items"]], page["total"]) == (["33"], 2)
    rest = await rating.get(f"{path}/versions/1/rates", prefix="3", limit=1, cursor=page["next_cursor"])
    assert [rate["prefix"] for rate in rest["items"]] == ["336"]


async def test_an_import_under_the_same_key_is_done_once(rating: Rating) -> None:
    await rating.post("/v1/rate-tables", {"id": "once", "name": "Once"})
    versions = [
        await send(rating, "/v1/rate-tables/once/versions", FIRST, headers={"idempotency-key": "import-1"})
        for _ in range(2)
    ]
    assert versions[0] == versions[1]
    other = await rating.api.post(
        "/v1/rate-tables/once/versions",
        content=SECOND,
        headers={"content-type": "text/csv", "idempotency-key": "import-1"},
    )
    assert (other.status_code, other.json()["errors"][0]["code"]) == (422, "idempotency_key_reused")
    discarded = await rating.post("/v1/rate-tables/once/versions/1/discard", {}, expect=200)
    assert discarded["versions"][0]["status"] == "discarded"
    assert (await rating.get("/v1/rate-tables/once/versions/1/rates"))["total"] == 0


async def test_a_bad_sheet_stores_nothing(rating: Rating) -> None:
    await rating.post("/v1/rate-tables", {"id": "bad", "name": "Bad"})
    problem = await send(rating, "/v1/rate-tables/bad/versions", "prefix,unit_price\n+33,0.1\n", expect=422)
    assert [(one["code"], one["pointer"]) for one in problem["errors"]] == [("invalid", "/lines/2/prefix")]
    assert (await rating.get("/v1/rate-tables/bad"))["version"] == 0
    assert (await rating.api.get("/v1/rate-tables/none")).status_code == 404


async def test_holidays_are_defined_and_changed(rating: Rating) -> None:
    body = {"id": "fr", "name": "France", "dates": ["2026-12-25", "2026-07-14"]}
    defined = await rating.post("/v1/holidays", body)
    assert (defined["dates"], defined["version"]) == (["2026-07-14", "2026-12-25"], 1)
    again = await rating.api.put(
        "/v1/holidays/fr", json={"name": "France", "dates": ["2026-12-25"]}, headers={"if-match": '"1"'}
    )
    assert (again.status_code, again.json()["version"], again.json()["dates"]) == (200, 2, ["2026-12-25"])
    late = await rating.api.put("/v1/holidays/fr", json={"name": "France", "dates": []}, headers={"if-match": '"1"'})
    assert late.status_code == 412
    assert (await rating.get("/v1/holidays"))["total"] == 1
    assert (await rating.api.get("/v1/holidays/de")).status_code == 404


async def test_a_calendar_is_deleted_once_no_plan_names_it(rating: Rating) -> None:
    path, total = "/v1/holidays/gone", (await rating.get("/v1/holidays"))["total"]
    await rating.post("/v1/holidays", {"id": "gone", "name": "Gone", "dates": ["2026-12-25"]})
    bands = [{"days": ["holiday"], "unit_price": "0.05", "per_s": "60"}, {"unit_price": "0.10", "per_s": "60"}]
    price = {"model": "rated_call", "meter": "voice.seconds", "holidays": "gone", "bands": bands}
    body = {"id": "festive", "name": "Festive", "currency": "EUR", "prices": [price]}
    await rating.post("/v1/plans", body)
    named = (await rating.get(path))["allowed_actions"][1]
    assert (named["action"], named["allowed"]) == ("delete", False) and "festive" in named["reason"]
    refused = await rating.api.delete(path)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "holidays_in_use")

    edited = {"name": "Festive", "prices": [{key: price[key] for key in ("model", "meter")} | {"bands": bands[1:]}]}
    answer = await rating.api.put("/v1/plans/festive/versions/1", json=edited)
    assert answer.status_code == 200, answer.text
    assert (await rating.api.delete(path, headers={"if-match": '"7"'})).status_code == 412
    assert (await rating.api.delete(path, headers={"if-match": '"1"'})).status_code == 204
    assert (await rating.api.get(path)).status_code == 404
    assert (await rating.api.delete(path)).status_code == 404
    assert (await rating.get("/v1/holidays"))["total"] == total
    again = await rating.api.post("/v1/holidays", json={"id": "gone", "name": "Gone", "dates": []})
    assert again.json()["errors"][0]["code"] == "holidays_exist"


async def test_a_quote_prices_by_a_stored_table_and_calendar(rating: Rating) -> None:
    await rating.post("/v1/rate-tables", {"id": "quoted", "name": "Quoted"})
    await send(rating, "/v1/rate-tables/quoted/versions", FIRST, effective_from="2026-01-01")
    await rating.post("/v1/holidays", {"id": "quoted", "name": "Quoted", "dates": ["2026-06-01"]})
    price = {"model": "rated_call", "rate_table": "quoted", "holidays": "quoted"}
    calls = [("61", "33112345678"), ("60", "0033612345678"), ("30", "+1 212 555 0100")]
    records = [
        {"quantity": seconds, "started_at": "2026-06-01T12:00:00Z", "attributes": {"destination": number}}
        for seconds, number in calls
    ]
    body = {"price": price, "currency": "EUR", "period": JUNE, "records": records}
    # 61 s × 0.06 ÷ 60 = 0.061, 0.18, 30 s × 0.02 ÷ 60 = 0.01
    answer = await rating.post("/v1/pricing/quotes", body, expect=200)
    assert answer["unrounded"] == "0.251000000"
    assert [step["label"] for step in answer["lines"][0]["steps"]] == ["USA 1", "France 33", "France mobile 336"]

    unknown = {**records[0], "attributes": {"destination": "999"}}
    refused = await rating.post("/v1/pricing/quotes", {**body, "records": [records[0], unknown]}, expect=422)
    assert [(one["code"], one["pointer"]) for one in refused["errors"]] == [
        ("no_price", "/records/1/attributes/destination")
    ]
    nobody = {**price, "rate_table": "nobody"}
    refused = await rating.post("/v1/pricing/quotes", {**body, "price": nobody}, expect=422)
    assert [one["pointer"] for one in refused["errors"]] == ["/price/rate_table"]
