"""Spend alerts of accounts.

POST   /v1/spend-alerts {"account_id": "acc-1", "threshold": {"amount": "50.00", "currency": "EUR"}, "action": "cap"}
PATCH  /v1/spend-alerts/{id} {"threshold": {"amount": "80.00", "currency": "EUR"}}      If-Match takes its version
GET    /v1/spend-alerts?account_id=acc-1&reached=true
DELETE /v1/spend-alerts/{id}

`reached` is the latest period in which the account's unbilled amount came to the threshold.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.rating.fields import Body
from services.rating.spend_alert.messages import Action, ChangeSpendAlert, RemoveSpendAlert, Scope, SetSpendAlert
from services.rating.spend_alert.rows import SpendAlertRow
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing
from shared.http.money import money
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.periods import period
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import IdText, PeriodBody
from shared.kernel.errors import Rejection
from shared.kernel.money import MoneyBody


class SpendAlertBody(Body):
    """`threshold` of the spend of a billing period, in the account's currency: by the prices of its plans, which are
    before tax, or with tax where a plan's prices include it."""

    id: IdText | None = None
    account_id: IdText
    threshold: MoneyBody
    scope: Scope = "period"
    action: Action = "notify"


class SpendAlertChange(Body):
    """What is left out stays. A changed alert is as new: a cap it asked for is lifted, until it is reached again."""

    threshold: MoneyBody | None = None
    action: Action | None = None


class ReachedShape(BaseModel):
    period: PeriodBody
    amount: MoneyBody
    at: datetime


_REACHED: Final = ("reached_start", "reached_end", "reached_amount", "reached_at")
_ALERT: Final = RowShape(SpendAlertRow, hidden=("currency", *_REACHED), renamed={"alert_id": "id"})


@_ALERT.model
class SpendAlertShape(BaseModel):
    """An alert. `cap`: with the threshold the account's suspension is asked for, as the event `SuspensionAsked`."""

    scope: Scope
    action: Action
    reached: ReachedShape | None
    allowed_actions: list[ActionShape]


class SpendAlertPage(Page):
    items: list[SpendAlertShape]


SPEND_ALERTS: Final = Listing(
    source="spend_alert_row",
    filters={
        "id": Filter("alert_id"),
        "account_id": Filter("account_id"),
        "action": Filter("action", one_of=("notify", "cap")),
        "reached": Filter("(reached_at is not null)", kind="boolean"),
    },
    sorts={"id": "alert_id", "set_at": "set_at", "reached_at": "reached_at", "threshold": "threshold"},
    default_sort="-set_at",
    tiebreak="alert_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post(
        "/v1/spend-alerts", status_code=201, response_model=SpendAlertShape, dependencies=[api.roles(*WRITERS)]
    )
    async def set_spend_alert(body: SpendAlertBody, request: Request) -> Response:
        alert_id = body.id or api.new_id(request, "spend_alert")
        command = SetSpendAlert(
            alert_id=alert_id,
            account_id=body.account_id,
            threshold=body.threshold.amount,
            currency=body.threshold.currency,
            scope=body.scope,
            action=body.action,
        )
        try:
            await api.command(request, command)
        except Rejection as refusal:
            raise await _why_taken(api, alert_id, refusal) from refusal
        return Answer(_shape(await _row(api, alert_id)), status_code=201)

    @routes.get("/v1/spend-alerts", **listed(api, SPEND_ALERTS, SpendAlertPage))
    async def spend_alerts(request: Request) -> Response:
        return await SPEND_ALERTS.fetch(request, api, shape=_shape)

    @routes.get("/v1/spend-alerts/{alert_id}", response_model=SpendAlertShape, dependencies=[api.roles(*READERS)])
    async def spend_alert(alert_id: str) -> Response:
        return Answer(_shape(await _row(api, alert_id)))

    @routes.patch("/v1/spend-alerts/{alert_id}", response_model=SpendAlertShape, dependencies=[api.roles(*WRITERS)])
    async def change_spend_alert(alert_id: str, body: SpendAlertChange, request: Request) -> Response:
        row = await _row(api, alert_id)
        threshold = body.threshold
        command = ChangeSpendAlert(
            alert_id=alert_id,
            account_id=row["account_id"],
            threshold=threshold.amount if threshold else None,
            currency=threshold.currency if threshold else None,
            action=body.action,
        )
        await api.command(request, command)
        return Answer(_shape(await _row(api, alert_id)))

    @routes.delete("/v1/spend-alerts/{alert_id}", status_code=204, dependencies=[api.roles(*WRITERS)])
    async def remove_spend_alert(alert_id: str, request: Request) -> Response:
        row = await _row(api, alert_id)
        await api.command(request, RemoveSpendAlert(alert_id=alert_id, account_id=row["account_id"]))
        return Response(status_code=204)

    return routes


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    reached = None
    if row["reached_at"] is not None:
        reached = {
            "period": period(row["reached_start"], row["reached_end"]),
            "amount": money(row["reached_amount"], row["currency"]),
            "at": row["reached_at"],
        }
    actions = [action("update", why_not=None), action("delete", why_not=None)]
    return {**_ALERT.values(row), "reached": reached, "allowed_actions": actions}


async def _why_taken(api: Api, alert_id: str, refusal: Rejection) -> Rejection:
    """An id is one alert's for ever: what was removed stays told of in the log, so its id is not given again."""
    if refusal.code != "spend_alert_exists":
        return refusal
    there = await api.db.fetchval("select exists (select from spend_alert_row where alert_id = $1)", alert_id)
    if there:
        return refusal
    detail = f"{alert_id} was an alert that is removed, and ids are not given again; choose another, or leave it out"
    return Rejection("spend_alert_removed", detail, pointer="/id", status=409)


async def _row(api: Api, alert_id: str) -> asyncpg.Record:
    row: asyncpg.Record | None = await api.db.fetchrow("select * from spend_alert_row where alert_id = $1", alert_id)
    if row is None:
        raise not_found("spend alert", alert_id)
    return row
