"""OPTIONS and `Allow` for the whole system: a path may belong to one service to be read and to another to be written.

    OPTIONS /v1/invoices     204, Allow: GET, HEAD, POST, OPTIONS      reporting reads, invoicing writes
    PATCH /v1/invoices       405, the same Allow

Each service that a method would go to is asked what the path takes there.
"""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from meterlog.entry.routing import owner_of
from meterlog.entry.services import Services
from shared.http.methods import Allowed, allow_of, method_refused, options, with_implied
from shared.http.problems import Unavailable, refusal_problem
from shared.kernel.errors import Rejection

_ASKED: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
_TIMEOUT_S: Final = 2.0


class EntryMethods:
    """The middleware of the entry. `own` are the paths that it answers itself."""

    def __init__(self, app: ASGIApp, *, own: Allowed, services: Services) -> None:
        self._app = app
        self._own = own
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        own = self._own.at(scope["path"])
        if scope["method"] == "OPTIONS":
            await self._answer_options(scope, receive, send)
        elif own and scope["method"] not in own:
            # No service has it either; asked, it would say that there is no such path.
            await method_refused(scope, own)(scope, receive, send)
        else:
            await self._app(scope, receive, self._corrected(scope, send))

    async def _answer_options(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            methods = await self._at(scope)
        except Rejection as refusal:
            await refusal_problem(refusal, scope["state"]["trace_id"])(scope, receive, send)
            return
        if methods:
            await options(methods)(scope, receive, send)
        else:
            detail = f"there is nothing at {scope['path']}; /docs lists every path"
            nothing = Rejection("not_found", detail, status=404)
            await refusal_problem(nothing, scope["state"]["trace_id"])(scope, receive, send)

    def _corrected(self, scope: Scope, send: Send) -> Send:
        async def corrected(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 405:
                message = {**message, "headers": await self._with_allow(scope, list(message["headers"]))}
            await send(message)

        return corrected

    async def _with_allow(self, scope: Scope, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        try:
            methods = await self._at(scope)
        except Unavailable:
            return headers  # what the one service says that did answer
        others = [header for header in headers if header[0].lower() != b"allow"]
        return [*others, (b"allow", allow_of(methods).encode())]

    async def _at(self, scope: Scope) -> set[str]:
        """The methods of a path, empty where there is nothing. Raises `Unavailable` naming a service."""
        own, path = self._own.at(scope["path"]), scope["path"]
        if own or path == "/internal" or path.startswith("/internal/"):
            return own
        if path == "/v1" or path.startswith("/v1/"):
            return await self._asked(scope["raw_path"])
        return {"GET", "HEAD", "OPTIONS"}  # the console

    async def _asked(self, path: bytes) -> set[str]:
        owners = {method: owner_of(method, path) for method in _ASKED}
        services = sorted({owner for owner in owners.values() if owner is not None})
        answers = await asyncio.gather(*(self._ask(service, path) for service in services))
        allowed = dict(zip(services, answers, strict=True))
        found = {method for method, owner in owners.items() if owner is not None and method in allowed[owner]}
        return with_implied(found) if found else set()

    async def _ask(self, service: str, path: bytes) -> frozenset[str]:
        answer = await self._services.send(service, "OPTIONS", path, headers=[], read_timeout_s=_TIMEOUT_S)
        await answer.aclose()
        return frozenset(method.strip() for method in answer.headers.get("allow", "").split(","))
