"""Top-ups that were bought, and taking back what is not used of one.

GET  /v1/top-ups?subscription_id=sub-1&status=active
GET  /v1/top-ups/{id}
POST /v1/top-ups/{id}/cancel   {"reason": "Ordered twice"}                        the same share of its price comes back
POST /v1/top-ups/{id}/cancel   {"reason": "Campaign is over", "credit": false}    it expires now

What is left of one while its period runs is shown by GET /v1/subscriptions/{id}/allowances.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictBool

from services.rating.allowance.messages import CancelTopUp, top_up_used_up
from services.rating.allowance.rows import TopUpRow
from services.rating.fields import Body
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import documented
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import PrintableText
from shared.kernel.errors import Rejection

CANCELLED: Final = "cancelled"
STATUSES: Final = ("active", "used_up", "expired", CANCELLED)

_ENDED: Final = {
    "used_up": "is used up",
    "expired": "has expired",
    CANCELLED: "was cancelled",
}


class CancelTopUpBody(Body):
    """With `credit` the unused part's share of the price is given back, without it nothing is."""

    reason: Annotated[PrintableText, Field(min_length=1, max_length=200)]
    credit: StrictBool = True


_TOP_UP: Final = RowShape(TopUpRow, hidden=("currency",), renamed={"top_up_id": "id"})


@_TOP_UP.model
class TopUpShape(BaseModel):
    """A top-up. `remaining` is what the last close left of it, `unused` what was taken back when it was cancelled.

    `charge_id` is what it cost, `credit_id` what gave `credited` of that back; `null` where its charge was not billed
    and is cancelled too.
    """

    status: Literal["active", "used_up", "expired", "cancelled"]
    expires_on: date | None
    version: int
    allowed_actions: list[ActionShape]


class TopUpPage(Page):
    items: list[TopUpShape]


_TOP_UPS: Final = """
(select t.partition, t.top_up_id, t.subscription_id, t.account_id, t.meter, t.quantity,
        case when t.cancelled_at is null then t.remaining else 0 end as remaining,
        t.expires_on, t.price, t.currency, t.charge_id,
        case when t.cancelled_at is null then t.status else 'cancelled' end as status,
        t.added_at, t.cancelled_at, t.reason, t.unused, t.credited, t.credit_id
   from top_up_row as t) as top_up
"""

TOP_UPS: Final = Listing(
    source=_TOP_UPS,
    filters={
        "id": Filter("top_up_id"),
        "account_id": Filter("account_id"),
        "subscription_id": Filter("subscription_id"),
        "meter": Filter("meter"),
        "status": Filter("status", one_of=STATUSES),
    },
    sorts={"added_at": "added_at", "id": "top_up_id", "quantity": "quantity"},
    default_sort="-added_at",
    tiebreak="top_up_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get(
        "/v1/top-ups",
        response_model=TopUpPage,
        dependencies=[api.roles(*READERS)],
        openapi_extra=documented(TOP_UPS),
    )
    async def top_ups(request: Request) -> Response:
        return await TOP_UPS.fetch(request, api, shape=_shape)

    @routes.get("/v1/top-ups/{top_up_id}", response_model=TopUpShape, dependencies=[api.roles(*READERS)])
    async def top_up(top_up_id: str) -> Response:
        return Answer(_shape(await _row(api, top_up_id)))

    @routes.post("/v1/top-ups/{top_up_id}/cancel", response_model=TopUpShape, dependencies=[api.roles(*WRITERS)])
    async def cancel_top_up(top_up_id: str, body: CancelTopUpBody, request: Request) -> Response:
        row = await _row(api, top_up_id)
        command = CancelTopUp(
            top_up_id=top_up_id,
            subscription_id=row["subscription_id"],
            account_id=row["account_id"],
            reason=body.reason,
            credit=body.credit,
        )
        try:
            await api.command(request, command)
        except Rejection as refusal:
            raise _why_over(row, refusal) from refusal
        return Answer(_shape(await _row(api, top_up_id)))

    return routes


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    why = _ENDED.get(row["status"])
    return {
        **_TOP_UP.values(row),
        "version": 1,
        "allowed_actions": [action("cancel", why_not=None if why is None else f"it {why}")],
    }


def _why_over(row: asyncpg.Record, refusal: Rejection) -> Rejection:
    """The decider has forgotten a top-up that is over; the row knows how it ended."""
    why = _ENDED.get(row["status"])
    return refusal if why is None else top_up_used_up(row["top_up_id"], why)


async def _row(api: Api, top_up_id: str) -> asyncpg.Record:
    row: asyncpg.Record | None = await api.db.fetchrow(f"select * from {_TOP_UPS} where top_up_id = $1", top_up_id)
    if row is None:
        raise not_found("top-up", top_up_id)
    return row
