"""Every endpoint of every service, asked without a database behind it.

    [Endpoint(method="POST", path="/v1/payments", roles=("admin", "billing"), admit=…), …] = endpoints("payments")
    await asked("payments", "POST", "/v1/payments", as_role("auditor"))      # 403, "forbidden": by the whole app
    await decided(endpoint, as_role("auditor"))                              # "forbidden": by the route's own admission

Whoever is admitted meets the missing database (503, or 422 for want of a body), and whoever is not is told so before.
A request through the app shows that a route asks its admission before anything else; what that says to each credential
it says without a request, in a hundredth of the time.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import re
from collections.abc import Callable, Coroutine
from functools import cache
from types import SimpleNamespace
from typing import Any, Final, NamedTuple, cast

import asyncpg
from fastapi import Request
from pydantic import SecretStr
from starlette.types import Message

from shared.engine.settings import Settings
from shared.http.auth import CUSTOMER, Tokens
from shared.http.openapi import api_routes, roles_of
from shared.http.server import build_app
from shared.kernel.errors import Rejection

KEY: Final = "a key for tests"
TOKENS: Final = Tokens(KEY)
_PARAMETER: Final = re.compile(r"\{(\w+)(?::\w+)?\}")

Admission = Callable[[Request], Coroutine[Any, Any, None]]


class Away:
    """Whatever is asked of a server that is away."""

    def __getattr__(self, name: str) -> Any:
        raise asyncpg.InterfaceError("there is no database here")


class Endpoint(NamedTuple):
    """A method of a path, with its parameters filled in."""

    method: str
    path: str
    roles: tuple[str, ...]
    """That the route names; none where it is public."""
    admit: Admission | None
    """What the route asks before anything else, where it names roles."""


@cache
def app_of(service: str) -> Any:
    away = Away()
    runtime = SimpleNamespace(
        service=app_service(service),
        settings=Settings(token_key=SecretStr(KEY)),
        pool=away,
        clock=away,
        logs=away,
        ready=lambda: (True, ""),
    )
    return build_app(cast(Any, runtime), bus=cast(Any, away), vault=cast(Any, away))


def app_service(service: str) -> Any:
    return importlib.import_module(f"services.{service}.app").SERVICE


@cache
def endpoints(service: str) -> tuple[Endpoint, ...]:
    return tuple(
        Endpoint(method, _PARAMETER.sub("x1", route.path or ""), _roles(route), _admission(route))
        for route in api_routes(app_of(service))
        for method in sorted(route.methods or ())
    )


def outside(service: str) -> list[Endpoint]:
    """What is reached from outside; the clock is shown by the entry itself (tests/meterlog/entry)."""
    return [one for one in endpoints(service) if one.path.startswith("/v1/") and one.path != "/v1/clock"]


async def asked(service: str, method: str, path: str, headers: dict[str, str]) -> tuple[int, str]:
    """Status, and the code of a refusal. A stream that begins has admitted its reader, and is left there."""
    answer = _Answer()
    scope = _scope(method, path, headers)
    asking = asyncio.ensure_future(app_of(service)(scope, _nothing_more(), answer.take))
    began = asyncio.ensure_future(answer.enough.wait())
    await asyncio.wait((asking, began), return_when=asyncio.FIRST_COMPLETED)
    for task in (asking, began):
        task.cancel()
    await asyncio.gather(asking, began, return_exceptions=True)
    if not answer.is_problem:
        return answer.status, ""
    error = json.loads(answer.body)["errors"][0]
    # A route that admits a role may yet refuse it a part of what is there, such as a document with names in it.
    admitted = error["code"] == "forbidden" and "may not do this" not in error["detail"]
    return answer.status, "" if admitted else error["code"]


async def decided(endpoint: Endpoint, headers: dict[str, str]) -> str:
    """The code with which the endpoint's admission refuses; empty if it admits."""
    assert endpoint.admit is not None, f"{endpoint.path} is public"
    scope = _scope(endpoint.method, endpoint.path, headers)
    try:
        await endpoint.admit(Request(scope | {"route": None}, _nothing_more()))
    except Rejection as refusal:
        return refusal.code
    return ""


def as_role(role: str, **more: Any) -> dict[str, str]:
    """With a token that outlives the tests on the slowest machine."""
    more |= {"account_id": "acc-1"} if role == CUSTOMER else {}
    return {"Authorization": f"Bearer {TOKENS.issue('key:k1', role, life_s=86_400, **more)}"}


class _Answer:
    """What an app sends, until it is known what it is."""

    def __init__(self) -> None:
        self.status = 0
        self.is_problem = False
        self.body = b""
        self.enough = asyncio.Event()

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            kind = dict(message["headers"]).get(b"content-type", b"")
            self.is_problem = kind.startswith(b"application/problem")
            return
        self.body += message.get("body", b"")
        if not self.is_problem or not message.get("more_body", False):
            self.enough.set()


def _scope(method: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"x"), *((name.lower().encode(), value.encode()) for name, value in headers.items())],
        "client": ("127.0.0.1", 1),
        "server": ("x", 80),
    }


def _nothing_more() -> Callable[[], Coroutine[Any, Any, Message]]:
    """A request without a body, whose caller stays."""
    messages: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if messages:
            return messages.pop()
        return cast(Message, await asyncio.get_running_loop().create_future())

    return receive


def _roles(route: Any) -> tuple[str, ...]:
    roles = roles_of(route)
    assert roles is not None, route.path
    return roles


def _admission(route: Any) -> Admission | None:
    calls = [dependency.call for dependency in route.dependant.dependencies]
    return next((call for call in calls if getattr(call, "roles", None)), None)
