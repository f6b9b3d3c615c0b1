"""Which billing cycles are run by themselves.

PUT    /v1/automatic-runs/monthly {"delay_hours": 24}
-> {"cycle_id": "monthly", "delay_hours": 24, "period_end": "2026-10-01", "due_at": "2026-10-01T22:00:00Z", …}
DELETE /v1/automatic-runs/monthly          people run it again
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, Field, StrictInt

from services.invoicing.automatic_run.messages import SetAutomaticRuns, StopAutomaticRuns
from services.invoicing.billing_run.api import PolicyBody
from services.invoicing.seller import seller_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.bodies import Body

DELAY_HOURS_MAX: Final = 720


class AutomaticRunsBody(Body):
    """How long after a period's end its run starts: long enough for rating to close it, a day if nothing is said."""

    delay_hours: Annotated[StrictInt, Field(ge=0, le=DELAY_HOURS_MAX)] = 24
    policy: PolicyBody | None = None


class AutomaticRunsShape(BaseModel):
    """The next run of the cycle is over periods that end on or before `period_end`, and starts at `due_at`."""

    cycle_id: str
    delay_hours: int
    period_end: date
    due_at: AwareDatetime
    policy: dict[str, Any] | None
    last_run_id: str | None
    version: int


class AutomaticRunsPage(Page):
    items: list[AutomaticRunsShape]


ALL: Final = Listing(
    source="automatic_runs_row",
    filters={"cycle_id": Filter("cycle_id")},
    sorts={"cycle_id": "cycle_id", "due_at": "due_at"},
    default_sort="cycle_id",
    tiebreak="cycle_id",
)
_ACTIVE: Final = {"active and {value}::boolean": True}


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    one = "/v1/automatic-runs/{cycle_id}"

    @routes.get("/v1/automatic-runs", **listed(api, ALL, AutomaticRunsPage))
    async def automatic_runs(request: Request) -> Response:
        return await ALL.fetch(request, api, shape=_shape, where=_ACTIVE)

    @routes.get(one, response_model=AutomaticRunsShape, dependencies=[api.roles(*READERS)])
    async def automatic_runs_of_cycle(cycle_id: str) -> Response:
        return Answer(await _read(api, cycle_id))

    @routes.put(one, response_model=AutomaticRunsShape, dependencies=[api.roles(*WRITERS)])
    async def set_automatic_runs(cycle_id: str, body: AutomaticRunsBody, request: Request) -> Response:
        """The cycle is run by itself from the period on that is open, as who sells is set up now."""
        policy = None if body.policy is None else body.policy.to_policy()
        seller = seller_of(api.settings)
        await api.command(
            request,
            SetAutomaticRuns(cycle_id=cycle_id, delay_hours=body.delay_hours, seller=seller, policy=policy),
        )
        return Answer(await _read(api, cycle_id))

    @routes.delete(one, status_code=204, dependencies=[api.roles(*WRITERS)])
    async def stop_automatic_runs(cycle_id: str, request: Request) -> Response:
        await api.command(request, StopAutomaticRuns(cycle_id=cycle_id))
        return Response(status_code=204)

    return routes


async def _read(api: Api, cycle_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow("select * from automatic_runs_row where cycle_id = $1 and active", cycle_id)
    if row is None:
        raise not_found("automatic runs", cycle_id)
    return _shape(row)


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    shown = {name: row[name] for name in AutomaticRunsShape.model_fields}
    return {**shown, "policy": None if row["policy"] is None else msgspec.json.decode(row["policy"])}
