"""The query parameters of a list, for the OpenAPI document: derived from its declaration, so they can't drift.

@routes.get("/v1/events", **listed(api, EVENTS, EventPage))                   # for READERS, as most lists are
@routes.get("/v1/users", dependencies=[...], openapi_extra=documented(USERS))
"""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel

from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.filtering import Filter
from shared.http.listing import Listing

_SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "text": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "instant": {"type": "string", "format": "date-time"},
    "integer": {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1},
    "decimal": {"type": "string", "format": "decimal"},
    "boolean": {"type": "boolean"},
}
_PAGING: Final[dict[str, dict[str, Any]]] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": 500, "default": 50},
    "cursor": {"type": "string"},
    "page": {"type": "integer", "minimum": 1},
    "size": {"type": "integer", "minimum": 1, "maximum": 500},
}


def documented(listing: Listing) -> dict[str, Any]:
    """The `openapi_extra` of a route that answers with this list."""
    schemas = {name: _schema(chosen) for name, chosen in listing.filters.items()} | _PAGING
    if listing.sorts:
        schemas["sort"] = {"type": "string", "enum": [f"{sign}{name}" for name in listing.sorts for sign in ("", "-")]}
    return {"parameters": [{"name": name, "in": "query", "schema": schema} for name, schema in schemas.items()]}


def listed(api: Api, listing: Listing, page: type[BaseModel], *roles: str) -> dict[str, Any]:
    """What a route says that answers with pages of this list: to whom (`READERS` if not said), and of what shape."""
    return {
        "dependencies": [api.roles(*(roles or READERS))],
        "response_model": page,
        "openapi_extra": documented(listing),
    }


def in_path(*names: str) -> dict[str, Any]:
    """The `openapi_extra` of a route whose function reads its path by itself."""
    text = {"type": "string"}
    return {"parameters": [{"name": name, "in": "path", "required": True, "schema": text} for name in names]}


def _schema(chosen: Filter) -> dict[str, Any]:
    one = dict(_SCHEMAS[chosen.kind])
    if chosen.one_of is not None:
        one["enum"] = list(chosen.one_of)
    repeats = chosen.multiple and chosen.op == "=" and chosen.where is None and chosen.kind != "boolean"
    return {"type": "array", "items": one} if repeats else one
