"""The catalogue of services: what is sold, whatever it costs.

POST   /v1/services {"id": "internet", "name": "Internet", "kind": "internet", "meters": ["data.octets"]}
PUT    /v1/services/internet {"name": "Internet access", "kind": "internet", "tax_class": "standard"}   If-Match
DELETE /v1/services/internet                                             409 service_in_use while plans sell it
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from services.rating.active_subscriptions import active_by_plan
from services.rating.fields import Body, NameText
from services.rating.pricing.engine.contract import MeterId, Slug
from services.rating.service_offering.messages import (
    ChangeServiceOffering,
    DefineServiceOffering,
    DeleteServiceOffering,
    Kind,
    ServiceTerms,
)
from services.rating.service_offering.rows import ServiceRow
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.filtering import Filter, begins
from shared.http.listing import Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import IdText, PrintableText
from shared.kernel.errors import in_use

METERS_MAX: Final = 100
_KINDS: Final = ("internet", "voice", "tv", "iptv", "equipment", "hosting", "other")


class ServiceChange(Body):
    """All that is said of a service. `meters` count its use; `tax_class` is that of its plans' prices."""

    name: NameText
    kind: Kind
    code: Annotated[PrintableText, Field(min_length=1, max_length=64)] | None = None
    meters: Annotated[list[MeterId], Field(max_length=METERS_MAX)] = []
    tax_class: Slug | None = None
    description: Annotated[PrintableText, Field(max_length=2000)] | None = None

    def terms(self) -> ServiceTerms:
        """The terms, each meter once."""
        said = {name: getattr(self, name) for name in ServiceTerms.__struct_fields__ if name != "meters"}
        return ServiceTerms(**said, meters=tuple(dict.fromkeys(self.meters)))


class ServiceBody(ServiceChange):
    """A service of the catalogue."""

    id: IdText | None = None


_SERVICE: Final = RowShape(ServiceRow, hidden=("deleted_at",), renamed={"service_id": "id"})


@_SERVICE.model
class ServiceShape(BaseModel):
    """A service; `plans` have a version that sells it, `active_subscriptions` have a plan today that does."""

    kind: Kind
    meters: list[str]
    plans: int
    active_subscriptions: int
    allowed_actions: list[ActionShape]


class ServicePage(Page):
    items: list[ServiceShape]


SERVICES: Final = Listing(
    source="service_row",
    filters={
        "id": Filter("service_id"),
        "q": Filter(where=f"({begins('service_id', '{value}')} or {begins('name', '{value}')})"),
        "code": Filter("code"),
        "kind": Filter("kind", one_of=_KINDS),
        "tax_class": Filter("tax_class"),
        "meter": Filter(where="meters ? {value}"),
    },
    sorts={"id": "service_id", **{name: name for name in ("name", "code", "kind", "defined_at")}},
    default_sort="id",
    tiebreak="service_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers, readers = [api.roles(*WRITERS)], [api.roles(*READERS)]

    @routes.post("/v1/services", status_code=201, response_model=ServiceShape, dependencies=writers)
    async def define_service(body: ServiceBody, request: Request) -> Response:
        service_id = body.id or api.new_id(request, "service")
        await api.command(request, DefineServiceOffering(service_id=service_id, terms=body.terms()))
        return Answer(await _service(api, service_id), status_code=201)

    @routes.get("/v1/services", **listed(api, SERVICES, ServicePage))
    async def services(request: Request) -> Response:
        page = await SERVICES.page(request, api, shape=dict, where=_THERE)
        return Answer({**page, "items": await _shapes(api, page["items"])})

    @routes.get("/v1/services/{service_id}", response_model=ServiceShape, dependencies=readers)
    async def service(service_id: str) -> Response:
        return Answer(await _service(api, service_id))

    @routes.put("/v1/services/{service_id}", response_model=ServiceShape, dependencies=writers)
    async def change_service(service_id: str, body: ServiceChange, request: Request) -> Response:
        await api.command(request, ChangeServiceOffering(service_id=service_id, terms=body.terms()))
        return Answer(await _service(api, service_id))

    @routes.delete("/v1/services/{service_id}", status_code=204, dependencies=writers)
    async def delete_service(service_id: str, request: Request) -> Response:
        await api.command(request, DeleteServiceOffering(service_id=service_id))
        return Response(status_code=204)

    return routes


_THERE: Final = {"deleted_at is null and {value}::boolean": True}

_USE: Final = """
select service_id, array_agg(distinct plan_id order by plan_id) as plans
  from plan_version_row where service_id = any($1::text[]) group by service_id
"""


async def _service(api: Api, service_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow("select * from service_row where service_id = $1 and deleted_at is null", service_id)
    if row is None:
        raise not_found("service", service_id)
    (shape,) = await _shapes(api, [row])
    return shape


async def _shapes(api: Api, rows: list[Any]) -> list[dict[str, Any]]:
    used = await api.db.fetch(_USE, [row["service_id"] for row in rows])
    plans = {row["service_id"]: row["plans"] for row in used}
    named = sorted({plan for sold in plans.values() for plan in sold})
    active = await active_by_plan(api.db, named, api.clock.now().date())
    return [_shape(row, plans.get(row["service_id"], []), active) for row in rows]


def _shape(row: Any, plans: list[str], active: Mapping[str, int]) -> dict[str, Any]:
    why_not = in_use("service", row["service_id"], "plan", plans).detail if plans else None
    return {
        **_SERVICE.values(row),
        "plans": len(plans),
        "active_subscriptions": sum(active.get(plan, 0) for plan in plans),
        "allowed_actions": [action("update"), action("delete", why_not=why_not)],
    }
