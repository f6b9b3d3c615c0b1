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

VERSION: Final = "1"

PROBLEM: Final[dict[str, Any]] = {
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
                    "code": {"type": "string"},
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

_REFUSAL: Final = {
    "description": "Refused; the problem says why, and which field.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def describe(app: FastAPI, service: str) -> dict[str, Any]:
    """The document of one service."""
    document = get_openapi(title=f"Meterlog {service}", version=VERSION, routes=app.routes)
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for ours in ("HTTPValidationError", "ValidationError"):
        schemas.pop(ours, None)
    schemas["Problem"] = PROBLEM
    document["components"]["securitySchemes"] = SECURITY
    for route in api_routes(app):
        for method in route.methods or ():
            operation = document["paths"].get(route.path_format or "", {}).get(method.lower())
            if operation is not None:
                _complete(operation, roles_of(route))
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


def _complete(operation: dict[str, Any], roles: tuple[str, ...] | None) -> None:
    responses = operation["responses"]
    responses.pop("422", None)
    responses["4XX"] = _REFUSAL
    if roles:
        operation["security"] = [{name: []} for name in SECURITY]
        operation["x-roles"] = [role for role in roles if role != "service"]
