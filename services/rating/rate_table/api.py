"""Rate tables: what calls cost by destination, in versions.

POST /v1/rate-tables {"id": "world", "name": "World", "currency": "EUR"}
POST /v1/rate-tables/world/versions?preview=true      text/csv or {"rates": [...]}: what it would change, nothing stored
POST /v1/rate-tables/world/versions                   the same body: the next version, a draft
POST /v1/rate-tables/world/versions/2/publish {"effective_from": "2026-07-01"}

A version is sent whole, up to 200,000 rates. Nothing is priced by it before it is published. `version` of a table is
the number of its latest version, and what `If-Match` takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, Literal

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel

from services.rating.fields import Body, NameText, from_json
from services.rating.rate_table.messages import (
    DefineRateTable,
    DiscardRateTableVersion,
    PublishRateTableVersion,
)
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.bodies import BillingDate, IdText
from shared.kernel.money import CurrencyCode

Status = Literal["draft", "published", "discarded"]


class RateTableBody(Body):
    """With `currency` only prices in it may use the table."""

    id: IdText | None = None
    name: NameText
    currency: CurrencyCode | None = None


class RatePublicationBody(Body):
    """From `effective_from` on, a date in the time zone of each account, the version prices calls."""

    effective_from: BillingDate


class RateTableVersionShape(BaseModel):
    """`rows` rates came in `parts` parts; a draft whose import broke off has fewer `parts_added`."""

    version: int
    status: Status
    rows: int
    parts: int
    parts_added: int
    effective_from: date | None
    drafted_at: AwareDatetime
    published_at: AwareDatetime | None
    allowed_actions: list[ActionShape]


class RateTableShape(BaseModel):
    id: str
    name: str
    currency: str | None
    version: int
    versions: list[RateTableVersionShape]
    defined_at: AwareDatetime
    allowed_actions: list[ActionShape]


class RateTablePage(Page):
    items: list[RateTableShape]


_TABLE: Final = """
(select t.table_id, t.name, t.currency, t.defined_at,
        (select coalesce(json_agg(json_build_object(
                  'version', v.version, 'rows', v.rows, 'parts', v.parts, 'parts_added', v.parts_added,
                  'effective_from', v.effective_from, 'drafted_at', v.drafted_at, 'published_at', v.published_at,
                  'discarded_at', v.discarded_at) order by v.version), '[]')::text
           from rate_table_version_row v where v.table_id = t.table_id) as versions
   from rate_table_row t) as rate_table
"""

TABLES: Final = Listing(
    source=_TABLE,
    columns=("table_id", "name", "currency", "defined_at", "versions"),
    filters={"id": Filter("table_id"), "name": Filter("name"), "currency": Filter("currency")},
    sorts={"id": "table_id", "name": "name", "defined_at": "defined_at"},
    default_sort="id",
    tiebreak="table_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    table_path, version_path = "/v1/rate-tables/{table_id}", "/v1/rate-tables/{table_id}/versions/{version}"

    @routes.post("/v1/rate-tables", status_code=201, response_model=RateTableShape, dependencies=[api.roles(*WRITERS)])
    async def define_rate_table(body: RateTableBody, request: Request) -> Response:
        table_id = body.id or api.new_id(request, "rate-table")
        await api.command(request, DefineRateTable(table_id=table_id, name=body.name, currency=body.currency))
        return Answer(await read_table(api, table_id), status_code=201)

    @routes.get("/v1/rate-tables", **listed(api, TABLES, RateTablePage))
    async def rate_tables(request: Request) -> Response:
        return await TABLES.fetch(request, api, shape=table_shape)

    @routes.get(table_path, response_model=RateTableShape, dependencies=[api.roles(*READERS)])
    async def rate_table(table_id: str) -> Response:
        return Answer(await read_table(api, table_id))

    @routes.get(version_path, response_model=RateTableVersionShape, dependencies=[api.roles(*READERS)])
    async def rate_table_version(table_id: str, version: int) -> Response:
        return Answer(await read_version(api, table_id, version))

    @routes.post(f"{version_path}/publish", response_model=RateTableShape, dependencies=[api.roles(*WRITERS)])
    async def publish_rate_table_version(
        table_id: str, version: int, body: RatePublicationBody, request: Request
    ) -> Response:
        await read_version(api, table_id, version)
        publish = PublishRateTableVersion(table_id=table_id, version=version, effective_from=body.effective_from)
        await api.command(request, publish)
        return Answer(await read_table(api, table_id))

    @routes.post(f"{version_path}/discard", response_model=RateTableShape, dependencies=[api.roles(*WRITERS)])
    async def discard_rate_table_version(table_id: str, version: int, request: Request) -> Response:
        await read_version(api, table_id, version)
        await api.command(request, DiscardRateTableVersion(table_id=table_id, version=version))
        return Answer(await read_table(api, table_id))

    return routes


async def read_table(api: Api, table_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow(f"select * from {_TABLE} where table_id = $1", table_id)
    if row is None:
        raise not_found("rate table", table_id)
    return table_shape(row)


async def read_version(api: Api, table_id: str, number: int) -> dict[str, Any]:
    versions: Sequence[dict[str, Any]] = (await read_table(api, table_id))["versions"]
    if not 1 <= number <= len(versions):
        raise not_found("rate table version", f"{table_id}/{number}")
    return versions[number - 1]


def table_shape(row: Any) -> dict[str, Any]:
    versions = [_version_shape(version) for version in from_json(row["versions"])]
    return {
        "id": row["table_id"],
        "name": row["name"],
        "currency": row["currency"],
        "version": len(versions),
        "versions": versions,
        "defined_at": row["defined_at"],
        "allowed_actions": [action("import")],
    }


def _version_shape(version: dict[str, Any]) -> dict[str, Any]:
    status = "discarded" if version["discarded_at"] else "published" if version["published_at"] else "draft"
    return {
        **{name: version[name] for name in ("version", "rows", "parts", "parts_added", "effective_from")},
        "status": status,
        "drafted_at": version["drafted_at"],
        "published_at": version["published_at"],
        "allowed_actions": _actions(version, status),
    }


def _actions(version: dict[str, Any], status: str) -> list[dict[str, Any]]:
    n = version["version"]
    final = {"published": f"version {n} is published; import another", "discarded": f"version {n} was given up"}
    torn = f"{version['parts_added']} of {version['parts']} parts are there; import it again"
    incomplete = torn if version["parts_added"] < version["parts"] else None
    return [
        action("publish", why_not=final.get(status, incomplete)),
        action("discard", why_not=final.get(status)),
    ]
