"""Meters: what a quantity counts.

POST /v1/meters  {"id": "sms.messages", "name": "Text messages", "unit": "message", "aggregation": "sum"}
201 {"id": "sms.messages", "name": "Text messages", "unit": "message", "aggregation": "sum", "built_in": false, ...}
PUT /v1/meters/voice.seconds/personal  {"personal": [{"attribute": "destination", "keep": 7}]}      sealed from then on
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StringConstraints

from services.usage.meter.messages import KEEP_MAX, DefineMeter, MarkPersonal, PersonalAttribute
from services.usage.meter.rows import MeterRow
from services.usage.meter.state import AGGREGATIONS, BUILT_IN, MARKS_MAX, SUM
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import Body, PrintableText
from shared.kernel.ids import check_id


class PersonalAttributeBody(Body):
    """An attribute of the meter's records that tells of a person, such as a called number or an IP address.

    Its value is sealed where it comes in, under a key of the account and month. The first `keep` characters stay
    readable, for prices to go by (a leading `+` or `00` is not counted); what is no longer is not hidden.
    """

    attribute: Annotated[PrintableText, Field(min_length=1, max_length=100)]
    keep: Annotated[int, Field(ge=0, le=KEEP_MAX, strict=True)] = 0


Personal = Annotated[list[PersonalAttributeBody], Field(max_length=MARKS_MAX)]


class PersonalBody(Body):
    """All that is personal of the meter's usage; an empty list: nothing is."""

    personal: Personal


class MeterBody(Body):
    """`unit` is a word for one of what is counted; `aggregation` how the records of a period become what is priced.

    Invoice lines read the `name`. A `unique` meter counts the different words of the attribute `unique_of`, and the ids
    of its records without it. `personal`: what of its usage is sealed.
    """

    id: str | None = None
    name: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = None
    unit: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    aggregation: Annotated[str, Field(json_schema_extra={"enum": list(AGGREGATIONS)})] = SUM
    unique_of: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = None
    personal: Personal = []


METER: Final = RowShape(MeterRow)


@METER.model
class MeterShape(BaseModel):
    """`name` is what people call the meter: its id where it was given none. `personal`: which attributes of its usage
    are sealed where they come in, since they were marked."""

    defined_at: datetime | None
    built_in: bool
    personal: list[PersonalAttributeBody]
    allowed_actions: list[ActionShape]
    version: int


class MeterPage(Page):
    items: list[MeterShape]


_BUILT_IN: Final = " union all ".join(
    f"select '{m.meter_id}', '{m.name}', '{m.unit}', '{m.aggregation}', null::timestamptz, null::text, true"
    for m in BUILT_IN.values()
)
_ALL: Final = f"select {', '.join(METER.columns)}, false as built_in from meter union all {_BUILT_IN}"
_METERS: Final = f"(select a.*, p.personal from ({_ALL}) as a left join meter_personal p on p.meter_id = a.id) as m"

METERS: Final = Listing(
    source=_METERS,
    columns=(*METER.columns, "built_in", "personal"),
    filters={"id": Filter("id"), "unit": Filter("unit"), "aggregation": Filter("aggregation")},
    sorts={"id": "id", "defined_at": "defined_at"},
    default_sort="id",
    tiebreak="id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/meters", status_code=201, response_model=MeterShape, dependencies=[api.roles(*WRITERS)])
    async def define_meter(body: MeterBody, request: Request) -> Response:
        """Define a meter; its definition never changes, but for what of it is personal."""
        meter_id = check_id(body.id, "/id") if body.id is not None else api.new_id(request, "meter")
        await api.command(
            request,
            DefineMeter(
                meter_id=meter_id,
                unit=body.unit,
                aggregation=body.aggregation,
                name=body.name,
                unique_of=body.unique_of,
                personal=_marks(body.personal),
            ),
        )
        return Answer(await _meter(api, meter_id), status_code=201)

    @routes.put("/v1/meters/{meter_id}/personal", response_model=MeterShape, dependencies=[api.roles(*WRITERS)])
    async def mark_personal(meter_id: str, body: PersonalBody, request: Request) -> Response:
        """Say what of a meter's usage is personal. It holds for what is reported from a second later on; what was
        recorded before stays as it is."""
        await api.command(request, MarkPersonal(meter_id=meter_id, personal=_marks(body.personal)))
        return Answer(await _meter(api, meter_id))

    @routes.get("/v1/meters", **listed(api, METERS, MeterPage))
    async def meters(request: Request) -> Response:
        """All meters, the built-in ones with them."""
        return await METERS.fetch(request, api, shape=_shape)

    @routes.get("/v1/meters/{meter_id}", response_model=MeterShape, dependencies=[api.roles(*READERS)])
    async def meter(meter_id: str) -> Response:
        """One meter."""
        return Answer(await _meter(api, meter_id))

    return routes


async def _meter(api: Api, meter_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow(f"select * from {_METERS} where id = $1", meter_id)
    if row is None:
        raise not_found("meter", meter_id)
    return _shape(row)


def _marks(personal: list[PersonalAttributeBody]) -> tuple[PersonalAttribute, ...]:
    return tuple(PersonalAttribute(attribute=one.attribute, keep=one.keep) for one in personal)


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    personal = [] if row["personal"] is None else msgspec.json.decode(row["personal"])
    return {
        **METER.values(row),
        "built_in": row["built_in"],
        "personal": personal,
        "version": 1,
        "allowed_actions": [action("mark_personal")],
    }
