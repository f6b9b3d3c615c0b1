"""What an element was told, compared with the sessions that accounting tells of; what differs is told once more.

POST /v1/network-elements/bng-1/reconcile
    {"should_be_off": [{"resource_id": "subscription:sub-1", "version": 3, "session_id": "…", "heard_at": "…"}],
     "should_be_on": [], "repeated": 1, "more": false}

Off and yet on: blocked, acknowledged, and a session was heard of after that. On and yet off: not blocked, acknowledged,
and of its sessions none is open; its customer may just have switched it off, and to be told once more does no harm.
Lines without accounting can't be compared. What is on its way is left to delivery.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.usage.access.messages import RepeatAccess
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.problems import not_found

LINES_MAX: Final = 200
"""Of each kind, in one request; `more` says that there are others."""


class DifferenceShape(BaseModel):
    """A line, what it was told, and its latest session."""

    resource_id: str
    version: int
    session_id: str
    heard_at: datetime


class ReconciledShape(BaseModel):
    """Lines that have something else than they were told, and how many of them are told once more."""

    should_be_off: list[DifferenceShape]
    should_be_on: list[DifferenceShape]
    repeated: int
    more: bool


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post(
        "/v1/network-elements/{element_id}/reconcile",
        response_model=ReconciledShape,
        dependencies=[api.roles(*WRITERS)],
    )
    async def reconcile(element_id: str, request: Request) -> Response:
        if not await api.db.fetchval(_THERE, element_id):
            raise not_found("network element", element_id)
        off = await api.db.fetch(_SHOULD_BE_OFF, element_id)
        on = await api.db.fetch(_SHOULD_BE_ON, element_id)
        for rows, reason in ((off, "a session is open"), (on, "no session is open")):
            for row in rows[:LINES_MAX]:
                command = RepeatAccess(resource_id=row["resource_id"], version=row["version"], reason=reason)
                await api.send(request, command)
        return Answer(_shape(off, on))

    return routes


def _shape(off: list[Any], on: list[Any]) -> dict[str, Any]:
    named = [[dict(row) for row in rows[:LINES_MAX]] for rows in (off, on)]
    return {
        "should_be_off": named[0],
        "should_be_on": named[1],
        "repeated": sum(map(len, named)),
        "more": max(len(off), len(on)) > LINES_MAX,
    }


_THERE: Final = "select exists (select from network_element where element_id = $1 and deleted_at is null)"

# The newest version of each line that this element has acknowledged.
_TOLD: Final = """
select i.* from network_intent i
 where i.element_id = $1 and i.state = 'acknowledged'
   and not exists (
       select from network_intent n
        where n.partition = i.partition and n.resource_id = i.resource_id and n.version > i.version
   )
"""
_ROWS: Final = f"""
select told.resource_id, told.version, s.session_id, s.heard_at
  from ({_TOLD}) as told
 cross join lateral (
     select session_id, heard_at, max(heard_at) filter (where state = 'open') over () as open_heard_at
       from session where subscription_id = substr(told.resource_id, length('subscription:') + 1)
      order by heard_at desc limit 1
 ) s
"""
_SHOULD_BE_OFF: Final = f"""
{_ROWS} where told.desired = 'blocked' and s.open_heard_at > told.answered_at
 order by told.resource_id limit {LINES_MAX + 1}
"""
_SHOULD_BE_ON: Final = f"""
{_ROWS} where told.desired <> 'blocked' and s.open_heard_at is null
 order by told.resource_id limit {LINES_MAX + 1}
"""
