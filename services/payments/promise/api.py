"""Promises to pay over HTTP.

POST /v1/promises {"account_id": "acc-1", "pay_by": "2026-11-20", "amount": {"amount": "36.04", "currency": "EUR"}}
-> 201; all that is open without an amount
GET  /v1/promises?account_id=acc-1&status=open
POST /v1/promises/{id}/cancel {"reason": "taken back by phone"}
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Final, get_args

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictBool

from services.payments.promise.messages import CancelPromise, MakePromise
from services.payments.promise.rows import PromiseRow, Status
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import BillingDate, Body, IdText, PrintableText
from shared.kernel.money import MoneyBody

PROMISE: Final = RowShape(PromiseRow, hidden=("currency", "parts"), renamed={"promise_id": "id"})


class PromiseBody(Body):
    """What the customer pays by the end of the day `pay_by`: all that is open, or `amount`. `restores`: service that
    dunning has taken is given back until then."""

    account_id: IdText
    pay_by: BillingDate
    amount: MoneyBody | None = None
    note: Annotated[PrintableText, Field(max_length=500)] = ""
    restores: StrictBool = False


class CancelPromiseBody(Body):
    """Why nobody waits for it any more."""

    reason: Annotated[PrintableText, Field(max_length=500)] = ""


class PromisedInvoice(BaseModel):
    invoice_id: str
    amount: MoneyBody


@PROMISE.model
class PromiseShape(BaseModel):
    """A promise: `invoices` is what of which invoice was promised. It is `kept` as soon as so much has come in, and
    `broken` when its day is over before; `paid` is what had come in then."""

    invoices: list[PromisedInvoice]
    allowed_actions: list[ActionShape]


class PromiseTotal(Total):
    paid: str


class PromisePage(Page):
    items: list[PromiseShape]
    totals: Sequence[PromiseTotal]


_COLUMNS: Final = (*PROMISE.columns, "parts::text as parts")
PROMISES: Final = Listing(
    source="promise_row",
    columns=_COLUMNS,
    filters={
        "account_id": Filter("account_id"),
        "status": Filter("status", one_of=get_args(Status)),
        "from": Filter("pay_by", op=">=", kind="date"),
        "to": Filter("pay_by", op="<=", kind="date"),
    },
    sorts={"pay_by": "pay_by", "made_on": "made_on", "amount": "amount"},
    default_sort="-pay_by",
    tiebreak="promise_id",
    totals=Totals(sums={"amount": "amount", "paid": "paid"}),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers, one = [api.roles(*WRITERS)], "/v1/promises/{promise_id}"

    @routes.post("/v1/promises", status_code=201, response_model=PromiseShape, dependencies=writers)
    async def make_promise(body: PromiseBody, request: Request) -> Response:
        """Dunning waits until the day is over, and no late fee is asked for of what is promised. An account has one at
        a time."""
        promise_id = api.new_id(request, "promise")
        amount = None if body.amount is None else body.amount.to_money()
        said: dict[str, Any] = {"pay_by": body.pay_by, "note": body.note, "restores": body.restores}
        command = MakePromise(promise_id=promise_id, account_id=body.account_id, amount=amount, **said)
        await api.command(request, command)
        return Answer(_shape(await _row(api, promise_id)), status_code=201)

    @routes.get("/v1/promises", **listed(api, PROMISES, PromisePage))
    async def promises(request: Request) -> Response:
        return await PROMISES.fetch(request, api, shape=_shape)

    @routes.get(one, response_model=PromiseShape, dependencies=[api.roles(*READERS)])
    async def promise(promise_id: str) -> Response:
        return Answer(_shape(await _row(api, promise_id)))

    @routes.post(f"{one}/cancel", response_model=PromiseShape, dependencies=writers)
    async def cancel_promise(promise_id: str, body: CancelPromiseBody, request: Request) -> Response:
        """Dunning goes on where it stood."""
        account_id = (await _row(api, promise_id))["account_id"]
        command = CancelPromise(promise_id=promise_id, account_id=account_id, reason=body.reason)
        await api.command(request, command)
        return Answer(_shape(await _row(api, promise_id)))

    return routes


async def _row(api: Api, promise_id: str) -> asyncpg.Record:
    sql = f"select {', '.join(_COLUMNS)} from promise_row where promise_id = $1"
    row: asyncpg.Record | None = await api.db.fetchrow(sql, promise_id)
    if row is None:
        raise not_found("promise", promise_id)
    return row


class _Part(msgspec.Struct):
    invoice_id: str
    amount: Decimal


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    status, parts = row["status"], msgspec.json.decode(row["parts"], type=list[_Part])
    why_not = None if status == "open" else f"it is {status}"
    return {
        **PROMISE.values(row),
        "invoices": [{"invoice_id": part.invoice_id, "amount": money(part.amount, row["currency"])} for part in parts],
        "allowed_actions": [action("cancel", why_not=why_not)],
    }
