"""A query parameter that a route does not declare is refused, whatever the route: nothing is silently ignored."""

from __future__ import annotations

from typing import Annotated

import pytest
from fastapi import APIRouter, Query, Response

from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.listing import Filter, Listing
from shared.http.parameters import documented
from tests.shared.http.stub import StubRuntime, as_role, client_of

THINGS = Listing(source="thing", filters={"colour": Filter("colour")}, tiebreak="id")


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    admitted = [api.roles(*READERS)]

    @routes.get("/v1/things", dependencies=admitted, openapi_extra=documented(THINGS))
    async def listed() -> Response:
        return Answer({})

    @routes.get("/v1/things/{thing_id}", dependencies=admitted)
    async def one(thing_id: str) -> Response:
        return Answer({})

    @routes.get("/v1/search", dependencies=admitted)
    async def search(q: str, from_: Annotated[str, Query(alias="from")] = "") -> Response:
        return Answer({})

    return routes


@pytest.mark.parametrize(
    ("path",                            "refused"),
    [
        ("/v1/things?colour=red",       None),
        ("/v1/things?limit=5&cursor=x", None),
        ("/v1/things?color=red",        "color"),
        ("/v1/things/t1",               None),
        ("/v1/things/t1?as_of=2026",    "as_of"),
        ("/v1/things/t1?thing_id=t2",   "thing_id"),
        ("/v1/search?q=x&from=y",       None),
        ("/v1/search?q=x&from_=y",      "from_"),
    ],
)  # fmt: skip
async def test_what_is_not_declared_is_refused_by_name(path: str, refused: str | None) -> None:
    async with client_of(StubRuntime(router)) as client:
        answer = await client.get(path, headers=as_role("auditor"))
    if refused is None:
        assert answer.status_code == 200, answer.text
        return
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert (error["code"], error["pointer"], error["in"]) == ("unknown_parameter", f"/{refused}", "query")


async def test_who_may_not_is_told_that_first() -> None:
    async with client_of(StubRuntime(router)) as client:
        assert (await client.get("/v1/things?color=red", headers=as_role("ingest"))).status_code == 403


@pytest.mark.parametrize("path", ["/v1/search?q=%00", "/v1/search?q=x&from=a%00b", "/v1/things?colour=%00"])
async def test_what_no_table_can_hold_is_refused_by_name(path: str) -> None:
    async with client_of(StubRuntime(router)) as client:
        answer = await client.get(path, headers=as_role("auditor"))
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["pointer"].strip("/") in path and error["pointer"]
    assert (error["code"], error["in"]) == ("invalid", "query")
