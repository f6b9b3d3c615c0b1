"""What a line is to have of the network, and whether it was told.

GET /v1/resources/mac%3A00%3A1b%3A44%3A11%3A3a%3Ab7/access
    {"resource_id": "subscription:sub-1", "desired": "blocked", "profile": null, "why": ["subscription"], "version": 3,
     "sent_at": "…", "acknowledged_at": "…", "answer": "Disconnect-ACK", "attempts": 1, "element_id": "bng-1"}
PUT /v1/resources/subscription%3Asub-1/network-element {"element_id": "bng-1"}
POST /v1/resources/subscription%3Asub-1/access/repeat {"reason": "the OLT was exchanged"}     a new version, told again
GET /v1/network-intents?state=refused&element_id=bng-1

A resource stands for the subscription that it is assigned to now.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from services.usage.access.messages import AccessState, AssignElement, RepeatAccess
from services.usage.access.rows import IntentRow, IntentState
from services.usage.resource.state import SUBSCRIPTION
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import Body, IdText, PrintableText
from shared.kernel.errors import Rejection
from shared.kernel.resource_names import canonical, covering_of_any_length, spellings


class RatesShape(BaseModel):
    """A bandwidth profile as it was when it was asked for, in kbit/s."""

    profile: str
    down_kbps: int | None = None
    up_kbps: int | None = None
    burst_down_kbps: int | None = None
    burst_up_kbps: int | None = None
    burst_s: int | None = None


class AccessShape(BaseModel):
    """What the line is to have, by the newest version of that; `version` 0: nothing was ever told of it.

    `answer` is what the element said last, `state` how the telling goes.
    """

    resource_id: str
    desired: AccessState
    profile: RatesShape | None
    why: list[str]
    version: int
    state: IntentState | None
    element_id: str | None
    sent_at: datetime | None
    acknowledged_at: datetime | None
    answer: str | None
    attempts: int
    allowed_actions: list[ActionShape]


class RepeatBody(Body):
    """`reason` stands in the log beside what is told again."""

    reason: Annotated[PrintableText, Field(min_length=1, max_length=200)]


class ElementOfLineBody(Body):
    """`null`: the only element there is."""

    element_id: IdText | None


class ElementOfLineShape(BaseModel):
    resource_id: str
    element_id: str | None


_INTENT: Final = RowShape(IntentRow, hidden=("rates",))


@_INTENT.model
class IntentShape(BaseModel):
    """A version of what a line is to have."""

    profile: RatesShape | None


class IntentPage(Page):
    items: list[IntentShape]


INTENTS: Final = Listing(
    source="network_intent",
    filters={
        "state": Filter("state"),
        "element_id": Filter("element_id"),
        "resource_id": Filter("resource_id"),
        "desired": Filter("desired"),
    },
    sorts={"wanted_at": "wanted_at", "resource_id": "resource_id"},
    default_sort="-wanted_at",
    tiebreak="resource_id || '/' || version",
    counted_to=100_000,
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/network-intents", **listed(api, INTENTS, IntentPage))
    async def intents(request: Request) -> Response:
        return await INTENTS.fetch(request, api, shape=_intent)

    @routes.get(
        "/v1/resources/{resource_id:path}/access", response_model=AccessShape, dependencies=[api.roles(*READERS)]
    )
    async def access(resource_id: str) -> Response:
        return Answer(await _access(api, await line_of(api, resource_id)))

    @routes.post(
        "/v1/resources/{resource_id:path}/access/repeat",
        response_model=AccessShape,
        dependencies=[api.roles(*WRITERS)],
    )
    async def repeat_access(resource_id: str, body: RepeatBody, request: Request) -> Response:
        """Tell the network once more what the line is to have. 409 `nothing_to_tell` where it was never to be told."""
        line = await line_of(api, resource_id)
        known = await _access(api, line)
        if (why_not := _why_not_again(known)) is not None:
            raise Rejection("nothing_to_tell", why_not, status=409)
        command = RepeatAccess(resource_id=line, version=known["version"], reason=body.reason)
        await api.command(request, command)
        return Answer(await _access(api, line))

    @routes.put(
        "/v1/resources/{resource_id:path}/network-element",
        response_model=ElementOfLineShape,
        dependencies=[api.roles(*WRITERS)],
    )
    async def assign_element(resource_id: str, body: ElementOfLineBody, request: Request) -> Response:
        """Which element serves the line; without any, the only one there is."""
        line = await line_of(api, resource_id)
        await api.command(request, AssignElement(resource_id=line, element_id=body.element_id))
        return Answer({"resource_id": line, "element_id": body.element_id})

    return routes


_LINE: Final = """
select r.id, a.subscription_id from resource r
  left join lateral (
      select subscription_id from assignment
       where resource_id = r.id and valid_from <= $2 and (valid_to is null or valid_to > $2)
       order by valid_from desc limit 1
  ) a on true
 where r.id = any($1::text[])
"""


async def line_of(api: Api, resource_id: str) -> str:
    """`subscription:<id>` of the resource, today. Raises `not_found` for one that is nobody's."""
    name = canonical(resource_id)
    wanted = (*spellings(name), *covering_of_any_length(name))
    rows = await api.db.fetch(_LINE, list(wanted), api.clock.now())
    if not rows:
        raise not_found("resource", resource_id)
    # As usage is guided: by the resource itself, else by the longest prefix that is somebody's.
    row = min(rows, key=lambda row: (row["subscription_id"] is None, wanted.index(row["id"])))
    if row["id"].startswith(SUBSCRIPTION):
        return str(row["id"])
    if row["subscription_id"] is None:
        raise not_found("subscription of the resource", resource_id)
    return f"{SUBSCRIPTION}{row['subscription_id']}"


async def _access(api: Api, line: str) -> dict[str, Any]:
    row = await api.db.fetchrow(
        "select * from network_intent where resource_id = $1 order by version desc limit 1", line
    )
    if row is None:
        nothing: dict[str, Any] = dict.fromkeys(
            ("profile", "state", "element_id", "sent_at", "acknowledged_at", "answer")
        )
        empty = {**nothing, "resource_id": line, "desired": "open", "why": [], "version": 0, "attempts": 0}
        return {**empty, "allowed_actions": [action("repeat", why_not=_why_not_again(empty))]}
    acknowledged = row["state"] == "acknowledged"
    return {
        **{name: row[name] for name in ("resource_id", "desired", "version", "state", "element_id", "sent_at")},
        "profile": _rates(row),
        "why": list(row["why"]),
        "acknowledged_at": row["answered_at"] if acknowledged else None,
        "answer": row["answer"],
        "attempts": row["attempts"],
        "allowed_actions": [action("repeat", why_not=_why_not_again(row))],
    }


def _why_not_again(access: Mapping[str, Any]) -> str | None:
    if not access["version"]:
        return "the network was never to be told anything of this line"
    return "it was not told yet: that is still to come" if access["state"] == "pending" else None


def _intent(row: Any) -> dict[str, Any]:
    return {**_INTENT.values(row), "profile": _rates(row)}


def _rates(row: Any) -> Any:
    return None if row["rates"] is None else msgspec.json.decode(row["rates"])
