"""Plans and their versions.

POST /v1/plans {"id": "fiber", "name": "Fiber", "currency": "EUR", "prices": [{"model": "flat", "amount": "20.00"}]}
PUT  /v1/plans/fiber/versions/1 {"prices": [...]}                            another draft; If-Match is its revision
POST /v1/plans/fiber/versions/1/publish {"effective_from": "2026-01-01"}
POST /v1/plans/fiber/versions {"prices": [...]}                              the next version, a draft

`version` of a plan is the number of its latest version, and what `If-Match` takes. The rest of a plan's life is in
lifecycle_api.py, questions about it in question_api.py.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from services.rating.active_subscriptions import active_by_plan
from services.rating.plan.bodies import DraftBody, PlanBody, PublicationBody, VersionBody
from services.rating.plan.messages import DraftPlan, DraftPlanVersion, EditPlanVersion, PublishPlanVersion
from services.rating.plan.prices import parse_prices
from services.rating.plan.reading import picked, plan_of, side_of, units_of_page, version_of
from services.rating.plan.shapes import PLANS, PlanPage, PlanShape, VersionShape, plan_shape, plans_on
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.parameters import listed


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers, readers = [api.roles(*WRITERS)], [api.roles(*READERS)]

    @routes.post("/v1/plans", status_code=201, response_model=PlanShape, dependencies=writers)
    async def draft_plan(body: PlanBody, request: Request) -> Response:
        prices = parse_prices(body.prices, body.currency)
        plan_id = body.id or api.new_id(request, "plan")
        command = DraftPlan(plan_id=plan_id, name=body.name, currency=body.currency, prices=prices, terms=body.terms())
        await api.command(request, command)
        return Answer(await plan_of(api, plan_id), status_code=201)

    @routes.get("/v1/plans", **listed(api, PLANS, PlanPage))
    async def plans(request: Request) -> Response:
        now = api.clock.now()
        page = await plans_on(now.date()).page(request, api, shape=dict)
        units = await units_of_page(api, page["items"])
        active = await active_by_plan(api.db, [row["plan_id"] for row in page["items"]], now.date())
        items = [plan_shape(row, now=now, units=units, active=active.get(row["plan_id"], 0)) for row in page["items"]]
        return Answer({**page, "items": items})

    @routes.get("/v1/plans/{plan_id}", response_model=PlanShape, dependencies=readers)
    async def plan(plan_id: str) -> Response:
        return Answer(await plan_of(api, plan_id, counted=True))

    @routes.post("/v1/plans/{plan_id}/versions", status_code=201, response_model=PlanShape, dependencies=writers)
    async def draft_plan_version(plan_id: str, body: VersionBody, request: Request) -> Response:
        before = await side_of(api, plan_id, None)
        body.check_currency(plan_id, before.currency)
        prices = parse_prices(body.prices, before.currency)
        terms = body.terms(kept=before.terms)
        await api.command(request, DraftPlanVersion(plan_id=plan_id, prices=prices, name=body.name, terms=terms))
        return Answer(await plan_of(api, plan_id), status_code=201)

    @routes.get("/v1/plans/{plan_id}/versions/{version}", response_model=VersionShape, dependencies=readers)
    async def plan_version(plan_id: str, version: int) -> Response:
        return Answer(await version_of(api, plan_id, version))

    @routes.put("/v1/plans/{plan_id}/versions/{version}", response_model=PlanShape, dependencies=writers)
    async def edit_plan_version(plan_id: str, version: int, body: DraftBody, request: Request) -> Response:
        before = await side_of(api, plan_id, version)
        body.check_currency(plan_id, before.currency)
        prices = parse_prices(body.prices, before.currency)
        command = EditPlanVersion(plan_id=plan_id, version=version, prices=prices, name=body.name, terms=body.terms())
        await api.command(request, command)
        return Answer(await plan_version_shown(api, plan_id, version))

    @routes.post("/v1/plans/{plan_id}/versions/{version}/publish", response_model=PlanShape, dependencies=writers)
    async def publish_plan_version(plan_id: str, version: int, body: PublicationBody, request: Request) -> Response:
        await version_of(api, plan_id, version)
        command = PublishPlanVersion(
            plan_id=plan_id, version=version, effective_from=body.effective_from, revision=body.revision
        )
        await api.command(request, command)
        return Answer(await plan_version_shown(api, plan_id, version))

    return routes


async def plan_version_shown(api: Api, plan_id: str, version: int) -> dict[str, Any]:
    """A plan with, in place of its latest version, the one that was written; `status` stays the plan's."""
    plan = await plan_of(api, plan_id)
    return {**plan, **picked(plan, version), "status": plan["status"], "allowed_actions": plan["allowed_actions"]}
