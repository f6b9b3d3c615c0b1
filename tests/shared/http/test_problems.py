"""Every "no" is an RFC 9457 problem: it names the field, the code is stable, and a crash gives nothing away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Literal

import asyncpg
import httpx
import pytest
from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send
from structlog.testing import capture_logs

from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.problems import Pending, not_found
from shared.http.request_middleware import RequestMiddleware
from shared.http.server import UnguardedRoute
from shared.kernel.errors import Rejection, Rejections
from shared.kernel.money import MoneyBody, QuantityString
from tests.shared.http.stub import StubRuntime, as_role, client_of


class Tier(BaseModel):
    model_config = ConfigDict(extra="forbid")
    up_to: QuantityString | None


class Flat(BaseModel):
    model_config = ConfigDict(extra="forbid")
    model: Literal["flat"]


class Graduated(BaseModel):
    model_config = ConfigDict(extra="forbid")
    model: Literal["graduated"]
    tiers: list[Tier]


class Payment(BaseModel):
    model_config = ConfigDict(extra="forbid")
    amount: MoneyBody
    method: Literal["card", "cash"] = "card"
    price: Flat | Graduated | None = None


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/payments", dependencies=[api.roles("admin")])
    async def pay(body: Payment) -> Response:
        return Answer({"amount": body.amount})

    @routes.get("/v1/things/{number}", dependencies=[api.roles("admin")])
    async def thing(number: int) -> Response:
        match number:
            case 0:
                raise not_found("thing", "0")
            case 1:
                raise ValueError("the secret of the database")
            case 2:
                raise Rejections([Rejection("a", "first", pointer="/a"), Rejection("b", "second", pointer="/b")])
            case 3:
                raise Pending("rating-abc")
            case 4:
                raise ConnectionRefusedError("postgres is away")
            case 6:
                raise asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress")
            case 7:
                raise asyncpg.InterfaceError("connection is closed")
            case 8:
                raise TimeoutError
            case 9:
                raise FileNotFoundError("a font")
            case 10:
                raise asyncpg.QueryCanceledError("canceling statement due to statement timeout")
            case _:
                raise Rejection("account_parked", "it waits for an operator", status=503)

    return routes


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(StubRuntime(router)) as client:
        client.headers.update(as_role("admin"))
        yield client


MONEY = {"amount": "1.50", "currency": "EUR"}
GRADUATED = {"model": "graduated", "tiers": [{"up_to": 5}]}


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({},                                                              "/amount",               "required"),
        ({"amount": {"currency": "EUR"}},                                 "/amount/amount",        "required"),
        ({"amount": {"amount": 1.5, "currency": "EUR"}},                  "/amount/amount",        "invalid_decimal"),
        ({"amount": {"amount": "1e3", "currency": "EUR"}},                "/amount/amount",        "invalid_decimal"),
        ({"amount": {"amount": "1", "currency": "XXQ"}},                  "/amount/currency",      "invalid"),
        ({"amount": "1.50"},                                              "/amount",               "wrong_type"),
        ({"amount": MONEY, "method": "shells"},                           "/method",               "not_allowed"),
        ({"amount": MONEY, "note": "hi"},                                 "/note",                 "unknown_field"),
        ({"amount": MONEY, "a/b~c": 1},                                   "/a~1b~0c",              "unknown_field"),
        ({"amount": MONEY, "price": GRADUATED},                           "/price/tiers/0/up_to",  "invalid_decimal"),
        ([],                                                              "",                      "wrong_type"),
        ("text",                                                          "",                      "wrong_type"),
    ],
)  # fmt: skip
async def test_a_wrong_field_is_named_by_its_pointer(
    client: httpx.AsyncClient, body: object, pointer: str, code: str
) -> None:
    answer = await client.post("/v1/payments", json=body)
    problem = answer.json()
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "errors", "trace_id"} == set(problem)
    assert (pointer, code) in [(error["pointer"], error["code"]) for error in problem["errors"]]


async def test_a_number_where_a_decimal_string_belongs_is_told_how_to_write_it(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/payments", json={"amount": {"amount": 1.5, "currency": "EUR"}})
    assert "write a decimal string" in answer.json()["detail"]


@pytest.mark.parametrize(
    "body", [b"{bad", b'{"amount": "\xff"}', b"[" * 100_000, b'{"a": 1,}'], ids=["bad", "not utf-8", "deep", "comma"]
)
async def test_what_is_not_json_is_400(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post("/v1/payments", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "malformed")


async def test_a_body_over_the_limit_is_413_with_or_without_its_length(client: httpx.AsyncClient) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(9):
            yield b" " * 1024 * 1024

    told = await client.post("/v1/payments", content=b" " * (8 * 1024 * 1024 + 1))
    untold = await client.post("/v1/payments", content=chunks(), headers={"Content-Type": "application/json"})
    assert [answer.status_code for answer in (told, untold)] == [413, 413]
    assert told.json()["errors"][0]["code"] == untold.json()["errors"][0]["code"] == "too_large"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET",    "/v1/nothing",      404, "not_found"),
        ("DELETE", "/v1/payments",     405, "method_not_allowed"),
        ("GET",    "/v1/things/0",     404, "not_found"),
        ("GET",    "/v1/things/x",     422, "wrong_type"),
        ("GET",    "/v1/things/1",     500, "internal_error"),
        ("GET",    "/v1/things/4",     503, "service_unavailable"),
        ("GET",    "/v1/things/5",     503, "account_parked"),
        ("GET",    "/v1/things/6",     503, "service_unavailable"),
        ("GET",    "/v1/things/7",     503, "service_unavailable"),
        ("GET",    "/v1/things/8",     503, "service_unavailable"),
        ("GET",    "/v1/things/9",     500, "internal_error"),
        ("GET",    "/v1/things/10",    503, "took_too_long"),
    ],
)  # fmt: skip
async def test_every_kind_of_failure_is_a_problem(
    client: httpx.AsyncClient, method: str, path: str, status: int, code: str
) -> None:
    answer = await client.request(method, path)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, code)
    assert ("retry-after" in answer.headers) == (status == 503)


async def test_a_crash_gives_away_its_trace_id_and_nothing_else(client: httpx.AsyncClient) -> None:
    trace_id = "4bf92f3577b34da6a3ce929d0e0e4736"
    answer = await client.get("/v1/things/1", headers={"traceparent": f"00-{trace_id}-00f067aa0ba902b7-01"})
    assert answer.json()["trace_id"] == trace_id
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


async def test_several_refusals_are_told_together(client: httpx.AsyncClient) -> None:
    errors = (await client.get("/v1/things/2")).json()["errors"]
    assert [(error["pointer"], error["code"]) for error in errors] == [("/a", "a"), ("/b", "b")]


async def test_a_command_without_a_result_yet_is_202_with_its_id(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/things/3")
    assert (answer.status_code, answer.json()) == (202, {"command_id": "rating-abc"})


async def test_half_a_surrogate_pair_is_refused_and_not_a_crash(client: httpx.AsyncClient) -> None:
    body = b'{"amount": {"amount": "1", "currency": "EUR"}, "method": "\\ud800"}'
    answer = await client.post("/v1/payments", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422


async def test_a_service_with_an_unguarded_route_does_not_start() -> None:
    def careless(api: Api) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/v1/open", lambda: {})
        outer = APIRouter()
        outer.include_router(routes)
        return outer

    with pytest.raises(UnguardedRoute, match="/v1/open"):
        async with client_of(StubRuntime(careless)):
            pass


async def test_a_caller_who_leaves_in_the_middle_of_a_body_is_no_crash_of_ours() -> None:
    async def reads(scope: Scope, receive: Receive, send: Send) -> None:
        await Request(scope, receive).body()

    async def leaves() -> Message:
        return {"type": "http.disconnect"}

    async def nothing_is_said(message: Message) -> None:
        raise AssertionError(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/x",
        "raw_path": b"/v1/x",
        "query_string": b"",
        "headers": [],
    }
    with capture_logs() as logs:
        await RequestMiddleware(reads, service="rating")(scope, leaves, nothing_is_said)
    assert [line["event"] for line in logs] == ["client_left"]
