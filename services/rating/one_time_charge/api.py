"""One-time charges: an amount on the next invoice of an account, that can be cancelled until it is billed.

POST /v1/charges {"account_id": "acc-1", "description": "Router", "amount": {"amount": "49.00", "currency": "EUR"}}
GET  /v1/one-time-charges?account_id=acc-1&status=pending
POST /v1/one-time-charges/{id}/cancel

Once its period is closed it is a charge like any other, with the same id, under GET /v1/charges.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictBool

from services.rating.fields import Body, NameText
from services.rating.one_time_charge.messages import AddOneTimeCharge, CancelOneTimeCharge
from services.rating.one_time_charge.rows import OneTimeChargeRow
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import BillingDate, IdText
from shared.kernel.errors import Rejection
from shared.kernel.money import MoneyBody

TaxClass = Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]{1,64}$")]


class OneTimeChargeBody(Body):
    """`amount` in the account's currency, before tax unless it `includes_tax`.

    `on`: the day whose period bills it, today if it is left out.
    """

    account_id: IdText
    description: NameText
    amount: MoneyBody
    subscription_id: IdText | None = None
    on: BillingDate | None = None
    tax_class: TaxClass | None = None
    includes_tax: StrictBool = False


_CHARGE: Final = RowShape(OneTimeChargeRow, hidden=("currency",), renamed={"charge_id": "id", "charged_on": "on"})


@_CHARGE.model
class OneTimeChargeShape(BaseModel):
    """`item`: `charged_by_hand`, `early_termination`. `on` is the day whose period bills it."""

    status: Literal["pending", "billed", "cancelled"]
    on: date
    version: int
    allowed_actions: list[ActionShape]


class OneTimeChargePage(Page):
    items: list[OneTimeChargeShape]


ONE_TIME_CHARGES: Final = Listing(
    source="one_time_charge_row",
    filters={
        "id": Filter("charge_id"),
        "account_id": Filter("account_id"),
        "subscription_id": Filter("subscription_id"),
        "status": Filter("status", one_of=("pending", "billed", "cancelled")),
        "item": Filter("item"),
        "from": Filter("charged_on", op=">=", kind="date"),
        "to": Filter("charged_on", op="<=", kind="date"),
    },
    sorts={"on": "charged_on", "added_at": "added_at", "amount": "amount"},
    default_sort="-added_at",
    tiebreak="charge_id",
    totals=Totals(sums={"amount": "amount"}),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/charges", status_code=201, response_model=OneTimeChargeShape, dependencies=[api.roles(*WRITERS)])
    async def add_charge(body: OneTimeChargeBody, request: Request) -> Response:
        charge_id = api.new_id(request, "charge")
        await api.command(
            request,
            AddOneTimeCharge(
                charge_id=charge_id,
                account_id=body.account_id,
                description=body.description,
                amount=body.amount.amount,
                currency=body.amount.currency,
                subscription_id=body.subscription_id,
                on=body.on,
                tax_class=body.tax_class,
                includes_tax=body.includes_tax,
            ),
        )
        return Answer(_shape(await _row(api, charge_id)), status_code=201)

    @routes.get("/v1/one-time-charges", **listed(api, ONE_TIME_CHARGES, OneTimeChargePage))
    async def one_time_charges(request: Request) -> Response:
        return await ONE_TIME_CHARGES.fetch(request, api, shape=_shape)

    @routes.get(
        "/v1/one-time-charges/{charge_id}", response_model=OneTimeChargeShape, dependencies=[api.roles(*READERS)]
    )
    async def one_time_charge(charge_id: str) -> Response:
        return Answer(_shape(await _row(api, charge_id)))

    @routes.post(
        "/v1/one-time-charges/{charge_id}/cancel",
        response_model=OneTimeChargeShape,
        dependencies=[api.roles(*WRITERS)],
    )
    async def cancel_charge(charge_id: str, request: Request) -> Response:
        row = await _row(api, charge_id)
        if row["status"] != "pending":
            raise Rejection("charge_billed", _why_not(row["status"]) or "", status=409)
        await api.command(request, CancelOneTimeCharge(charge_id=charge_id, account_id=row["account_id"]))
        return Answer(_shape(await _row(api, charge_id)))

    return routes


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    return {
        **_CHARGE.values(row),
        "version": 1,
        "allowed_actions": [action("cancel", why_not=_why_not(row["status"]))],
    }


def _why_not(status: str) -> str | None:
    return {"billed": "it is billed; credit it on its invoice", "cancelled": "it was cancelled"}.get(status)


async def _row(api: Api, charge_id: str) -> asyncpg.Record:
    row: asyncpg.Record | None = await api.db.fetchrow(
        "select * from one_time_charge_row where charge_id = $1", charge_id
    )
    if row is None:
        raise not_found("charge", charge_id)
    return row
