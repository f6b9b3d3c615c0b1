"""Lists on real Postgres: filters, order, both ways to page, totals per currency, and nothing silently ignored."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import asyncpg
import httpx
import pytest
import pytest_asyncio
from fastapi import APIRouter, Request, Response

from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.parameters import documented
from tests.kit.servers import Servers, fresh_environment
from tests.shared.http.stub import StubRuntime, as_role, client_of

pytestmark = pytest.mark.servers

INVOICES = Listing(
    source="bill",
    columns=("id", "status", "issued_on", "total", "currency"),
    filters={
        "status": Filter("status", one_of=("draft", "issued", "void")),
        "from": Filter("issued_on", op=">=", kind="date"),
        "to": Filter("issued_on", op="<", kind="date"),
        "overdue": Filter("days_overdue > 0", kind="boolean"),
        "q": Filter(where="(number = {value} or account_id = {value})"),
        "number": Filter("number", op="prefix"),
        "min": Filter("total", op=">=", kind="decimal"),
    },
    sorts={"issued_on": "issued_on", "total": "total", "number": "number"},
    default_sort="-issued_on",
    tiebreak="id",
    totals=Totals(sums={"amount": "total", "due": "due"}),
)

NUMBERS = replace(INVOICES, totals=None, counted_to=50)


def shape(row: asyncpg.Record) -> dict[str, Any]:
    return {"id": row["id"], "issued_on": row["issued_on"], "total": row["total"]}


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/invoices", dependencies=[api.roles(*READERS)], openapi_extra=documented(INVOICES))
    async def invoices(request: Request) -> Response:
        return await INVOICES.fetch(request, api, shape=shape)

    @routes.get("/v1/numbers", dependencies=[api.roles(*READERS)], openapi_extra=documented(NUMBERS))
    async def numbers(request: Request) -> Response:
        return await NUMBERS.fetch(request, api, shape=shape)

    @routes.get(
        "/v1/accounts/{account_id}/invoices",
        dependencies=[api.roles(*READERS)],
        openapi_extra=documented(INVOICES),
    )
    async def of_account(account_id: str, request: Request) -> Response:
        return await INVOICES.fetch(request, api, shape=shape, where={"account_id": account_id})

    return routes


def bill(n: int) -> tuple[Any, ...]:
    """Every third is a draft without a date, every fifth in yen; dates repeat, so that ties must be broken."""
    draft = n % 3 == 0
    currency = "JPY" if n % 5 == 0 else "EUR"
    total = Decimal(100 * n) if currency == "JPY" else Decimal(n) + Decimal("0.40")
    issued_on = None if draft else date(2026, 9, 1) + timedelta(days=n // 4)
    number = None if draft else f"INV-{n:06}"
    return f"in-{n:03}", f"acc-{n % 4}", "draft" if draft else "issued", issued_on, number, total, currency, n % 7 - 3


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def client(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    async with fresh_environment(servers, tmp_path_factory.mktemp("listing")) as environment:
        pool = await asyncpg.create_pool(environment.settings.postgres_dsn_of("rating"), min_size=1, max_size=4)
        await pool.execute(
            """create table bill (id text primary key, account_id text, status text, issued_on date, number text,
                                  total numeric, currency text, days_overdue integer,
                                  due numeric generated always as (total) stored)"""
        )
        await pool.executemany("insert into bill values ($1, $2, $3, $4, $5, $6, $7, $8)", map(bill, range(120)))
        runtime = StubRuntime(router, settings=environment.settings, pool=pool)
        async with client_of(runtime) as client:
            client.headers.update(as_role("auditor", settings=environment.settings))
            yield client
        await pool.close()


async def get(client: httpx.AsyncClient, query: str, path: str = "/v1/invoices") -> dict[str, Any]:
    answer = await client.get(f"{path}?{query}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def walk(client: httpx.AsyncClient, query: str) -> list[str]:
    """All ids, page by page along the cursor."""
    ids: list[str] = []
    cursor = ""
    while True:
        page = await get(client, f"{query}{cursor}")
        ids += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            return ids
        cursor = f"&cursor={page['next_cursor']}"


def expected(key: Any, *, descending: bool) -> list[str]:
    """The same order, computed here: nulls last either way, ties by id in the same direction."""
    rows = [bill(n) for n in range(120)]
    known = sorted((row for row in rows if key(row) is not None), key=lambda row: (key(row), row[0]))
    unknown = sorted((row for row in rows if key(row) is None), key=lambda row: row[0])
    if descending:
        known.reverse()
        unknown.reverse()
    return [row[0] for row in known + unknown]


async def test_the_answer_has_the_shape_of_the_contract(client: httpx.AsyncClient) -> None:
    page = await get(client, "limit=2&sort=total&status=issued")
    assert list(page) == ["items", "total", "total_is_minimum", "totals", "next_cursor", "as_of"]
    assert page["items"][0] == {"id": "in-001", "issued_on": "2026-09-01", "total": "1.40"}
    assert page["as_of"] == "2026-11-23T06:00:00Z"
    assert page["total"] == 80
    assert page["next_cursor"] is not None


async def test_a_list_that_grows_for_ever_is_counted_up_to_a_bound(client: httpx.AsyncClient) -> None:
    few = await get(client, "status=draft", path="/v1/numbers")
    assert (few["total"], few["total_is_minimum"]) == (40, False)
    many = await get(client, "status=issued&limit=2", path="/v1/numbers")
    assert (many["total"], many["total_is_minimum"], len(many["items"])) == (50, True, 2)


async def test_totals_are_per_currency_over_all_that_matches(client: httpx.AsyncClient) -> None:
    page = await get(client, "limit=1")
    rows = [bill(n) for n in range(120)]
    sums = {code: sum((row[5] for row in rows if row[6] == code), Decimal(0)) for code in ("EUR", "JPY")}
    assert page["totals"] == [
        {"currency": code, "amount": f"{total}", "due": f"{total}"} for code, total in sums.items()
    ]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(("sort", "column"), [("issued_on", 3), ("total", 5), ("number", 4)])
async def test_a_cursor_walks_every_row_once_in_order(
    client: httpx.AsyncClient, sort: str, column: int, descending: bool
) -> None:
    ids = await walk(client, f"limit=7&sort={'-' if descending else ''}{sort}")
    assert ids == expected(lambda row: row[column], descending=descending)


@pytest.mark.parametrize("sort", ["-issued_on", "issued_on", "total", "-number"])
async def test_pages_by_number_agree_with_the_cursor(client: httpx.AsyncClient, sort: str) -> None:
    """Those behind the middle are read from the end, where nulls are."""
    by_cursor = await walk(client, f"limit=50&sort={sort}")
    pages = [await get(client, f"page={n}&size=25&sort={sort}") for n in range(1, 6)]
    assert [item["id"] for page in pages for item in page["items"]] == by_cursor
    assert {page["next_cursor"] for page in pages} == {None}
    assert (await get(client, "page=9&size=50"))["items"] == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("status=draft",                          40),
        ("status=draft&status=issued",           120),
        ("from=2026-09-02&to=2026-09-03",          3),
        ("overdue=true",                          51),
        ("overdue=false",                         69),
        ("q=INV-000001",                           1),
        ("q=acc-1",                               30),
        ("number=INV-00000",                       6),
        ("min=1000",                              22),
        ("status=void",                            0),
    ],
)  # fmt: skip
async def test_filters_narrow_the_list(client: httpx.AsyncClient, query: str, count: int) -> None:
    assert (await get(client, query))["total"] == count


async def test_a_pinned_column_can_not_be_widened_by_the_caller(client: httpx.AsyncClient) -> None:
    page = await get(client, "q=acc-1", path="/v1/accounts/acc-2/invoices")
    assert page["total"] == 0
    assert (await get(client, "", path="/v1/accounts/acc-2/invoices"))["total"] == 30


@pytest.mark.parametrize(
    ("query", "status", "parameter", "code"),
    [
        ("stauts=draft",                 400, "stauts",  "unknown_parameter"),
        ("status=lost",                  422, "status",  "invalid"),
        ("from=yesterday",               422, "from",    "invalid"),
        ("from=2026-09-31",              422, "from",    "invalid"),
        ("from=20260901",                422, "from",    "invalid"),
        ("from=2026-09-01&from=2026-09-02", 422, "from", "invalid"),
        ("overdue=perhaps",              422, "overdue", "invalid"),
        ("min=1e3",                      422, "min",     "invalid"),
        ("q=%00",                        422, "q",       "invalid"),
        ("limit=0",                      422, "limit",   "invalid"),
        ("limit=501",                    422, "limit",   "invalid"),
        ("limit=-1",                     422, "limit",   "invalid"),
        ("limit=ten",                    422, "limit",   "invalid"),
        ("limit=" + "9" * 40,            422, "limit",   "invalid"),
        ("page=1&limit=5",               422, "page",    "invalid"),
        ("sort=colour",                  422, "sort",    "invalid"),
        ("sort=total;drop table bill",   422, "sort",    "invalid"),
        ("cursor=nonsense",              422, "cursor",  "invalid"),
        ("cursor=WyJ0b3RhbCIsWyJzIiwieCJdLFsicyIsInkiXV0", 422, "cursor", "invalid"),
    ],
)  # fmt: skip
async def test_what_a_list_does_not_understand_it_refuses(
    client: httpx.AsyncClient, query: str, status: int, parameter: str, code: str
) -> None:
    answer = await client.get(f"/v1/invoices?{query}")
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["pointer"], error["code"]) == (status, f"/{parameter}", code)
    assert error["in"] == "query"
    assert parameter in error["detail"] or parameter == "sort"


async def test_a_cursor_holds_for_the_order_it_was_made_in(client: httpx.AsyncClient) -> None:
    cursor = (await get(client, "limit=5&sort=total"))["next_cursor"]
    answer = await client.get(f"/v1/invoices?limit=5&sort=-total&cursor={cursor}")
    assert answer.status_code == 422
    assert "sort=total" in answer.json()["detail"]


async def test_a_cursor_with_values_of_another_type_is_refused(client: httpx.AsyncClient) -> None:
    """Opaque, but in the caller's hands: a forged one is a 422, never a crash."""
    import base64

    forged = base64.urlsafe_b64encode(b'["-issued_on",["s","x"],["s","in-001"]]').decode()
    answer = await client.get(f"/v1/invoices?cursor={forged}")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/cursor")
