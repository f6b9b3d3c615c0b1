"""Deposits over HTTP.

POST /v1/accounts/acc-1/deposits {"amount": {"amount": "100.00", "currency": "EUR"}, "purpose": "equipment"}
POST /v1/deposits/{id}/receive   {"method": "cash", "received_on": "2026-10-09"}
POST /v1/deposits/{id}/apply     {"invoice_id": "inv-9"}             as much as is held and open, unless amount says
POST /v1/deposits/{id}/return    {"reference": "SEPA 77"}            all that is held, unless amount says
POST /v1/deposits/{id}/cancel
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, Literal, get_args

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from services.payments.deposit.messages import (
    ApplyDeposit,
    CancelDeposit,
    ReceiveDeposit,
    RequestDeposit,
    ReturnDeposit,
)
from services.payments.deposit.rows import DepositRow
from services.payments.deposit.state import Status
from services.payments.known_account import known_account
from services.payments.payment.bodies import Method
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import BillingDate, Body, IdText, PrintableText
from shared.kernel.message import Command
from shared.kernel.money import MoneyBody

Purpose = Literal["equipment", "connection", "credit_risk", "other"]

DEPOSIT: Final = RowShape(DepositRow, hidden=("currency",), renamed={"deposit_id": "id"})


class DepositBody(Body):
    """What the customer is asked to leave, what for, and by when."""

    amount: MoneyBody
    purpose: Purpose
    note: Annotated[PrintableText, Field(max_length=500)] = ""
    due_on: BillingDate | None = None


class ReceiptBody(Body):
    """How and when the money came in, all of it."""

    method: Method
    received_on: BillingDate


class ApplyBody(Body):
    """What is paid of it: this invoice, or else what is due first; `amount`, or as much as is held and open."""

    invoice_id: IdText | None = None
    amount: MoneyBody | None = None


class ReturnBody(Body):
    """That it was paid back, all that is held or `amount`; `reference` is the transfer's."""

    reference: Annotated[PrintableText, Field(min_length=1, max_length=200)]
    amount: MoneyBody | None = None


@DEPOSIT.model
class DepositShape(BaseModel):
    """A deposit. Once it was received, `amount` = `held` + `applied` + `returned`. It is no part of the balance."""

    allowed_actions: list[ActionShape]


class DepositTotal(Total):
    held: str
    applied: str
    returned: str


class DepositPage(Page):
    items: list[DepositShape]
    totals: Sequence[DepositTotal]


DEPOSITS: Final = Listing(
    source="deposit_row",
    columns=DEPOSIT.columns,
    filters={
        "account_id": Filter("account_id"),
        "status": Filter("status", one_of=get_args(Status)),
        "purpose": Filter("purpose", one_of=get_args(Purpose)),
        "from": Filter("requested_on", op=">=", kind="date"),
        "to": Filter("requested_on", op="<=", kind="date"),
    },
    sorts={"requested_on": "requested_on", "amount": "amount"},
    default_sort="-requested_on",
    tiebreak="deposit_id",
    totals=Totals(sums={"amount": "amount", "held": "held", "applied": "applied", "returned": "returned"}),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers, one = [api.roles(*WRITERS)], "/v1/deposits/{deposit_id}"

    async def done(request: Request, deposit_id: str, make: Callable[..., Command], **said: Any) -> Response:
        account_id = (await _row(api, deposit_id))["account_id"]
        await api.command(request, make(deposit_id=deposit_id, account_id=account_id, **said))
        return Answer(_shape(await _row(api, deposit_id)))

    @routes.post(
        "/v1/accounts/{account_id}/deposits", status_code=201, response_model=DepositShape, dependencies=writers
    )
    async def request_deposit(account_id: str, body: DepositBody, request: Request) -> Response:
        deposit_id = api.new_id(request, "deposit")
        said: dict[str, Any] = {"purpose": body.purpose, "note": body.note, "due_on": body.due_on}
        command = RequestDeposit(deposit_id=deposit_id, account_id=account_id, amount=body.amount.to_money(), **said)
        await api.command(request, command)
        return Answer(_shape(await _row(api, deposit_id)), status_code=201)

    @routes.get("/v1/accounts/{account_id}/deposits", **listed(api, DEPOSITS, DepositPage))
    async def account_deposits(account_id: str, request: Request) -> Response:
        await known_account(api, account_id, "select account_id from payer_row where account_id = $1")
        return await DEPOSITS.fetch(request, api, shape=_shape, where={"account_id": account_id})

    @routes.get("/v1/deposits", **listed(api, DEPOSITS, DepositPage))
    async def deposits(request: Request) -> Response:
        return await DEPOSITS.fetch(request, api, shape=_shape)

    @routes.get(one, response_model=DepositShape, dependencies=[api.roles(*READERS)])
    async def deposit(deposit_id: str) -> Response:
        return Answer(_shape(await _row(api, deposit_id)))

    @routes.post(f"{one}/receive", response_model=DepositShape, dependencies=writers)
    async def receive_deposit(deposit_id: str, body: ReceiptBody, request: Request) -> Response:
        said = {"method": body.method, "received_on": body.received_on}
        return await done(request, deposit_id, ReceiveDeposit, **said)

    @routes.post(f"{one}/apply", response_model=DepositShape, dependencies=writers)
    async def apply_deposit(deposit_id: str, body: ApplyBody, request: Request) -> Response:
        """It pays as a payment does, of the method `deposit`."""
        amount = None if body.amount is None else body.amount.to_money()
        return await done(request, deposit_id, ApplyDeposit, amount=amount, invoice_id=body.invoice_id)

    @routes.post(f"{one}/return", response_model=DepositShape, dependencies=writers)
    async def return_deposit(deposit_id: str, body: ReturnBody, request: Request) -> Response:
        amount = None if body.amount is None else body.amount.to_money()
        return await done(request, deposit_id, ReturnDeposit, amount=amount, reference=body.reference)

    @routes.post(f"{one}/cancel", response_model=DepositShape, dependencies=writers)
    async def cancel_deposit(deposit_id: str, request: Request) -> Response:
        return await done(request, deposit_id, CancelDeposit)

    return routes


async def _row(api: Api, deposit_id: str) -> asyncpg.Record:
    row: asyncpg.Record | None = await api.db.fetchrow("select * from deposit_row where deposit_id = $1", deposit_id)
    if row is None:
        raise not_found("deposit", deposit_id)
    return row


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    status = row["status"]
    waits = None if status == "requested" else f"it is {status}"
    held = None if status == "held" else f"nothing is held of it: it is {status}"
    reasons = {"receive": waits, "cancel": waits, "apply": held, "return": held}
    return {
        **DEPOSIT.values(row),
        "allowed_actions": [action(name, why_not=why) for name, why in reasons.items()],
    }
