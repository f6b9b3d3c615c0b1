"""Top-ups of an account over HTTP.

POST /v1/accounts/acc-1/top-ups {"amount": {"amount": "20.00", "currency": "EUR"}, "payment_method_id": "pm-1"}
-> 201 {"status": "succeeded", …}; "failed" with a code where the gateway says no, and then nothing has changed
GET  /v1/accounts/acc-1/top-ups?automatic=true
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, get_args

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.payments.collection.state import CollectionStatus
from services.payments.known_account import known_account
from services.payments.top_up.messages import TopUpWallet
from services.payments.top_up.rows import TopUpRow
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.http.waiting import until
from shared.kernel.bodies import Body, IdText
from shared.kernel.money import MoneyBody

TOP_UP: Final = RowShape(TopUpRow, hidden=("currency",), renamed={"top_up_id": "id"})


class WalletTopUpBody(Body):
    """How much is charged, within the operator's limits; by the preferred method where none is named."""

    amount: MoneyBody
    payment_method_id: IdText | None = None


@TOP_UP.model
class WalletTopUpShape(BaseModel):
    """A top-up. `pending` ones wait for the customer (`action_url`) or for the gateway; its payment has its id."""

    payment_method_id: str
    status: CollectionStatus
    code: str
    action_url: str


class WalletTopUpTotal(Total):
    """`succeeded` is what of it has come in."""

    succeeded: str


class WalletTopUpPage(Page):
    items: list[WalletTopUpShape]
    totals: Sequence[WalletTopUpTotal]


_SOURCE: Final = """
(select t.*, c.method_id, c.status, c.code, c.action_url
   from top_up_row t join collection_row c on c.partition = t.partition and c.collection_id = t.top_up_id) as top_up
"""
TOP_UPS: Final = Listing(
    source=_SOURCE,
    filters={
        "status": Filter("status", one_of=get_args(CollectionStatus)),
        "automatic": Filter("automatic", kind="boolean"),
        "from": Filter("asked_at", op=">=", kind="instant"),
        "to": Filter("asked_at", op="<", kind="instant"),
    },
    sorts={"asked_at": "asked_at", "amount": "amount"},
    default_sort="-asked_at",
    tiebreak="top_up_id",
    totals=Totals(
        sums={"amount": "amount", "succeeded": "case when status = 'succeeded' then amount else 0 end"},
    ),
)
_SETTLES_S: Final = 2.5
"""A card is answered by then; of what takes longer the status says how far it is."""


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    every, one = "/v1/accounts/{account_id}/top-ups", "/v1/accounts/{account_id}/top-ups/{top_up_id}"

    @routes.post(every, status_code=201, response_model=WalletTopUpShape, dependencies=[api.roles(*WRITERS)])
    async def top_up(account_id: str, body: WalletTopUpBody, request: Request) -> Response:
        """Charge it now and once; 409 `top_up_running` while another one of the account is charged."""
        await known_account(api, account_id, _ACCOUNT)
        top_up_id = api.new_id(request, "top-up")
        money, method_id = body.amount.to_money(), body.payment_method_id
        command = TopUpWallet(account_id=account_id, top_up_id=top_up_id, amount=money, method_id=method_id)
        await api.command(request, command)
        row = await until(
            lambda: _read(api, account_id, top_up_id),
            lambda row: row["status"] not in ("waiting", "calling"),
            wait_s=_SETTLES_S,
        )
        return Answer(_shape(row), status_code=201)

    @routes.get(every, **listed(api, TOP_UPS, WalletTopUpPage))
    async def account_top_ups(account_id: str, request: Request) -> Response:
        await known_account(api, account_id, _ACCOUNT)
        return await TOP_UPS.fetch(request, api, shape=_shape, where={"account_id": account_id})

    @routes.get(one, response_model=WalletTopUpShape, dependencies=[api.roles(*READERS)])
    async def account_top_up(account_id: str, top_up_id: str) -> Response:
        return Answer(_shape(await _read(api, account_id, top_up_id)))

    return routes


_ACCOUNT: Final = "select account_id from payer_row where account_id = $1"


async def _read(api: Api, account_id: str, top_up_id: str) -> asyncpg.Record:
    row: asyncpg.Record | None = await api.db.fetchrow(
        f"select * from {_SOURCE} where account_id = $1 and top_up_id = $2", account_id, top_up_id
    )
    if row is None:
        raise not_found("top_up", top_up_id)
    return row


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    more = {name: row[name] for name in ("status", "code", "action_url")}
    return {**TOP_UP.values(row), "payment_method_id": row["method_id"], **more}
