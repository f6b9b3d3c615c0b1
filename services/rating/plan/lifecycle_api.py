"""What becomes of a plan once it is there: taken back, sold no longer, sold again, copied.

POST /v1/plans/fiber/versions/2/unpublish                       while its day has not come
POST /v1/plans/fiber/retire {"on": "2027-01-01"}                no subscription begins on that day or later
POST /v1/plans/fiber/reactivate
POST /v1/plans/fiber/clone {"id": "fiber-2", "name": "Fiber 2"}
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from services.rating.plan.api import plan_version_shown
from services.rating.plan.bodies import CloneBody, RetirementBody
from services.rating.plan.messages import ClonePlan, ReactivatePlan, RetirePlan, UnpublishPlanVersion
from services.rating.plan.reading import plan_of, version_of
from services.rating.plan.shapes import PlanShape
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.kernel.errors import Rejection


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers = [api.roles(*WRITERS)]

    @routes.post("/v1/plans/{plan_id}/versions/{version}/unpublish", response_model=PlanShape, dependencies=writers)
    async def unpublish_plan_version(plan_id: str, version: int, request: Request) -> Response:
        await version_of(api, plan_id, version)
        await _check_not_awaited(api, plan_id, version)
        await api.command(request, UnpublishPlanVersion(plan_id=plan_id, version=version))
        return Answer(await plan_version_shown(api, plan_id, version))

    @routes.post("/v1/plans/{plan_id}/retire", response_model=PlanShape, dependencies=writers)
    async def retire_plan(plan_id: str, body: RetirementBody, request: Request) -> Response:
        await api.command(request, RetirePlan(plan_id=plan_id, on=body.on or api.clock.now().date()))
        return Answer(await plan_of(api, plan_id))

    @routes.post("/v1/plans/{plan_id}/reactivate", response_model=PlanShape, dependencies=writers)
    async def reactivate_plan(plan_id: str, request: Request) -> Response:
        await api.command(request, ReactivatePlan(plan_id=plan_id))
        return Answer(await plan_of(api, plan_id))

    @routes.post("/v1/plans/{plan_id}/clone", status_code=201, response_model=PlanShape, dependencies=writers)
    async def clone_plan(plan_id: str, body: CloneBody, request: Request) -> Response:
        clone_id = body.id or api.new_id(request, "plan")
        command = ClonePlan(plan_id=clone_id, name=body.name, source_id=plan_id, version=body.version)
        await api.command(request, command)
        return Answer(await plan_of(api, clone_id), status_code=201)

    return routes


async def _check_not_awaited(api: Api, plan_id: str, version: int) -> None:
    """Refuse to take back the only published version while subscriptions wait for its day: they would have no price.

    One that begins in the same moment is not seen here. Its usage then waits in quarantine, and nothing is charged.
    """
    others = await api.db.fetchval(
        "select count(*) from plan_version_row where plan_id = $1 and version <> $2 and effective_from is not null",
        plan_id,
        version,
    )
    if others:
        return
    waiting = await api.db.fetchval("select count(*) from subscription_row where plan_id = $1", plan_id)
    if waiting:
        detail = f"{waiting} subscriptions wait for version {version}, the only one published; end them first"
        raise Rejection("plan_in_use", detail, status=409)
