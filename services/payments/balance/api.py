"""What an account owes and has.

GET /v1/accounts/acc-1/balance
-> {"account_id": "acc-1", "open": {"amount": "36.04", ...}, "credit": {"amount": "0.00", ...}, "balance": {...}}
"""

from __future__ import annotations

from typing import Any, Final

import asyncpg
from fastapi import APIRouter, Response
from pydantic import BaseModel

from services.payments.known_account import known_account
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.money import money
from shared.kernel.money import MoneyBody

_BALANCE: Final = """
select account_id, currency,
       (select coalesce(sum(open), 0) from receivable_row r where r.account_id = p.account_id) as open,
       (select coalesce(sum(unallocated), 0) from payment_row m where m.account_id = p.account_id)
       + (select coalesce(sum(unallocated), 0) from credit_note_row c where c.account_id = p.account_id) as credit
  from payer_row p where account_id = $1
"""


class BalanceShape(BaseModel):
    """`balance` = `open` - `credit`: positive is owed by the customer, negative is the customer's (R47).

    `open` is what is outstanding over all invoices; `credit` is what payments and credit notes have left.
    """

    account_id: str
    open: MoneyBody
    credit: MoneyBody
    balance: MoneyBody


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/accounts/{account_id}/balance", response_model=BalanceShape, dependencies=[api.roles(*READERS)])
    async def balance(account_id: str) -> Response:
        return Answer(_balance_shape(await known_account(api, account_id, _BALANCE)))

    return routes


def _balance_shape(row: asyncpg.Record) -> dict[str, Any]:
    currency = row["currency"]
    return {
        "account_id": row["account_id"],
        "open": money(row["open"], currency),
        "credit": money(row["credit"], currency),
        "balance": money(row["open"] - row["credit"], currency),
    }
