"""Sessions: what equipment said of each connection from its start to its stop.

GET /v1/usage/sessions?resource=user:ann&state=open
{"items": [{"session_id": "5F3A0001", "source": "bng-1", "resource": "user:ann", "state": "open", "closed_by": null,
            "quantities": {"data.octets": "73400320"}, "started_at": "2026-11-23T01:00:00Z", ...}]}
"""

from __future__ import annotations

from typing import Any, Final

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.usage.session.rows import SessionRow
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.row_shape import RowShape
from shared.kernel.resource_names import canonical

SESSION: Final = RowShape(SessionRow, hidden=("name",))


@SESSION.model
class UsageSession(BaseModel):
    """`state`: `open`; `closed` by its Stop or by its NAS; `estimated`, closed for it was silent (R29).

    `quantities` is what it came to, by meter. `last_at` is its latest report in the world, `heard_at` when that came,
    `expires_at` when it is closed unless it is heard of before. `reports` counts its records.
    """

    quantities: dict[str, str]


class SessionPage(Page):
    items: list[UsageSession]


SESSIONS: Final = Listing(
    source="session",
    columns=(*SESSION.columns, "name"),
    filters={
        **{name: Filter(name) for name in ("account_id", "subscription_id", "source", "session_id")},
        "resource": Filter("resource", canonical=canonical),
        "state": Filter("state", one_of=("open", "closed", "estimated")),
        "closed_by": Filter("closed_by", one_of=("stop", "accounting_on", "accounting_off", "silence")),
        "from": Filter("started_at", op=">=", kind="instant"),
        "to": Filter("started_at", op="<", kind="instant"),
    },
    sorts={name: name for name in ("started_at", "last_at", "heard_at")},
    default_sort="-started_at",
    tiebreak="name",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/usage/sessions", **listed(api, SESSIONS, SessionPage))
    async def sessions(request: Request) -> Response:
        """Sessions, the latest begun first. `from` (included) and `to` (excluded) mean `started_at`."""
        return Answer(await SESSIONS.page(request, api, shape=_shape))

    return routes


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    return SESSION.values(row)
