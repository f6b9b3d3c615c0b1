"""`/openapi.json`: the five services' documents and the entry's own paths as one.

An operation is taken from the service that answers it (routing.py); schemas that two services call alike but mean
differently get the service's name in front. Of a service that is down its last document is kept; while one has not said
anything yet there is no document, for a client made of half of one would look whole.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from meterlog.entry.own_paths import OWN_PATHS, OWN_SCHEMAS
from meterlog.entry.routing import owner_of
from meterlog.entry.services import Services, content_of
from meterlog.installation import SERVICES
from shared.http.made_once import MadeOnce
from shared.http.openapi import CUSTOMER_LINK, PROBLEM, SECURITY, VERSION
from shared.kernel.errors import Rejection

_KEPT_S: Final = 30.0

# A service describes itself once, beside its work: some 3 s of a core, and ten times that on a busy machine.
_DESCRIBED_WITHIN_S: Final = 30.0

_METHODS: Final = ("get", "put", "post", "delete", "patch")
_REF: Final = "#/components/schemas/"
_REFERENCE: Final = re.compile(f'"{_REF}([^"]+)"')

DESCRIPTION: Final = """\
Event-sourced billing for internet and telecom operators.

Authorize with an API key (`Authorization: Bearer …`). Lists take `limit` and `cursor`, or `page` and `size`, and
`sort`. Writes take an `Idempotency-Key` and answer with a `Position`; a read that carries it sees the write.
Decimal numbers are strings. Errors are RFC 9457 problems.
"""


TAGS: Final = {
    "usage": "What was measured: records, meters, resources, and what could not be taken.",
    "rating": "What it costs: accounts, plans, subscriptions, charges, quotes.",
    "invoicing": "What is asked for: billing runs and invoices.",
    "payments": "What was paid: payments, receivables, balances.",
    "reporting": "What there is to see, across all of it; and who may come in.",
    "system": "The clock, commands, and what proves that all is well.",
}


class Document:
    """Fetched when asked for, kept for half a minute, and put together anew only where a part has changed."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._parts: dict[str, bytes] = {}
        self._whole = MadeOnce(dict)
        self._fetched = -_KEPT_S
        self._fetching = asyncio.Lock()

    async def serve(self, _request: Request) -> Response:
        """Raises `Unavailable` that names a service of which nothing is known yet."""
        async with self._fetching:
            if time.monotonic() - self._fetched > _KEPT_S:
                await self._fetch()
        return Response(await self._whole.text(), media_type="application/json")

    async def _fetch(self) -> None:
        answers = await asyncio.gather(*(self._part(name) for name in SERVICES), return_exceptions=True)
        before = dict(self._parts)
        for service, part in zip(SERVICES, answers, strict=True):
            if isinstance(part, bytes):
                self._parts[service] = part
            elif not isinstance(part, Rejection) or service not in self._parts:
                raise part
        if self._parts != before:
            parts = dict(self._parts)
            self._whole = MadeOnce(lambda: merge({name: json.loads(part) for name, part in parts.items()}))
        self._fetched = time.monotonic()

    async def _part(self, service: str) -> bytes:
        answer = await self._services.ask(service, "/openapi.json", timeout_s=_DESCRIBED_WITHIN_S)
        content_of(answer, service)
        return answer.content


def merge(parts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """One document of several, in the order in which money flows."""
    paths: dict[str, Any] = dict(OWN_PATHS)
    schemas: dict[str, Any] = {"Problem": PROBLEM, **OWN_SCHEMAS}
    for service in SERVICES:
        if service in parts:
            part = _without_clashes(parts[service], service, schemas)
            schemas.update(part.get("components", {}).get("schemas", {}))
            for path, operations in part.get("paths", {}).items():
                _add(paths, path, operations, service)
    schemas = {name: {**schemas[name], "title": name} for name in sorted(_used(paths, schemas))}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Meterlog",
            "version": VERSION,
            "description": DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "this installation; a client names its address"}],
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": schemas, "securitySchemes": {**SECURITY, **CUSTOMER_LINK}},
        "tags": [{"name": name, "description": TAGS[name]} for name in (*SERVICES, "system")],
    }


def _used(paths: dict[str, Any], schemas: dict[str, Any]) -> set[str]:
    """The schemas that an operation needs, directly or within another."""
    used: set[str] = set()
    pending: list[Any] = [paths]
    while pending:
        found = (set(_REFERENCE.findall(json.dumps(pending.pop()))) & schemas.keys()) - used
        used |= found
        pending += [schemas[name] for name in found]
    return used


def _add(paths: dict[str, Any], path: str, operations: dict[str, Any], service: str) -> None:
    for method in _METHODS:
        if method not in operations:
            continue
        # What an id in the path routes has several services behind it; any of them can describe it.
        shared = path.startswith(("/v1/commands/", "/v1/jobs/")) or (
            path.startswith("/v1/dead-letters/") and method == "post"
        )
        owner = owner_of(method.upper(), path.encode())
        if owner == service or (shared and method not in paths.get(path, {})):
            paths.setdefault(path, {})[method] = operations[method]


def _without_clashes(part: dict[str, Any], service: str, taken: dict[str, Any]) -> dict[str, Any]:
    """The part with those schemas renamed that another service has already named otherwise."""
    own = part.get("components", {}).get("schemas", {})
    clashing = [name for name, schema in own.items() if name in taken and taken[name] != schema]
    if not clashing:
        return part
    text = json.dumps(part)
    for name in clashing:
        text = text.replace(f'"{_REF}{name}"', f'"{_REF}{service.capitalize()}{name}"')
    renamed: dict[str, Any] = json.loads(text)
    schemas = renamed["components"]["schemas"]
    for name in clashing:
        schemas[service.capitalize() + name] = {**schemas.pop(name), "title": service.capitalize() + name}
    return renamed
