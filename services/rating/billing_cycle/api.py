"""Billing calendars: when the periods of an account begin.

POST   /v1/billing-cycles {"id": "monthly", "name": "Monthly", "frequency": "month", "anchor_day": 1,
                           "time_zone": "Europe/Paris"}
PUT    /v1/billing-cycles/monthly              the same body without the id; If-Match takes its version
DELETE /v1/billing-cycles/monthly
GET    /v1/billing-cycles/monthly/periods?count=2
-> {"items": [{"start": "2026-11-01", "end": "2026-12-01"}, {"start": "2026-12-01", "end": "2027-01-01"}]}

Its days change, and it goes, only while no account uses it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final

import asyncpg
import msgspec
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from services.rating.billing_cycle.decide import REMEDY
from services.rating.billing_cycle.definition import CycleFields
from services.rating.billing_cycle.messages import (
    Anchor,
    ChangeBillingCycle,
    CycleTerms,
    DefineBillingCycle,
    DeleteBillingCycle,
)
from services.rating.recurring.calendar import cycle_of
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import BadParameter, not_found
from shared.kernel.bodies import IdText, PeriodBody, parse_date
from shared.kernel.calendar import local_date, periods

COUNT_MAX: Final = 120


class CycleDefinition(CycleFields):
    __doc__ = CycleFields.__doc__

    id: IdText | None = None


class CycleShape(BaseModel):
    """A billing calendar; `accounts` bill by it or are going to, the first of their open periods ends `next_close`."""

    id: str
    name: str
    frequency: Any
    anchor_day: int
    anchor_month: int | None
    counts_from: date | None
    anchor: Anchor
    time_zone: str
    defined_at: datetime
    accounts: int
    next_close: date | None
    version: int
    allowed_actions: list[ActionShape]


class CyclePage(Page):
    items: list[CycleShape]


class PeriodsShape(BaseModel):
    items: list[PeriodBody]


# Closed accounts have an open period that nobody closes.
_SOURCE: Final = """
(select c.*, used.accounts, used.next_close
   from billing_cycle_row c
  cross join lateral (
        select count(*) as accounts,
               min(a.period_end) filter (where a.cycle_id = c.cycle_id and a.closed_on is null) as next_close
          from account_row a
         where a.cycle_id = c.cycle_id or a.next_cycle ->> 'cycle_id' = c.cycle_id) as used) as cycle
"""

CYCLES: Final = Listing(
    source=_SOURCE,
    columns=("cycle_id", "name", "terms", "defined_at", "version", "accounts", "next_close"),
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
        await api.command(request, DefineBillingCycle(name=body.name, terms=body.to_terms(cycle_id)))
        return Answer(cycle_shape(await cycle_row(api, cycle_id)), status_code=201)

    @routes.put("/v1/billing-cycles/{cycle_id}", response_model=CycleShape, dependencies=[api.roles(*WRITERS)])
    async def change_billing_cycle(cycle_id: str, body: CycleFields, request: Request) -> Response:
        await cycle_row(api, cycle_id)
        await api.command(request, ChangeBillingCycle(name=body.name, terms=body.to_terms(cycle_id)))
        return Answer(cycle_shape(await cycle_row(api, cycle_id)))

    @routes.delete("/v1/billing-cycles/{cycle_id}", status_code=204, dependencies=[api.roles(*WRITERS)])
    async def delete_cycle(cycle_id: str, request: Request) -> Response:
        await api.command(request, DeleteBillingCycle(cycle_id=cycle_id))
        return Response(status_code=204)

    @routes.get("/v1/billing-cycles", **listed(api, CYCLES, CyclePage))
    async def cycles(request: Request) -> Response:
        return await CYCLES.fetch(request, api, shape=cycle_shape)

    @routes.get("/v1/billing-cycles/{cycle_id}", response_model=CycleShape, dependencies=[api.roles(*READERS)])
    async def cycle(cycle_id: str) -> Response:
        return Answer(cycle_shape(await cycle_row(api, cycle_id)))

    @routes.get(
        "/v1/billing-cycles/{cycle_id}/periods", response_model=PeriodsShape, dependencies=[api.roles(*READERS)]
    )
    async def cycle_periods(
        cycle_id: str,
        count: Annotated[int, Query(ge=1, le=COUNT_MAX)] = 6,
        first: Annotated[
            str | None,
            Query(
                alias="from",
                description="a day of the first period (of an anniversary cycle its first day); today if absent",
            ),
        ] = None,
    ) -> Response:
        terms = terms_of(await cycle_row(api, cycle_id))
        day = local_date(api.clock.now(), terms.time_zone) if first is None else _day(first)
        found = periods(cycle_of(terms.anchored_at(day)), day, count)
        return Answer({"items": [{"start": period.start, "end": period.end} for period in found]})

    return routes


def cycle_shape(row: asyncpg.Record) -> dict[str, Any]:
    terms = terms_of(row)
    used = f"accounts that bill by it: {row['accounts']}" if row["accounts"] else None
    return {
        "id": row["cycle_id"],
        "name": row["name"],
        "frequency": msgspec.to_builtins(terms.frequency),
        "anchor_day": terms.anchor_day,
        "anchor_month": terms.anchor_month,
        "counts_from": terms.counts_from,
        "anchor": terms.anchor,
        "time_zone": terms.time_zone,
        "defined_at": row["defined_at"],
        "accounts": row["accounts"],
        "next_close": row["next_close"],
        "version": row["version"],
        "allowed_actions": [
            action("rename"),
            action("change_calendar", why_not=used and f"{used}; {REMEDY}"),
            action("delete", why_not=used and f"{used}; {REMEDY}"),
        ],
    }


def terms_of(row: asyncpg.Record) -> CycleTerms:
    return msgspec.json.decode(row["terms"], type=CycleTerms)


async def cycle_row(api: Api, cycle_id: str) -> asyncpg.Record:
    row: asyncpg.Record | None = await api.db.fetchrow(f"select * from {_SOURCE} where cycle_id = $1", cycle_id)
    if row is None:
        raise not_found("billing cycle", cycle_id)
    return row


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except ValueError as error:
        raise BadParameter("from", str(error)) from error
