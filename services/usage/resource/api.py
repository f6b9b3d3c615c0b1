"""Resources: the names that equipment knows lines by, and whose usage they meter when.

    POST /v1/resources                                         {"id": "mac:00:1b:44:11:3a:b7"}
    POST /v1/resources/mac%3A00%3A1b%3A44%3A11%3A3a%3Ab7/assignments
         {"account_id": "acme", "subscription_id": "sub-1", "from": "2026-09-01T00:00:00Z"}
    POST /v1/resources                                         {"id": "ip:10.1.2.0/24"}      or tel:+4312*

A prefix is a resource like any other. Usage of an address in it is that of the address's own assignment, else of the
longest prefix that covers it and is assigned then. A new assignment ends the open-ended one before it. Subscriptions
have a resource `subscription:<id>` of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.usage.resource.messages import AssignResource, RegisterResource
from services.usage.resource.rows import ResourceRow
from services.usage.resource.state import ID_LENGTH_MAX, SUBSCRIPTION
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import Body, Instant
from shared.kernel.errors import Rejection
from shared.kernel.ids import STEPS, check_id
from shared.kernel.resource_names import canonical, spellings


class ResourceBody(Body):
    id: str | None = None


class AssignmentBody(Body):
    """Usage that starts at `from` or later, and before `to`, belongs to the subscription."""

    account_id: str
    subscription_id: str
    since: Annotated[Instant, Field(alias="from")]
    to: Instant | None = None


class AssignmentShape(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    account_id: str
    subscription_id: str
    since: Annotated[datetime, Field(alias="from")]
    to: datetime | None


RESOURCE: Final = RowShape(ResourceRow)


@RESOURCE.model
class ResourceShape(BaseModel):
    assignments: list[AssignmentShape]
    allowed_actions: list[ActionShape]


class AssignedShape(AssignmentShape):
    """The assignment that was made, and all of the resource's with it."""

    resource_id: str
    version: int
    assignments: list[AssignmentShape]


class ResourcePage(Page):
    items: list[ResourceShape]


class AssignmentPage(Page):
    items: list[AssignmentShape]


_ASSIGNED: Final = """
exists (select from assignment a where a.resource_id = resource.id and {condition})
"""

RESOURCES: Final = Listing(
    source="resource",
    columns=RESOURCE.columns,
    filters={
        "id": Filter("id", canonical=canonical),
        "prefix": Filter("id", op="prefix"),
        "account_id": Filter(where=_ASSIGNED.format(condition="a.account_id = {value}")),
        "subscription_id": Filter(where=_ASSIGNED.format(condition="a.subscription_id = {value}")),
    },
    sorts={"id": "id", "registered_at": "registered_at"},
    default_sort="id",
    tiebreak="id",
)

# What is not told is null to `least`: the earlier of both ends, or the one there is.
_UNTIL: Final = "least(valid_to, ends_at)"

ASSIGNMENTS: Final = Listing(
    source=f"(select *, {_UNTIL} as until from assignment) as assignment",
    columns=("account_id", "subscription_id", "valid_from", "until"),
    filters={"account_id": Filter("account_id"), "subscription_id": Filter("subscription_id")},
    sorts={"from": "valid_from"},
    default_sort="from",
    tiebreak="valid_from",
)

_ASSIGNMENTS: Final = f"""
select resource_id, account_id, subscription_id, valid_from, {_UNTIL} as until
  from assignment where resource_id = any($1::text[]) order by resource_id, valid_from
"""


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/resources", status_code=201, response_model=ResourceShape, dependencies=[api.roles(*WRITERS)])
    async def register_resource(body: ResourceBody, request: Request) -> Response:
        """Make a resource known, so that it can be assigned."""
        resource_id = canonical(body.id) if body.id is not None else api.new_id(request, "resource")
        _check_resource_id(resource_id)
        await api.command(request, RegisterResource(resource_id=resource_id))
        return Answer(await _resource(api, resource_id), status_code=201)

    @routes.get("/v1/resources", **listed(api, RESOURCES, ResourcePage))
    async def resources(request: Request) -> Response:
        """All resources with their assignments; filters account_id, subscription_id, id, prefix."""
        page = await RESOURCES.page(request, api)
        assignments = await _assignments(api, [row["id"] for row in page["items"]])
        page["items"] = [_shape(row, assignments.get(row["id"], [])) for row in page["items"]]
        return Answer(page)

    # An id may hold a slash, %2F in the path; so these come before the resource itself.
    @routes.post(
        "/v1/resources/{resource_id:path}/assignments",
        status_code=201,
        response_model=AssignedShape,
        dependencies=[api.roles(*WRITERS)],
    )
    async def assign_resource(resource_id: str, body: AssignmentBody, request: Request) -> Response:
        """Say whose usage the resource meters from an instant on."""
        resource_id = await registered_as(api, resource_id)
        command = AssignResource(
            resource_id=resource_id,
            account_id=check_id(body.account_id, "/account_id"),
            subscription_id=check_id(body.subscription_id, "/subscription_id"),
            valid_from=body.since,
            valid_to=body.to,
        )
        check_by_hand(resource_id)
        await api.command(request, command)
        resource = await _resource(api, resource_id)
        made = {
            "resource_id": resource_id,
            "account_id": body.account_id,
            "subscription_id": body.subscription_id,
            "from": body.since,
            "to": body.to,
            "version": resource["version"],
            "assignments": resource["assignments"],
        }
        return Answer(made, status_code=201)

    @routes.get("/v1/resources/{resource_id:path}/assignments", **listed(api, ASSIGNMENTS, AssignmentPage))
    async def assignments(resource_id: str, request: Request) -> Response:
        """A resource's assignments, in order of time."""
        resource_id = await registered_as(api, resource_id)
        await _resource(api, resource_id)
        return await ASSIGNMENTS.fetch(request, api, shape=_assignment, where={"resource_id": resource_id})

    @routes.get("/v1/resources/{resource_id:path}", response_model=ResourceShape, dependencies=[api.roles(*READERS)])
    async def resource(resource_id: str) -> Response:
        """One resource. An address or a number may be written in any of its spellings."""
        return Answer(await _resource(api, await registered_as(api, resource_id)))

    return routes


async def registered_as(api: Api, resource_id: str) -> str:
    """How the resource is called here: the canonical form, unless it was registered in another before there was one."""
    wanted = spellings(canonical(resource_id))
    if len(wanted) == 1:
        return wanted[0]
    rows = await api.db.fetch("select id from resource where id = any($1::text[])", list(wanted))
    return min((row["id"] for row in rows), key=wanted.index, default=wanted[0])


def check_by_hand(resource_id: str) -> None:
    """Refuse what only its subscription assigns."""
    if resource_id.startswith(SUBSCRIPTION):
        raise _reserved(None)


def _check_resource_id(resource_id: str) -> None:
    if not 0 < len(resource_id) <= ID_LENGTH_MAX or not resource_id.isprintable():
        detail = f"a resource id has 1 to {ID_LENGTH_MAX} printable characters"
        raise Rejection("invalid", detail, pointer="/id")
    if not STEPS.isdisjoint(re.split(r"[/\\]", resource_id)):
        raise Rejection("invalid", "a resource id has no . or .. between slashes; choose another", pointer="/id")
    if resource_id.startswith(SUBSCRIPTION):
        raise _reserved("/id")


def _reserved(pointer: str | None) -> Rejection:
    detail = "a resource subscription:<id> belongs to its subscription from start to end; it is not assigned by hand"
    return Rejection("reserved", detail, pointer=pointer)


async def _resource(api: Api, resource_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow(f"select {', '.join(RESOURCE.columns)} from resource where id = $1", resource_id)
    if row is None:
        raise not_found("resource", resource_id)
    return _shape(row, (await _assignments(api, [resource_id])).get(resource_id, []))


async def _assignments(api: Api, resource_ids: Sequence[str]) -> dict[str, list[asyncpg.Record]]:
    found: dict[str, list[asyncpg.Record]] = {}
    for row in await api.db.fetch(_ASSIGNMENTS, list(resource_ids)):
        found.setdefault(row["resource_id"], []).append(row)
    return found


def _shape(row: Any, assignments: Sequence[asyncpg.Record]) -> dict[str, Any]:
    by_hand = not row["id"].startswith(SUBSCRIPTION)
    reason = None if by_hand else "it belongs to its subscription"
    return {
        **RESOURCE.values(row),
        "assignments": [_assignment(assignment) for assignment in assignments],
        "allowed_actions": [action("assign", why_not=reason)],
    }


def _assignment(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "account_id": row["account_id"],
        "subscription_id": row["subscription_id"],
        "from": row["valid_from"],
        "to": row["until"],
    }
