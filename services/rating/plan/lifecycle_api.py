"""What becomes of a plan once it is there: taken back, sold no longer, sold again, copied.

POST /v1/plans/fiber/versions/2/unpublish                       while its day has not come
POST /v1/plans/fiber/versions/1/retire {"on": "2027-01-01"}     nobody takes it who does not have it
GET  /v1/plans/fiber/versions/1/subscriptions                   who has it
POST /v1/plans/fiber/retire {"on": "2027-01-01"}                no subscription begins on that day or later
POST /v1/plans/fiber/reactivate
POST /v1/plans/fiber/clone {"id": "fiber-2", "name": "Fiber 2"}
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from services.rating.active_subscriptions import EVER_ON_PLAN
from services.rating.plan.api import plan_version_shown
from services.rating.plan.bodies import CloneBody, RetirementBody
from services.rating.plan.messages import ClonePlan, ReactivatePlan, RetirePlan, RetirePlanVersion, UnpublishPlanVersion
from services.rating.plan.reading import plan_of, version_of
from services.rating.plan.shapes import PlanShape
from services.rating.plan.version_users import Limit, UserPage, users_of
from services.rating.subscription.state import Subscription
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.kernel.errors import in_use
from shared.kernel.wire import read


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

    @routes.post("/v1/plans/{plan_id}/versions/{version}/retire", response_model=PlanShape, dependencies=writers)
    async def retire_plan_version(plan_id: str, version: int, body: RetirementBody, request: Request) -> Response:
        await version_of(api, plan_id, version)
        day = body.on or api.clock.now().date()
        await api.command(request, RetirePlanVersion(plan_id=plan_id, version=version, on=day))
        return Answer(await plan_version_shown(api, plan_id, version))

    @routes.get(
        "/v1/plans/{plan_id}/versions/{version}/subscriptions",
        response_model=UserPage,
        dependencies=[api.roles(*READERS)],
    )
    async def plan_version_users(plan_id: str, version: int, limit: Limit = 50, cursor: str = "") -> Response:
        await version_of(api, plan_id, version)
        return Answer(await users_of(api, plan_id, version, limit=limit, after=cursor))

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
    """Refuse to take back a version that subscriptions wait for: they would have no price.

    Those pinned to it, and where nothing else is published all that have the plan from a day to come. One that begins
    in the same moment is not seen here: its usage then waits in quarantine, and nothing is charged.
    """
    only = not await api.db.fetchval(
        """select exists (select from plan_version_row
                           where plan_id = $1 and version <> $2 and effective_from is not null)""",
        plan_id,
        version,
    )
    rows = await api.db.fetch(
        f"""select s.body from ({EVER_ON_PLAN}) ever
              join state s on s.partition = ever.partition and s.kind = $2 and s.key = ever.subscription_id""",
        [plan_id],
        Subscription.__name__,
    )
    held = (read(Subscription, row["body"]) for row in rows)
    waiting = [one.subscription_id for one in held if _waits(one, plan_id, version, any_version=only)]
    if waiting:
        raise in_use("plan", f"version {version} of {plan_id}", "subscription", sorted(waiting))


def _waits(subscription: Subscription, plan_id: str, version: int, *, any_version: bool) -> bool:
    return any(
        term.plan_id == plan_id and (term.plan_version == version or (any_version and term.plan_version is None))
        for term, _, _ in subscription.spans()
    )
