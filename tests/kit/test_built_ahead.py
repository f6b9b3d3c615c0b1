"""What is built before a process runs is served from that process, and only where its settings are the usual ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import APIRouter

from shared.engine.settings import Settings
from shared.http import server
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.vault import Vault
from tests.kit.built_ahead import TooEarly, build_ahead
from tests.shared.http.stub import StubRuntime


@pytest.fixture(autouse=True)
def _built_as_ever_afterwards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setattr(server, "build_app", server.build_app)
        yield


def lines(api: Api) -> APIRouter:
    routes = APIRouter()
    usual = api.settings.usage_lines

    @routes.get("/v1/lines", dependencies=[api.public])
    async def answer() -> Answer:
        return Answer([usual, api.settings.port])

    return routes


async def asked(app: Any) -> list[Any]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://rating") as client:
        return [(await client.get("/v1/lines")).json(), (await client.get("/readyz")).status_code]


@pytest.mark.parametrize(("usage_lines", "is_built"), [(None, True), ("sparks", False)])
async def test_it_serves_the_process_that_runs_and_none_that_is_set_otherwise(
    usage_lines: str | None, is_built: bool
) -> None:
    builds: list[StubRuntime] = []

    def router(api: Api) -> APIRouter:
        builds.append(runtime)
        return lines(api)

    settings = Settings.model_validate({"port": 4711, "usage_lines": usage_lines, "token_key": "x"})
    runtime: Any = StubRuntime(router, settings=settings)
    build_ahead(runtime.service)
    assert len(builds) == 1
    caught_up = [False]
    app = server.build_app(runtime, bus=None, vault=Vault(settings), caught_up=lambda: caught_up[0])
    assert len(builds) == (1 if is_built else 2)
    runtime.is_ready = False
    caught_up[0] = True
    assert await asked(app) == [[usage_lines, 4711], 503]


def test_an_api_that_needs_its_process_while_it_is_built_is_told() -> None:
    def router(api: Api) -> APIRouter:
        return APIRouter(tags=[str(api.clock.now())])

    runtime: Any = StubRuntime(router)
    with pytest.raises(TooEarly, match="clock"):
        build_ahead(runtime.service)
