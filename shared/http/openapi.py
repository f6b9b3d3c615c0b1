"""A service's part of the OpenAPI document: who may call what, and what every refusal looks like.

The entry merges the five parts into `/openapi.json`. Operation ids carry the service's name, so that they stay unique
there and a generated client has readable methods: `rating_open_account`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from shared.http.auth import CUSTOMER
from shared.http.schemas import REF, settle_names

VERSION: Final = "1"

PROBLEM: Final[dict[str, Any]] = {
    "title": "Problem",
    "type": "object",
    "description": "RFC 9457. `pointer` is a JSON pointer into the body, or a parameter's name where `in` says so.",
    "required": ["type", "title", "status", "detail", "errors", "trace_id"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:meterlog:problem:currency_mismatch"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "trace_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {
                    "pointer": {"type": "string"},
                    "code": {"type": "string", "description": "Stable; docs/errors.md says what each one means."},
                    "detail": {"type": "string"},
                    "in": {"type": "string", "enum": ["query", "path", "header"]},
                },
            },
        },
    },
}

SECURITY: Final = {
    "api_key": {"type": "http", "scheme": "bearer", "description": "An API key: `Authorization: Bearer mk_…`"},
    "session": {"type": "apiKey", "in": "cookie", "name": "meterlog_session"},
}
CUSTOMER_LINK: Final = {
    "customer_link": {"type": "http", "scheme": "bearer", "description": "A customer's link: `Bearer mc_…`"},
}

_PROBLEM: Final = {"application/problem+json": {"schema": {"$ref": REF + "Problem"}}}
FAILURES: Final[dict[str, Any]] = {
    "4XX": {"description": "Refused; the problem says why, and which field.", "content": _PROBLEM},
    "5XX": {"description": "Not now (503 with `Retry-After`), or a bug (500, see `trace_id`).", "content": _PROBLEM},
}
"""What any operation may answer."""

PENDING: Final[dict[str, Any]] = {
    "type": "object",
    "description": "The command is taken, its result not there yet; `GET /v1/commands/{command_id}` will have it.",
    "required": ["command_id"],
    "properties": {"command_id": {"type": "string"}},
}

_TEXT: Final = {"type": "string"}
_ONE_POSITION: Final = "[a-z]{1,20}/[0-9]{1,6}@[0-9]{1,18}"
_POSITIONS: Final = {"type": "string", "pattern": f"^{_ONE_POSITION}( *, *{_ONE_POSITION})*$"}
_POSITION: Final = {
    "description": "Where the write stands in the log; a read that carries it sees it.",
    "schema": _POSITIONS,
}
_HEADERS: Final[dict[str, dict[str, Any]]] = {
    "Position": {
        "description": "What this request must see: the `Position` that a write answered with; several with commas.",
        "schema": _POSITIONS,
    },
    "Idempotency-Key": {
        "description": "1 to 255 visible ASCII characters; a retry under the same key is done once.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[\x21-\x7e]+$"},
    },
    "If-Match": {
        "description": 'The `version` that is to be changed, such as "3"; else 412.',
        "schema": {"type": "string", "pattern": r'^([*]|(W/)?"?[0-9]{1,18}"?)$'},
    },
}
_COMMAND: Final = "command"
_TAKES: Final = "x-takes"


def takes(*headers: str) -> dict[str, Any]:
    """The `openapi_extra` of a write that is no command: the headers that it takes, `Position` apart."""
    return {_TAKES: list(headers)}


def describe(app: FastAPI, service: str, *, commands: bool) -> dict[str, Any]:
    """The document of one service. With `commands` its writes are commands, unless a route says what it `takes`."""
    document = get_openapi(title=f"Meterlog {service}", version=VERSION, routes=app.routes)
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for ours in ("HTTPValidationError", "ValidationError"):
        schemas.pop(ours, None)
    # Copies: the document is worked on, and the entry compares with what it has itself.
    schemas["Problem"] = dict(PROBLEM)
    schemas["Pending"] = dict(PENDING)
    document["components"]["securitySchemes"] = {**SECURITY, **CUSTOMER_LINK}
    for route in api_routes(app):
        for method in route.methods or ():
            operation = document["paths"].get(route.path_format or "", {}).get(method.lower())
            if operation is not None:
                taken = _taken(method, route.path_format or "", commands=commands)
                _complete(operation, roles_of(route), operation.pop(_TAKES, taken))
    settle_names(document)
    return document


def roles_of(route: RouteContext) -> tuple[str, ...] | None:
    """The roles a route admits; empty for a public one, `None` for one that forgot to say."""
    for dependency in route.dependant.dependencies:
        roles: tuple[str, ...] | None = getattr(dependency.call, "roles", None)
        if roles is not None:
            return roles
    return None


def api_routes(app: FastAPI) -> Iterator[RouteContext]:
    """Every route, those of included routers with what they inherit."""
    return (route for route in iter_route_contexts(app.routes) if isinstance(route.original_route, APIRoute))


def operation_id(service: str) -> Any:
    """What FastAPI calls to name an operation."""
    return lambda route: f"{service}_{route.name}"


def _taken(method: str, path: str, *, commands: bool) -> list[str]:
    """The headers of an operation that says nothing of them: those of a command, where it is one.

    `If-Match` is of what changes something that is there: all but a `POST` to a collection. What there is one of, such
    as `PUT /v1/invoice-policy`, has no id in its path, and a version all the same.
    """
    if method == "GET" or not commands:
        return []
    return [_COMMAND, "Idempotency-Key", *(["If-Match"] if "{" in path or method != "POST" else [])]


def _leave_null_out(operation: dict[str, Any]) -> None:
    """A body that may be left out is described by what it is when it is sent.

    "Or null" is how a function's default reads to the framework. Of it a generated client makes a body that has to be
    given, and fails on a call without one.
    """
    body = operation.get("requestBody", {})
    if body.get("required"):
        return
    for content in body.get("content", {}).values():
        match [one for one in content["schema"].get("anyOf", ()) if one != {"type": "null"}]:
            case [only]:
                content["schema"] = only
            case [_, *_] as several:
                content["schema"]["anyOf"] = several


def _complete(operation: dict[str, Any], roles: tuple[str, ...] | None, taken: list[str]) -> None:
    _leave_null_out(operation)
    responses = operation["responses"]
    responses.pop("422", None)
    if _COMMAND in taken:
        for answer in responses.values():
            answer["headers"] = {"Position": _POSITION}
        content = {"application/json": {"schema": {"$ref": REF + "Pending"}}}
        location = {"Location": {"description": "Where its result will be.", "schema": _TEXT}}
        # What answers 202 by itself waits for no command.
        responses.setdefault(
            "202", {"description": "Taken; no result within 5 s.", "headers": location, "content": content}
        )
    responses.update(FAILURES)
    for name in ("Position", *taken):
        if name in _HEADERS:
            header = {"name": name, "in": "header", "required": False, **_HEADERS[name]}
            operation.setdefault("parameters", []).append(header)
    schemes = CUSTOMER_LINK if roles == (CUSTOMER,) else SECURITY
    operation["security"] = [{name: []} for name in schemes] if roles else []
    if roles:
        operation["x-roles"] = [role for role in roles if role != "service"]
