"""What a path can be asked for: HEAD wherever GET is, OPTIONS everywhere, and the right `Allow` with every 405.

    HEAD /v1/invoices       as GET, without the body
    OPTIONS /v1/accounts    204, Allow: GET, HEAD, POST, OPTIONS
    TRACE /v1/accounts      405, the same Allow

A router names the methods of the first route that has the path; here those of all of them count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from fastapi.routing import iter_route_contexts
from starlette.responses import Response
from starlette.routing import BaseRoute, compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.http.problems import problem

ONLY_HEAD: Final = "meterlog.only_head"
"""In the scope of a GET that was a HEAD: an answer without an end must not begin."""

ORDER: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class _Known(NamedTuple):
    path: re.Pattern[str]
    methods: frozenset[str]
    documented: bool


class Allowed:
    """The methods of each path of some routes, read once, at the first question: routes come after middleware."""

    def __init__(self, routes: Callable[[], Sequence[BaseRoute]]) -> None:
        self._routes = routes
        self._known: list[_Known] | None = None

    def at(self, path: str) -> set[str]:
        """The methods that a (decoded) path takes, with HEAD and OPTIONS; empty where there is nothing.

        What is in no document counts where nothing else is.
        """
        if self._known is None:
            self._known = list(_known(self._routes()))
        found = [known for known in self._known if known.path.match(path)]
        chosen = [known for known in found if known.documented] or found
        methods = {method for known in chosen for method in known.methods}
        return with_implied(methods) if methods else set()


class Methods:
    """The middleware of a service."""

    def __init__(self, app: ASGIApp, *, allowed: Allowed) -> None:
        self._app = app
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["method"] == "HEAD":
            as_get = {**scope, "method": "GET", ONLY_HEAD: True}
            await self._app(as_get, receive, _without_body(send))
            scope["route"] = as_get.get("route")  # for whoever counts requests by it
        elif scope["method"] == "OPTIONS" and self._allowed.at(scope["path"]):
            await options(self._allowed.at(scope["path"]))(scope, receive, send)
        else:
            await self._app(scope, receive, self._corrected(scope, send))

    def _corrected(self, scope: Scope, send: Send) -> Send:
        async def corrected(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 405:
                others = [header for header in message["headers"] if header[0].lower() != b"allow"]
                allow = (b"allow", allow_of(self._allowed.at(scope["path"])).encode())
                message = {**message, "headers": [*others, allow]}
            await send(message)

        return corrected


def options(methods: Iterable[str]) -> Response:
    """The answer to OPTIONS. Nothing about other origins: there is one."""
    return Response(status_code=204, headers={"Allow": allow_of(methods)})


def method_refused(scope: Scope, methods: Iterable[str]) -> Response:
    """The 405 that names the methods that a path takes."""
    detail = f"{scope['method']} is not possible at {scope['path']}; the Allow header names what is"
    headers = {"Allow": allow_of(methods)}
    return problem(405, detail, code="method_not_allowed", trace_id=scope["state"]["trace_id"], headers=headers)


def allow_of(methods: Iterable[str]) -> str:
    """The value of `Allow`.

    >>> allow_of({"POST", "GET", "OPTIONS", "HEAD"})
    'GET, HEAD, POST, OPTIONS'
    """
    return ", ".join(sorted(methods, key=lambda method: (ORDER.index(method) if method in ORDER else 99, method)))


def with_implied(methods: Iterable[str]) -> set[str]:
    """OPTIONS goes with every method, HEAD with GET."""
    given = set(methods)
    return given | {"OPTIONS"} | ({"HEAD"} if "GET" in given else set())


def _known(routes: Sequence[BaseRoute]) -> Iterable[_Known]:
    for route in iter_route_contexts(routes):
        if route.path is not None and route.methods:
            pattern, _, _ = compile_path(route.path)
            yield _Known(pattern, frozenset(route.methods), bool(getattr(route, "include_in_schema", True)))


def _without_body(send: Send) -> Send:
    async def without_body(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return without_body
