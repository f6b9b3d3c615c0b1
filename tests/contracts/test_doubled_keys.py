"""A key given twice is refused in every JSON body of every service: which of the two was meant, nobody can say."""

from __future__ import annotations

import importlib
import re
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from meterlog.entry.own_paths import OWN_PATHS
from meterlog.installation import SERVICES
from shared.engine.settings import Settings
from shared.http.auth import Tokens
from shared.http.openapi import describe
from shared.http.server import build_app
from shared.http.vault import Vault
from shared.kernel.json_keys import doubled_key
from tests.shared.http.stub import KEY, FixedClock

BODY = b'{"amount": {"value": "1.00", "currency": "EUR", "value": "1000.00"}}'


class NoRows:
    """A database in which nothing is."""

    async def fetch(self, _statement: str, *_arguments: object) -> list[Any]:
        return []


class StillRuntime:
    """A service without a worker or a log behind it: the body is refused before any is asked."""

    def __init__(self, service: str) -> None:
        self.service: Any = importlib.import_module(f"services.{service}.app").SERVICE
        self.settings = Settings(token_key=SecretStr(KEY))
        self.clock = FixedClock()
        self.logs: Any = None
        self.pool: Any = NoRows()


@pytest.mark.parametrize("service", SERVICES)
async def test_every_route_with_a_json_body_names_the_key(service: str) -> None:
    runtime: Any = StillRuntime(service)
    app = build_app(runtime, bus=None, vault=Vault(runtime.settings))
    taking = [
        (method.upper(), path, operation)
        for path, operations in describe(app, service, commands=service != "reporting")["paths"].items()
        for method, operation in operations.items()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    ]
    assert taking
    tokens = Tokens(KEY)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        for method, path, operation in taking:
            role = operation.get("x-roles", ["admin"])[0]
            headers = {"Authorization": f"Bearer {tokens.issue('tester', role)}", "Content-Type": "application/json"}
            answer = await client.request(method, re.sub(r"{[^}]*}", "x", path), content=BODY, headers=headers)
            assert answer.status_code == 422, (method, path, answer.text)
            (error,) = answer.json()["errors"]
            assert (error["code"], error["pointer"]) == ("duplicate_key", "/amount/value"), (method, path)


def test_the_entry_has_no_bodies_but_the_clocks() -> None:
    """Which are tested with it (test_clock.py)."""
    with_body = [path for path, operations in OWN_PATHS.items() for o in operations.values() if "requestBody" in o]
    assert with_body == ["/v1/clock", "/v1/clock/advance"]


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        (b'{"a":1,"b":{"a":2}}', None),
        (b'{"a":1,"\\u0061":1}', "/a"),
        (b'[{"a":1},{"b":[{"c":1,"d":2,"c":3}]}]', "/1/b/0/c"),
        (b'{"a/~":1,"a/~":1}', "/a~1~0"),
        (b'{"":1,"":2}', "/"),
        (b'{"b":{"x":1,"x":1},"a":1,"a":1}', "/a"),
        (b'{"\\ud800":1,"\\ud800":1}', "/\\ud800"),
    ],
)
def test_a_doubled_key_is_found_wherever_it_is(text: bytes, pointer: str | None) -> None:
    assert doubled_key(text) == pointer
