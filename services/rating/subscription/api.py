"""Subscriptions: an account takes a plan from a day on.

POST /v1/subscriptions {"id": "sub-1", "account_id": "acc-1", "plan_id": "fiber", "start": "2026-09-01"}
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final, Literal

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.rating.fields import Body
from services.rating.subscription.messages import StartSubscription
from services.rating.subscription.rows import SubscriptionRow
from shared.http.actions import ActionShape, not_yet
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import documented
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import BillingDate, IdText
from shared.kernel.calendar import local_date

Status = Literal["pending", "active", "ended"]


class SubscriptionBody(Body):
    """`start` is the first day of service, `end` the day after the last, both in the account's time zone."""

    id: IdText | None = None
    account_id: IdText
    plan_id: IdText
    start: BillingDate
    end: BillingDate | None = None


_SUBSCRIPTION: Final = RowShape(
    SubscriptionRow, renamed={"subscription_id": "id", "starts_on": "start", "ends_on": "end"}
)


@_SUBSCRIPTION.model
class SubscriptionShape(BaseModel):
    """A subscription; `status` as of today in the account's time zone."""

    status: Status
    version: int
    allowed_actions: list[ActionShape]


class SubscriptionPage(Page):
    items: list[SubscriptionShape]


_SOURCE: Final = """
(select s.*, a.terms ->> 'time_zone' as time_zone
   from subscription_row s join account_row a using (partition, account_id)) as subscription
"""

SUBSCRIPTIONS: Final = Listing(
    source=_SOURCE,
    columns=(*_SUBSCRIPTION.columns, "time_zone"),
    filters={
        "id": Filter("subscription_id"),
        "account_id": Filter("account_id"),
        "plan_id": Filter("plan_id"),
        "from": Filter("starts_on", op=">=", kind="date"),
        "to": Filter("starts_on", op="<=", kind="date"),
    },
    sorts={"id": "subscription_id", "start": "starts_on", "started_at": "started_at"},
    default_sort="id",
    tiebreak="subscription_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post(
        "/v1/subscriptions", status_code=201, response_model=SubscriptionShape, dependencies=[api.roles(*WRITERS)]
    )
    async def start_subscription(body: SubscriptionBody, request: Request) -> Response:
        subscription_id = body.id or api.new_id(request, "subscription")
        await api.command(
            request,
            StartSubscription(
                subscription_id=subscription_id,
                account_id=body.account_id,
                plan_id=body.plan_id,
                start=body.start,
                end=body.end,
            ),
        )
        return Answer(await _subscription(api, subscription_id), status_code=201)

    @routes.get(
        "/v1/subscriptions",
        response_model=SubscriptionPage,
        dependencies=[api.roles(*READERS)],
        openapi_extra=documented(SUBSCRIPTIONS),
    )
    async def subscriptions(request: Request) -> Response:
        return await SUBSCRIPTIONS.fetch(request, api, shape=_shape_at(api.clock.now()))

    @routes.get(
        "/v1/subscriptions/{subscription_id}",
        response_model=SubscriptionShape,
        dependencies=[api.roles(*READERS)],
    )
    async def subscription(subscription_id: str) -> Response:
        return Answer(await _subscription(api, subscription_id))

    return routes


def _shape_at(now: datetime) -> Callable[[asyncpg.Record], dict[str, Any]]:
    def shape(row: asyncpg.Record) -> dict[str, Any]:
        return {
            **_SUBSCRIPTION.values(row),
            "status": _status(row["starts_on"], row["ends_on"], local_date(now, row["time_zone"])),
            "version": 1,
            "allowed_actions": not_yet("change_plan", "suspend", "resume", "terminate"),
        }

    return shape


def _status(start: date, end: date | None, today: date) -> Status:
    if today < start:
        return "pending"
    return "ended" if end is not None and end <= today else "active"


async def _subscription(api: Api, subscription_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow(f"select * from {_SOURCE} where subscription_id = $1", subscription_id)
    if row is None:
        raise not_found("subscription", subscription_id)
    return _shape_at(api.clock.now())(row)
