"""Sessions: what equipment said of each connection from its start to its stop.

GET /v1/usage/sessions?resource=user:ann&state=open
{"items": [{"session_id": "5F3A0001", "source": "bng-1", "resource": "user:ann", "state": "open", "closed_by": null,
            "quantities": {"data.octets": "73400320"}, "up": {"data.octets": "3400320"},
            "down": {"data.octets": "70000000"}, "started_at": "2026-11-23T01:00:00Z", ...}]}
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.usage.session.rows import SessionRow
from services.usage.session.state import by_direction
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.row_shape import RowShape
from shared.kernel.decimals import EXACT, format_decimal
from shared.kernel.resource_names import canonical


def _whole(session_id: str) -> str:
    """A record tells its session with its direction."""
    return by_direction(session_id)[0]


SESSION: Final = RowShape(SessionRow, hidden=("name",))


@SESSION.model
class UsageSession(BaseModel):
    """`state`: `open`; `closed` by its Stop or by its NAS; `estimated`, closed for it was silent (R29).

    `quantities` is what it came to, by meter: `up` and `down` together, which are empty where its reports tell no
    directions apart. `session_id` is without the direction that theirs end in. `last_at` is its latest report in the
    world, `heard_at` when that came, `expires_at` when it is closed unless it is heard of before. `reports` counts its
    records.
    """

    quantities: dict[str, str]
    up: dict[str, str]
    down: dict[str, str]


class SessionPage(Page):
    items: list[UsageSession]


SESSIONS: Final = Listing(
    source="session",
    columns=(*SESSION.columns, "name"),
    filters={
        **{name: Filter(name) for name in ("account_id", "subscription_id", "source")},
        "session_id": Filter("session_id", canonical=_whole),
        "resource": Filter("resource", canonical=canonical),
        "state": Filter("state", one_of=("open", "closed", "estimated")),
        "closed_by": Filter("closed_by", one_of=("stop", "accounting_on", "accounting_off", "silence")),
        "from": Filter("started_at", op=">=", kind="instant"),
        "to": Filter("started_at", op="<", kind="instant"),
    },
    sorts={name: name for name in ("started_at", "last_at", "heard_at")},
    default_sort="-started_at",
    tiebreak="name",
    counted_to=100_000,
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/usage/sessions", **listed(api, SESSIONS, SessionPage))
    async def sessions(request: Request) -> Response:
        """Sessions, the latest begun first. `from` (included) and `to` (excluded) mean `started_at`."""
        return Answer(await SESSIONS.page(request, api, shape=_shape))

    return routes


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    values = SESSION.values(row)
    sums: dict[str, Decimal] = {}
    for told in (values["quantities"], values["up"], values["down"]):
        for meter, quantity in told.items():
            sums[meter] = EXACT.add(sums.get(meter, Decimal(0)), Decimal(quantity))
    return {**values, "quantities": {meter: format_decimal(total) for meter, total in sums.items()}}
