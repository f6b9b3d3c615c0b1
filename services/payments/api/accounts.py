"""What an account owes and has.

GET /v1/accounts/acc-1/balance
-> {"account_id": "acc-1", "open": {"amount": "36.04", ...}, "credit": {"amount": "0.00", ...}, "balance": {...}}
"""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any, Final

import asyncpg
from fastapi import APIRouter, Request, Response

from services.payments.api.shapes import RECEIVABLE, BalanceShape, ReceivablePage, receivable_shape
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.parameters import documented
from shared.http.problems import not_found

_BALANCE: Final = """
select currency,
       (select coalesce(sum(open), 0) from receivable_row r where r.account_id = p.account_id) as open,
       (select coalesce(sum(unallocated), 0) from payment_row m where m.account_id = p.account_id) as credit
  from payer_row p where account_id = $1
"""

_STATUS: Final = "case when open = 0 then 'paid' when open < amount then 'partially_paid' else 'unpaid' end"

RECEIVABLES: Final = Listing(
    source="receivable_row",
    columns=(*RECEIVABLE.columns, f"{_STATUS} as status"),
    filters={
        "status": Filter(_STATUS, one_of=("unpaid", "partially_paid", "paid")),
        "due_from": Filter("due_on", op=">=", kind="date"),
        "due_to": Filter("due_on", op="<=", kind="date"),
    },
    sorts={"due_on": "due_on", "issued_on": "issued_on", "amount": "amount", "open": "open"},
    default_sort="due_on",
    tiebreak="invoice_id",
    totals=Totals(sums={"amount": "amount", "paid": "amount - open", "open": "open"}),
)

# An account just opened in rating arrives within some milliseconds: look again for a while before saying 404.
_LOOKS: Final = 5
_PAUSE_S: Final = 0.1


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/accounts/{account_id}/balance", response_model=BalanceShape, dependencies=[api.roles(*READERS)])
    async def balance(account_id: str) -> Response:
        row = await _payer(api, account_id)
        return Answer(_balance_shape(account_id, row["currency"], row["open"], row["credit"]))

    @routes.get(
        "/v1/accounts/{account_id}/receivables",
        response_model=ReceivablePage,
        dependencies=[api.roles(*READERS)],
        openapi_extra=documented(RECEIVABLES),
    )
    async def receivables(account_id: str, request: Request) -> Response:
        await _payer(api, account_id)
        return await RECEIVABLES.fetch(request, api, shape=receivable_shape, where={"account_id": account_id})

    return routes


async def _payer(api: Api, account_id: str) -> asyncpg.Record:
    """The account with what is open and what is credit. Raises `not_found`."""
    for look in range(_LOOKS):
        if look:
            await asyncio.sleep(_PAUSE_S)
        row: asyncpg.Record | None = await api.db.fetchrow(_BALANCE, account_id)
        if row is not None:
            return row
    raise not_found("account", account_id)


def _balance_shape(account_id: str, currency: str, owed: Decimal, credit: Decimal) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "open": money(owed, currency),
        "credit": money(credit, currency),
        "balance": money(owed - credit, currency),
    }
