"""Credit that is granted to an account, and taken back.

POST /v1/accounts/acc-1/credits {"amount": {"amount": "10.00", "currency": "EUR"}, "reason": "goodwill",
                                 "expires_on": "2026-12-31"}
-> 201 with "used", "left" and the invoices that it paid
GET  /v1/accounts/acc-1/credits?open=true
POST /v1/accounts/acc-1/credits/{credit_id}/reverse {"reason": "given twice"}
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, get_args

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, Field

from services.payments.granted_credit.messages import OF_VOUCHER, GrantCredit, ReverseCredit
from services.payments.known_account import known_account
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.bodies import BillingDate, Body, PrintableText
from shared.kernel.money import MoneyBody

CreditReason = Literal["goodwill", "retention", "service_outage", "billing_error", "referral", "promotion", "other"]

BY_OTHERS: Final = ("adjustment", "dispute", "refund", OF_VOUCHER)
"""Reasons of credit that something else has granted: an adjustment, an accepted dispute, a refund that adjusts, a
voucher whose money expires."""


class CreditBody(Body):
    """Credit of the account: it pays what is open, then what is issued, up to the day `expires_on`, which counts."""

    amount: MoneyBody
    reason: CreditReason
    note: Annotated[PrintableText, Field(max_length=500)] = ""
    expires_on: BillingDate | None = None


class ReverseCreditBody(Body):
    """Why what is left of it is taken back."""

    reason: Annotated[PrintableText, Field(min_length=1, max_length=500)]


class CreditUse(BaseModel):
    invoice_id: str
    amount: MoneyBody


class CreditShape(BaseModel):
    """`amount` = `used` + `left` + `taken_back`. `uses` are the first 100 invoices that it paid."""

    id: str
    account_id: str
    amount: MoneyBody
    used: MoneyBody
    left: MoneyBody
    taken_back: MoneyBody
    status: Literal["open", "used", "expired", "reversed"]
    reason: str
    note: str
    granted_on: date
    granted_by: str | None
    expires_on: date | None
    ended_on: date | None
    ended_reason: str | None
    uses: list[CreditUse]
    recorded_at: AwareDatetime
    version: int
    allowed_actions: list[ActionShape]


class CreditTotal(Total):
    used: str
    left: str
    taken_back: str


class CreditPage(Page):
    items: list[CreditShape]
    totals: Sequence[CreditTotal]


_COLUMNS: Final = (
    *("credit_id", "account_id", "currency", "amount", "unallocated", "reason", "note", "granted_on", "granted_by"),
    *("expires_on", "ended", "ended_on", "ended_reason", "taken_back", "recorded_at", "version"),
    """(select coalesce(json_agg(json_build_object('invoice_id', u.invoice_id, 'amount', u.amount::text)), '[]')
          from (select invoice_id, amount from credit_allocation_row a
                 where a.partition = credit.partition and a.credit_note_id = credit.credit_id and a.granted
                 order by a.seq limit 100) u)::text as uses""",
)
_USED: Final = "amount - unallocated - taken_back"
CREDITS: Final = Listing(
    source="granted_credit_row as credit",
    columns=_COLUMNS,
    filters={
        "reason": Filter("reason", one_of=(*get_args(CreditReason), *BY_OTHERS)),
        "open": Filter("unallocated > 0", kind="boolean"),
        "from": Filter("granted_on", op=">=", kind="date"),
        "to": Filter("granted_on", op="<=", kind="date"),
    },
    sorts={"granted_on": "granted_on", "amount": "amount"},
    default_sort="-granted_on",
    tiebreak="credit_id",
    totals=Totals(sums={"amount": "amount", "used": _USED, "left": "unallocated", "taken_back": "taken_back"}),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    every, one = "/v1/accounts/{account_id}/credits", "/v1/accounts/{account_id}/credits/{credit_id}"

    @routes.post(every, status_code=201, response_model=CreditShape, dependencies=[api.roles(*WRITERS)])
    async def grant_credit(account_id: str, body: CreditBody, request: Request) -> Response:
        credit_id = api.new_id(request, "credit")
        command = GrantCredit(
            credit_id=credit_id,
            account_id=account_id,
            amount=body.amount.to_money(),
            reason=body.reason,
            note=body.note,
            expires_on=body.expires_on,
            role=caller_of(request).role,
        )
        await api.command(request, command)
        return Answer(await _credit(api, account_id, credit_id), status_code=201)

    @routes.get(every, **listed(api, CREDITS, CreditPage))
    async def account_credits(account_id: str, request: Request) -> Response:
        await known_account(api, account_id, "select account_id from payer_row where account_id = $1")
        return await CREDITS.fetch(request, api, shape=_shape, where={"account_id": account_id})

    @routes.get(one, response_model=CreditShape, dependencies=[api.roles(*READERS)])
    async def account_credit(account_id: str, credit_id: str) -> Response:
        return Answer(await _credit(api, account_id, credit_id))

    @routes.post(f"{one}/reverse", response_model=CreditShape, dependencies=[api.roles(*WRITERS)])
    async def reverse_credit(account_id: str, credit_id: str, body: ReverseCreditBody, request: Request) -> Response:
        """What is left of it is taken back; what it has paid stays paid."""
        await api.command(request, ReverseCredit(credit_id=credit_id, account_id=account_id, reason=body.reason))
        return Answer(await _credit(api, account_id, credit_id))

    return routes


async def _credit(api: Api, account_id: str, credit_id: str) -> dict[str, Any]:
    sql = f"select {', '.join(_COLUMNS)} from granted_credit_row as credit where account_id = $1 and credit_id = $2"
    row = await api.db.fetchrow(sql, account_id, credit_id)
    if row is None:
        raise not_found("credit", credit_id)
    return _shape(row)


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    currency, left, back = row["currency"], row["unallocated"], row["taken_back"]
    status = "open" if left else row["ended"] or "used"
    uses = msgspec.json.decode(row["uses"], type=list[_Use])
    return {
        "id": row["credit_id"],
        "amount": money(row["amount"], currency),
        "used": money(row["amount"] - left - back, currency),
        "left": money(left, currency),
        "taken_back": money(back, currency),
        "status": status,
        **{name: row[name] for name in ("account_id", "reason", "note", "granted_on", "granted_by", "expires_on")},
        **{name: row[name] for name in ("ended_on", "ended_reason", "recorded_at", "version")},
        "uses": [{"invoice_id": use.invoice_id, "amount": money(use.amount, currency)} for use in uses],
        "allowed_actions": [action("reverse", why_not=None if left else f"nothing is left of it: it is {status}")],
    }


class _Use(msgspec.Struct):
    invoice_id: str
    amount: Decimal
