"""Billing calendars: when the periods of an account begin.

POST /v1/billing-cycles {"id": "monthly", "name": "Monthly", "frequency": "month", "anchor_day": 1,
                         "time_zone": "Europe/Paris"}
GET  /v1/billing-cycles/monthly/periods?count=2
-> {"items": [{"start": "2026-11-01", "end": "2026-12-01"}, {"start": "2026-12-01", "end": "2027-01-01"}]}
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final

import asyncpg
import msgspec
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, StrictInt

from services.rating.billing_cycle.messages import CycleTerms, DefineBillingCycle
from services.rating.fields import Body, NameText
from services.rating.recurring.calendar import cycle_of
from shared.http.actions import ActionShape, not_yet
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import documented
from shared.http.problems import BadParameter, not_found
from shared.kernel.bodies import FrequencyField, IdText, PeriodBody, TimeZone, parse_date
from shared.kernel.calendar import local_date, periods

COUNT_MAX: Final = 120


class CycleDefinition(Body):
    """`anchor_day` 1 to 31 is clamped to the end of short months; quarters and years count from `anchor_month`."""

    id: IdText | None = None
    name: NameText
    frequency: FrequencyField = "month"
    anchor_day: Annotated[StrictInt, Field(ge=1, le=31)] = 1
    anchor_month: Annotated[StrictInt, Field(ge=1, le=12)] | None = None
    time_zone: TimeZone


class CycleShape(BaseModel):
    """A billing calendar."""

    id: str
    name: str
    frequency: Any
    anchor_day: int
    anchor_month: int | None
    time_zone: str
    defined_at: datetime
    version: int
    allowed_actions: list[ActionShape]


class CyclePage(Page):
    items: list[CycleShape]


class PeriodsShape(BaseModel):
    items: list[PeriodBody]


CYCLES: Final = Listing(
    source="billing_cycle_row",
    columns=("cycle_id", "name", "terms", "defined_at"),
    filters={"id": Filter("cycle_id"), "name": Filter("name")},
    sorts={"id": "cycle_id", "name": "name", "defined_at": "defined_at"},
    default_sort="id",
    tiebreak="cycle_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/billing-cycles", status_code=201, response_model=CycleShape, dependencies=[api.roles(*WRITERS)])
    async def define_cycle(body: CycleDefinition, request: Request) -> Response:
        cycle_id = body.id or api.new_id(request, "billing-cycle")
        terms = CycleTerms(
            cycle_id=cycle_id,
            frequency=body.frequency,
            anchor_day=body.anchor_day,
            anchor_month=body.anchor_month,
            time_zone=body.time_zone,
        )
        await api.command(request, DefineBillingCycle(name=body.name, terms=terms))
        return Answer(cycle_shape(await _row(api, cycle_id)), status_code=201)

    @routes.get(
        "/v1/billing-cycles",
        response_model=CyclePage,
        dependencies=[api.roles(*READERS)],
        openapi_extra=documented(CYCLES),
    )
    async def cycles(request: Request) -> Response:
        return await CYCLES.fetch(request, api, shape=cycle_shape)

    @routes.get("/v1/billing-cycles/{cycle_id}", response_model=CycleShape, dependencies=[api.roles(*READERS)])
    async def cycle(cycle_id: str) -> Response:
        return Answer(cycle_shape(await _row(api, cycle_id)))

    @routes.get(
        "/v1/billing-cycles/{cycle_id}/periods", response_model=PeriodsShape, dependencies=[api.roles(*READERS)]
    )
    async def cycle_periods(
        cycle_id: str,
        count: Annotated[int, Query(ge=1, le=COUNT_MAX)] = 6,
        first: Annotated[
            str | None, Query(alias="from", description="a day of the first period; today if absent")
        ] = None,
    ) -> Response:
        terms = _terms(await _row(api, cycle_id))
        day = local_date(api.clock.now(), terms.time_zone) if first is None else _day(first)
        found = periods(cycle_of(terms), day, count)
        return Answer({"items": [{"start": period.start, "end": period.end} for period in found]})

    return routes


def cycle_shape(row: asyncpg.Record) -> dict[str, Any]:
    terms = _terms(row)
    return {
        "id": row["cycle_id"],
        "name": row["name"],
        "frequency": msgspec.to_builtins(terms.frequency),
        "anchor_day": terms.anchor_day,
        "anchor_month": terms.anchor_month,
        "time_zone": terms.time_zone,
        "defined_at": row["defined_at"],
        "version": 1,
        "allowed_actions": not_yet("update", "delete"),
    }


def _terms(row: asyncpg.Record) -> CycleTerms:
    return msgspec.json.decode(row["terms"], type=CycleTerms)


async def _row(api: Api, cycle_id: str) -> asyncpg.Record:
    row: asyncpg.Record | None = await api.db.fetchrow("select * from billing_cycle_row where cycle_id = $1", cycle_id)
    if row is None:
        raise not_found("billing cycle", cycle_id)
    return row


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except ValueError as error:
        raise BadParameter("from", str(error)) from error
