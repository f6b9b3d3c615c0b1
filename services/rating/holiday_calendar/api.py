"""Calendars of holidays, which bands of calls may name.

POST /v1/holidays {"id": "fr", "name": "France", "dates": ["2026-07-14", "2026-12-25"]}
PUT  /v1/holidays/fr {"name": "France", "dates": [...]}        all its days from now on; If-Match takes its version
DELETE /v1/holidays/fr                                         while no version of a plan names it

What was closed before a change keeps the days it was closed with.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, Field

from services.rating.fields import Body, NameText, from_json
from services.rating.holiday_calendar.messages import ChangeHolidays, DefineHolidays, DeleteHolidays
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import Record
from shared.kernel.bodies import BillingDate, IdText
from shared.kernel.errors import in_use

DATES_MAX: Final = 1000

Dates = Annotated[list[BillingDate], Field(max_length=DATES_MAX)]


class HolidaysChange(Body):
    """All days of the calendar; one given twice counts once."""

    name: NameText
    dates: Dates


class HolidaysBody(HolidaysChange):
    id: IdText | None = None


class HolidaysShape(BaseModel):
    id: str
    name: str
    dates: list[date]
    version: int
    changed_at: AwareDatetime
    allowed_actions: list[ActionShape]


class HolidaysPage(Page):
    items: list[HolidaysShape]


_LATEST: Final = """
(select latest.* from
    (select distinct on (calendar_id) calendar_id, version, name, dates, changed_at, deleted_at
       from holiday_calendar_row order by calendar_id, version desc) as latest
  where latest.deleted_at is null) as holidays
"""

CALENDARS: Final = Listing(
    source=_LATEST,
    columns=("calendar_id", "version", "name", "dates", "changed_at"),
    filters={"id": Filter("calendar_id"), "name": Filter("name")},
    sorts={"id": "calendar_id", "name": "name", "changed_at": "changed_at"},
    default_sort="id",
    tiebreak="calendar_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/holidays", status_code=201, response_model=HolidaysShape, dependencies=[api.roles(*WRITERS)])
    async def define_holidays(body: HolidaysBody, request: Request) -> Response:
        calendar_id = body.id or api.new_id(request, "holidays")
        await api.command(request, DefineHolidays(calendar_id=calendar_id, name=body.name, dates=body.dates))
        return Answer(await _calendar(api, calendar_id), status_code=201)

    @routes.get("/v1/holidays", **listed(api, CALENDARS, HolidaysPage))
    async def holidays(request: Request) -> Response:
        page = await CALENDARS.page(request, api, shape=dict)
        return Answer({**page, "items": await _shapes(api, page["items"])})

    @routes.get("/v1/holidays/{calendar_id}", response_model=HolidaysShape, dependencies=[api.roles(*READERS)])
    async def holidays_of(calendar_id: str) -> Response:
        return Answer(await _calendar(api, calendar_id))

    @routes.put("/v1/holidays/{calendar_id}", response_model=HolidaysShape, dependencies=[api.roles(*WRITERS)])
    async def change_holidays(calendar_id: str, body: HolidaysChange, request: Request) -> Response:
        await _calendar(api, calendar_id)
        await api.command(request, ChangeHolidays(calendar_id=calendar_id, name=body.name, dates=body.dates))
        return Answer(await _calendar(api, calendar_id))

    @routes.delete("/v1/holidays/{calendar_id}", status_code=204, dependencies=[api.roles(*WRITERS)])
    async def delete_holidays(calendar_id: str, request: Request) -> Response:
        await api.command(request, DeleteHolidays(calendar_id=calendar_id))
        return Response(status_code=204)

    return routes


async def _calendar(api: Api, calendar_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow(f"select * from {_LATEST} where calendar_id = $1", calendar_id)
    if row is None:
        raise not_found("holiday calendar", calendar_id)
    (shape,) = await _shapes(api, [row])
    return shape


_NAMED: Final = """
select price ->> 'holidays' as calendar_id, array_agg(distinct plan_id order by plan_id) as plans
  from plan_version_row, jsonb_array_elements(prices) as price
 where price ->> 'holidays' = any($1::text[]) group by 1
"""


async def _shapes(api: Api, rows: Sequence[Record]) -> list[dict[str, Any]]:
    named = await api.db.fetch(_NAMED, [row["calendar_id"] for row in rows])
    plans = {row["calendar_id"]: row["plans"] for row in named}
    return [_shape(row, plans.get(row["calendar_id"], [])) for row in rows]


def _shape(row: Record, plans: list[str]) -> dict[str, Any]:
    why_not = in_use("holidays", row["calendar_id"], "plan", plans).detail if plans else None
    return {
        "id": row["calendar_id"],
        "name": row["name"],
        "dates": from_json(row["dates"]),
        "version": row["version"],
        "changed_at": row["changed_at"],
        "allowed_actions": [action("update"), action("delete", why_not=why_not)],
    }
