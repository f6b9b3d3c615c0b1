"""Sources: the equipment and the collectors that report usage.

POST   /v1/sources         {"id": "bras-1", "addresses": ["10.0.0.1"], "secret": "…", "line": "user"}
PUT    /v1/sources/bras-1  {"addresses": ["10.0.0.1", "10.0.0.2"], "line": "mac"}       If-Match; keeps its secret
DELETE /v1/sources/bras-1

The secret is sealed before it travels, and never shown again.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.usage.source.fields import SourceBody, SourceChange
from services.usage.source.messages import ChangeSource, DefineSource, DeleteSource, SourceTerms
from services.usage.source.rows import SourceRow
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.filtering import Filter, begins
from shared.http.listing import Listing
from shared.http.pages import Page
from shared.http.parameters import documented
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.errors import Rejection
from shared.kernel.ids import STEPS

ADMIN: Final = ("admin",)
"""Who may say whose packets count as whose usage."""

_SOURCE: Final = RowShape(SourceRow, hidden=("addresses", "secret", "deleted_at"))


@_SOURCE.model
class SourceShape(BaseModel):
    """What is known of a source; `has_secret` says whether it shares one with us."""

    addresses: list[str]
    has_secret: bool
    allowed_actions: list[ActionShape]


class SourcePage(Page):
    items: list[SourceShape]


SOURCES: Final = Listing(
    source="source",
    filters={
        "id": Filter("id"),
        "q": Filter(where=f"({begins('id', '{value}')} or {begins('name', '{value}')})"),
    },
    sorts={"id": "id", "defined_at": "defined_at"},
    default_sort="id",
    tiebreak="id",
)
_THERE: Final = {"deleted_at is null and {value}::boolean": True}


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    admins, readers = [api.roles(*ADMIN)], [api.roles(*READERS)]

    @routes.post("/v1/sources", status_code=201, response_model=SourceShape, dependencies=admins)
    async def define_source(body: SourceBody, request: Request) -> Response:
        """Say what is known of a source. Its id is what its records carry as `source`."""
        _check_source_id(body.id)
        if body.addresses and body.secret is None:
            raise Rejection("required", "packets from an address are proven with a secret", pointer="/secret")
        await api.command(request, DefineSource(source_id=body.id, terms=await _terms(api, body.id, body)))
        return Answer(await _source(api, body.id), status_code=201)

    @routes.get("/v1/sources", response_model=SourcePage, dependencies=readers, openapi_extra=documented(SOURCES))
    async def sources(request: Request) -> Response:
        """The sources that somebody defined."""
        return Answer(await SOURCES.page(request, api, shape=_shape, where=_THERE))

    @routes.get("/v1/sources/{source_id:path}", response_model=SourceShape, dependencies=readers)
    async def source(source_id: str) -> Response:
        """One source."""
        return Answer(await _source(api, source_id))

    @routes.put("/v1/sources/{source_id:path}", response_model=SourceShape, dependencies=admins)
    async def change_source(source_id: str, body: SourceChange, request: Request) -> Response:
        """Say all of it anew. Without a `secret` the one it has stays."""
        if body.addresses and body.secret is None and not (await _source(api, source_id))["has_secret"]:
            raise Rejection("required", "packets from an address are proven with a secret", pointer="/secret")
        await api.command(request, ChangeSource(source_id=source_id, terms=await _terms(api, source_id, body)))
        return Answer(await _source(api, source_id))

    @routes.delete("/v1/sources/{source_id:path}", status_code=204, dependencies=admins)
    async def delete_source(source_id: str, request: Request) -> Response:
        """Forget what was said of it. Its records are counted as those of any source, its RADIUS packets dropped."""
        await api.command(request, DeleteSource(source_id=source_id))
        return Response(status_code=204)

    return routes


async def _terms(api: Api, source_id: str, body: SourceChange) -> SourceTerms:
    secret = None
    if body.secret is not None:
        secret = await api.vault.seal(f"source:{source_id}", body.secret.get_secret_value())
    return SourceTerms(
        name=body.name,
        addresses=list(dict.fromkeys(body.addresses)),
        secret=secret,
        line=body.line,
        signed=body.signed,
        silent_after_s=body.silent_after_s,
    )


def _check_source_id(source_id: str) -> None:
    if len(source_id.encode()) > 255 or not source_id.isprintable():
        raise Rejection("invalid", "the id of a source has 1 to 255 bytes, all printable", pointer="/id")
    if not STEPS.isdisjoint(re.split(r"[/\\]", source_id)):
        raise Rejection("invalid", "the id of a source has no . or .. between slashes", pointer="/id")


async def _source(api: Api, source_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow("select * from source where id = $1 and deleted_at is null", source_id)
    if row is None:
        raise not_found("source", source_id)
    return _shape(row)


def _shape(row: Any) -> dict[str, Any]:
    return {
        **_SOURCE.values(row),
        "addresses": json.loads(row["addresses"]),
        "has_secret": row["secret"] is not None,
        "allowed_actions": [action("update"), action("delete")],
    }
