"""Saying whose a resource was, also in time that is over: the usage that was counted then goes along.

    POST /v1/resources/mac%3A00%3A1b%3A44%3A11%3A3a%3Ab7/reassignments
         {"account_id": "bolt", "subscription_id": "sub-9", "from": "2026-09-10T00:00:00Z", "preview": true}
    200  {"records": 412, "moves": [{"from": {"account_id": "acme", ...}, "to": {"account_id": "bolt", ...}, ...}], ...}
    the same without preview
    201  {..., "retraction": {"id": "k2f…", "status": "done", "reason": "reassigned", "records": 412, ...}}

Without an account it was nobody's: its usage goes to the prefix over it, if there is one, else to quarantine.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from services.usage.reassignment.preview import Holder, Moves, moves_of
from services.usage.resource.api import AssignmentShape, check_by_hand, registered_as
from services.usage.resource.messages import ReassignResource
from services.usage.resource.state import Assignment
from services.usage.retraction.api import Note
from services.usage.retraction.shapes import RetractionShape, settled, shapes_of
from shared.http.answer import Answer
from shared.http.api import Api, expected_version
from shared.http.auth import WRITERS
from shared.kernel.bodies import Body, Instant
from shared.kernel.ids import check_id
from shared.kernel.instants import clamped


class ReassignmentBody(Body):
    """In [from, to) the resource was the subscription's, or without one nobody's. With `preview` nothing is done."""

    account_id: str | None = None
    subscription_id: str | None = None
    since: Annotated[Instant, Field(alias="from")]
    to: Instant | None = None
    note: Note | None = None
    preview: StrictBool = False

    @model_validator(mode="after")
    def _both_or_none(self) -> ReassignmentBody:
        if (self.account_id is None) != (self.subscription_id is None):
            reason = "give account_id and subscription_id, or none of them where it was nobody's"
            raise PydanticCustomError("invalid", "{reason}", {"reason": reason})
        return self


class UsageHolderShape(BaseModel):
    account_id: str
    subscription_id: str


class MoveShape(BaseModel):
    """Records that were counted for `from` and go to `to`; `null`: to quarantine, as `no_subscription`.

    `may_be_too_late` of them began more than 35 days ago: where their period has been closed for longer than that,
    rating leaves them on the bill that they are on (`too_late`).
    """

    model_config = ConfigDict(populate_by_name=True)

    origin: Annotated[UsageHolderShape, Field(alias="from")]
    to: UsageHolderShape | None
    records: int
    may_be_too_late: int


class ReassignmentShape(BaseModel):
    """What was counted for others in that time, as it was found before, and the assignments behind it.

    `retraction` tells how far it is: `null` of a preview, and where nothing changes. What rating refuses of it stays.
    """

    model_config = ConfigDict(populate_by_name=True)

    resource_id: str
    account_id: str | None
    subscription_id: str | None
    since: Annotated[datetime, Field(alias="from")]
    to: datetime | None
    preview: bool
    records: int
    may_be_too_late: int
    moves: list[MoveShape]
    assignments: list[AssignmentShape]
    retraction: RetractionShape | None


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post(
        "/v1/resources/{resource_id:path}/reassignments",
        status_code=201,
        response_model=ReassignmentShape,
        responses={200: {"model": ReassignmentShape, "description": "With `preview`. Nothing is done."}},
        dependencies=[api.roles(*WRITERS)],
    )
    async def reassign_resource(resource_id: str, body: ReassignmentBody, request: Request) -> Response:
        """Say whose the resource was, with the usage that was counted then for others."""
        resource_id = await registered_as(api, resource_id)
        check_by_hand(resource_id)
        command = ReassignResource(
            resource_id=resource_id,
            retraction_id=api.new_id(request, "retraction"),
            account_id=None if body.account_id is None else check_id(body.account_id, "/account_id"),
            subscription_id=None
            if body.subscription_id is None
            else check_id(body.subscription_id, "/subscription_id"),
            valid_from=body.since,
            valid_to=body.to,
            note=body.note,
        )
        found = await moves_of(api, command, expected_version(request) if body.preview else None)
        if body.preview:
            return Answer(_shape(command, found, retraction=None, preview=True))
        await api.command(request, command)
        known = await shapes_of(api, [command.retraction_id])
        retraction = await settled(api, command.retraction_id) if known else None
        return Answer(_shape(command, found, retraction=retraction, preview=False), status_code=201)

    return routes


def _shape(
    command: ReassignResource, found: Moves, *, retraction: dict[str, Any] | None, preview: bool
) -> dict[str, Any]:
    moves = sorted(found.moves.items(), key=lambda move: (-move[1], str(move[0])))
    return {
        **{name: getattr(command, name) for name in ("resource_id", "account_id", "subscription_id")},
        "from": command.valid_from,
        "to": command.valid_to,
        "preview": preview,
        "records": sum(records for _, records in moves),
        "may_be_too_late": sum(found.old.values()),
        "moves": [_move(holders, n, found.old.get(holders, 0)) for holders, n in moves],
        "assignments": _assignments(found.assignments),
        "retraction": retraction,
    }


def _move(holders: tuple[Holder, Holder], records: int, old: int) -> dict[str, Any]:
    origin, to = map(_holder, holders)
    return {"from": origin, "to": to, "records": records, "may_be_too_late": old}


def _holder(holder: Holder) -> dict[str, str] | None:
    return None if holder is None else {"account_id": holder[0], "subscription_id": holder[1]}


def _assignments(assignments: Sequence[Assignment]) -> list[dict[str, Any]]:
    return [
        {
            "account_id": one.account,
            "subscription_id": one.subscription,
            "from": clamped(one.valid_from),
            "to": None if one.until is None else clamped(one.until),
        }
        for one in assignments
    ]
