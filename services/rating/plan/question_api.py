"""Questions about plans that change nothing: what differs, and what it would cost.

GET  /v1/plans/fiber/compare?from=1&to=2
GET  /v1/plans/fiber/compare?from=1&to=1&with=fiber-2           version 1 of fiber and of fiber-2
POST /v1/plans/fiber/simulate {"period": {"start": "2026-06-01", "end": "2026-07-01"},
                               "quantities": {"data.octets": "250000000000"}}
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from services.rating.fields import VERSION_MAX
from services.rating.plan.compare import compare
from services.rating.plan.reading import side_of, units_of
from services.rating.plan.simulation import SimulationBody, simulate
from services.rating.plan.summary import summaries
from services.rating.quote.shapes import QuoteLine
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.openapi import takes
from shared.kernel.bodies import PeriodBody
from shared.kernel.money import MoneyBody


class SideShape(BaseModel):
    plan_id: str
    version: int


class FieldDifference(BaseModel):
    """A field that differs, by its JSON pointer; `old` and `new` only where it was and is there."""

    pointer: str
    change: Literal["added", "removed", "changed"]
    old: Any = None
    new: Any = None


class PriceDifference(BaseModel):
    """A price that differs. `from` and `to` point to it in either version; `fields` are those of a changed one."""

    change: Literal["added", "removed", "changed"]
    from_: Annotated[str | None, Field(alias="from")]
    to: str | None
    sentence: str
    fields: list[FieldDifference]


class ComparisonShape(BaseModel):
    """What differs from one version to the other; `same` prices do not, `fields` are those beside prices."""

    from_: Annotated[SideShape, Field(alias="from")]
    to: SideShape
    same: int
    prices: list[PriceDifference]
    fields: list[FieldDifference]


class SimulatedLine(QuoteLine):
    """A line of a quote; `price` says its price in a sentence."""

    price: str


class SimulatedMonth(BaseModel):
    period: PeriodBody
    amount: MoneyBody
    lines: list[SimulatedLine]


class SimulationShape(BaseModel):
    """`amount` is the sum of the lines' rounded amounts; with `prices_include_tax` tax is in them."""

    plan_id: str
    version: int
    prices_include_tax: bool
    amount: MoneyBody
    unrounded: str
    months: list[SimulatedMonth]


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    readers = [api.roles(*READERS)]

    @routes.get("/v1/plans/{plan_id}/compare", response_model=ComparisonShape, dependencies=readers)
    async def compare_versions(
        plan_id: str,
        from_: Annotated[int, Query(alias="from", ge=1, le=VERSION_MAX, description="a version")],
        to: Annotated[int, Query(ge=1, le=VERSION_MAX, description="the version to compare it with")],
        with_: Annotated[str | None, Query(alias="with", description="the plan that `to` is a version of")] = None,
    ) -> Response:
        old, new = await side_of(api, plan_id, from_), await side_of(api, with_ or plan_id, to)
        meters = {price["meter"] for side in (old, new) for price in side.prices if price.get("meter")}
        return Answer(compare(old, new, await units_of(api, sorted(meters))))

    @routes.post(
        "/v1/plans/{plan_id}/simulate", response_model=SimulationShape, openapi_extra=takes(), dependencies=readers
    )
    async def simulate_plan(plan_id: str, body: SimulationBody) -> Response:
        plan = await side_of(api, plan_id, body.version)
        units = await units_of(api, sorted({price["meter"] for price in plan.prices if price.get("meter")}))
        # In a thread: years of many prices take a while, and the partition workers share this loop.
        sentences = summaries(plan.prices, plan.currency, units)
        return Answer(await asyncio.to_thread(simulate, plan, body, sentences))

    return routes
