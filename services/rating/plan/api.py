"""Plans and their versions.

POST /v1/plans {"id": "fiber", "name": "Fiber", "currency": "EUR", "prices": [{"model": "flat", "amount": "20.00"}]}
POST /v1/plans/fiber/versions/1/publish {"effective_from": "2026-01-01"}
POST /v1/plans/fiber/versions {"prices": [...]}                              the next version, a draft

`version` of a plan is the number of its latest version, and what `If-Match` takes.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, WithJsonSchema

from services.rating.fields import Body, NameText, from_json
from services.rating.plan.messages import DraftPlan, DraftPlanVersion, PublishPlanVersion
from services.rating.plan.prices import PRICES_MAX, parse_prices
from shared.http.actions import ActionShape, action, not_yet
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import documented
from shared.http.problems import not_found
from shared.http.schemas import named
from shared.kernel.bodies import BillingDate, IdText
from shared.kernel.money import CurrencyCode

Prices = Annotated[
    list[Any],
    Field(min_length=1, max_length=PRICES_MAX),
    WithJsonSchema({"type": "array", "minItems": 1, "maxItems": PRICES_MAX, "items": named("Price")}),
]
Status = Literal["draft", "published"]


class PlanBody(Body):
    """A plan; its prices are version 1, a draft."""

    id: IdText | None = None
    name: NameText
    currency: CurrencyCode
    prices: Prices


class VersionBody(Body):
    """The next version of a plan, a draft. Without `name` the plan keeps its own."""

    name: NameText | None = None
    prices: Prices


class PublicationBody(Body):
    """From `effective_from` on, a date in the time zone of each account, the version prices what happens."""

    effective_from: BillingDate


class VersionShape(BaseModel):
    version: int
    status: Status
    effective_from: date | None
    published_at: datetime | None
    prices: list[Annotated[Any, WithJsonSchema(named("Price"))]]


class PlanShape(VersionShape):
    """A plan as its latest version, with all of them in `versions`."""

    id: str
    name: str
    currency: str
    versions: list[VersionShape]
    allowed_actions: list[ActionShape]


class PlanPage(Page):
    items: list[PlanShape]


_PLAN: Final = """
(select v.plan_id, v.version, v.name, v.currency, v.effective_from,
        case when v.effective_from is null then 'draft' else 'published' end as status,
        (select json_agg(json_build_object('version', w.version, 'prices', w.prices, 'published_at', w.published_at,
                                           'effective_from', w.effective_from) order by w.version)::text
           from plan_version_row w where w.plan_id = v.plan_id) as versions
   from plan_version_row v
  where v.version = (select max(w.version) from plan_version_row w where w.plan_id = v.plan_id)) as plan
"""

PLANS: Final = Listing(
    source=_PLAN,
    columns=("plan_id", "version", "name", "currency", "versions"),
    filters={
        "id": Filter("plan_id"),
        "name": Filter("name"),
        "currency": Filter("currency"),
        "status": Filter("status", one_of=("draft", "published")),
    },
    sorts={"id": "plan_id", "name": "name", "effective_from": "effective_from"},
    default_sort="id",
    tiebreak="plan_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/plans", status_code=201, response_model=PlanShape, dependencies=[api.roles(*WRITERS)])
    async def draft_plan(body: PlanBody, request: Request) -> Response:
        prices = parse_prices(body.prices, body.currency)
        plan_id = body.id or api.new_id(request, "plan")
        await api.command(request, DraftPlan(plan_id=plan_id, name=body.name, currency=body.currency, prices=prices))
        return Answer(await _plan(api, plan_id), status_code=201)

    @routes.get(
        "/v1/plans", response_model=PlanPage, dependencies=[api.roles(*READERS)], openapi_extra=documented(PLANS)
    )
    async def plans(request: Request) -> Response:
        return await PLANS.fetch(request, api, shape=plan_shape)

    @routes.get("/v1/plans/{plan_id}", response_model=PlanShape, dependencies=[api.roles(*READERS)])
    async def plan(plan_id: str) -> Response:
        return Answer(await _plan(api, plan_id))

    @routes.post(
        "/v1/plans/{plan_id}/versions",
        status_code=201,
        response_model=PlanShape,
        dependencies=[api.roles(*WRITERS)],
    )
    async def draft_plan_version(plan_id: str, body: VersionBody, request: Request) -> Response:
        prices = parse_prices(body.prices, (await _plan(api, plan_id))["currency"])
        await api.command(request, DraftPlanVersion(plan_id=plan_id, prices=prices, name=body.name))
        return Answer(await _plan(api, plan_id), status_code=201)

    @routes.get(
        "/v1/plans/{plan_id}/versions/{version}", response_model=VersionShape, dependencies=[api.roles(*READERS)]
    )
    async def plan_version(plan_id: str, version: int) -> Response:
        return Answer(await _version(api, plan_id, version))

    @routes.post(
        "/v1/plans/{plan_id}/versions/{version}/publish",
        response_model=PlanShape,
        dependencies=[api.roles(*WRITERS)],
    )
    async def publish_plan_version(plan_id: str, version: int, body: PublicationBody, request: Request) -> Response:
        await _version(api, plan_id, version)
        await api.command(
            request, PublishPlanVersion(plan_id=plan_id, version=version, effective_from=body.effective_from)
        )
        return Answer({**await _plan(api, plan_id), **await _version(api, plan_id, version)})

    return routes


def plan_shape(row: asyncpg.Record) -> dict[str, Any]:
    versions = [_version_shape(version) for version in from_json(row["versions"])]
    return {
        "id": row["plan_id"],
        "name": row["name"],
        "currency": row["currency"],
        **versions[-1],
        "versions": versions,
        "allowed_actions": [_publish(versions[-1]), *not_yet("retire")],
    }


def _version_shape(version: dict[str, Any]) -> dict[str, Any]:
    published_at = version["published_at"]
    return {
        "version": version["version"],
        "status": "draft" if published_at is None else "published",
        "effective_from": version["effective_from"],
        "published_at": published_at and datetime.fromisoformat(published_at),
        "prices": version["prices"],
    }


def _publish(latest: dict[str, Any]) -> dict[str, Any]:
    published = latest["status"] == "published"
    reason = f"version {latest['version']} is published; draft another" if published else None
    return action("publish", why_not=reason)


async def _plan(api: Api, plan_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow(f"select * from {_PLAN} where plan_id = $1", plan_id)
    if row is None:
        raise not_found("plan", plan_id)
    return plan_shape(row)


async def _version(api: Api, plan_id: str, number: int) -> dict[str, Any]:
    versions = (await _plan(api, plan_id))["versions"]
    if not 1 <= number <= len(versions):
        raise not_found("plan version", f"{plan_id}/{number}")
    found: dict[str, Any] = versions[number - 1]
    return found
