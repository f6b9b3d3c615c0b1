"""What an account owes and has: now, on a day, or as it was known at an instant.

GET /v1/accounts/acc-1/balance
GET /v1/accounts/acc-1/balance?as_of=2026-10-31&known_at=2026-11-05T09:00:00Z
-> {"account_id": "acc-1", "open": {"amount": "36.04", ...}, "credit": {"amount": "0.00", ...}, "balance": {...}}
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import asyncpg
from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel

from services.payments.balance.words import Words, words
from services.payments.known_account import known_account
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.moments import Moment, check_day, moment, not_known_then
from shared.http.money import money
from shared.kernel.money import MoneyBody

_BALANCE: Final = """
select account_id, currency,
       (select coalesce(sum(open), 0) from receivable_row r where r.account_id = p.account_id) as open,
       (select coalesce(sum(least(disputed, open)), 0) from receivable_row r where r.account_id = p.account_id
           and disputed > 0) as disputed,
       (select coalesce(sum(unallocated), 0) from payment_row m where m.account_id = p.account_id)
       + (select coalesce(sum(unallocated), 0) from credit_note_row c where c.account_id = p.account_id)
       + (select coalesce(sum(unallocated), 0) from granted_credit_row g where g.account_id = p.account_id) as credit
  from payer_row p where account_id = $1
"""

_AT: Final = """
with moved as (
    select p.debit, p.credit, p.amount,
           coalesce(p.booked_on, greatest(r.issued_on, m.received_on, c.issued_on, g.granted_on)) as counts_on
      from posting_row p
      left join receivable_row r on p.kind = 'allocation' and r.partition = p.partition and r.invoice_id = p.invoice_id
      left join payment_row m on p.kind = 'allocation' and m.partition = p.partition and m.payment_id = p.reference
      left join credit_note_row c
             on p.kind = 'allocation' and c.partition = p.partition and c.credit_note_id = p.reference
      left join granted_credit_row g
             on p.kind = 'allocation' and g.partition = p.partition and g.credit_id = p.reference
     where p.account_id = $1 and p.recorded_at <= $3
)
select coalesce(sum(case when debit = 'receivables' then amount when credit = 'receivables' then -amount end), 0)
       as open,
       coalesce(sum(case when credit = 'unapplied' then amount when debit = 'unapplied' then -amount end), 0) as credit
  from moved where counts_on <= $2
"""
"""An allocation counts from the day on which both the money and the claim were there, and since it was recorded."""


class BalanceShape(BaseModel):
    """`balance` = `open` - `credit`: positive is owed by the customer, negative is the customer's (R47).

    `open` is what is outstanding over all invoices; `credit` is what payments, credit notes and granted credit have
    left; `disputed` of what is open now is on hold. `as_of` and `known_at` say the moment, where one was asked for.
    """

    account_id: str
    open: MoneyBody
    credit: MoneyBody
    balance: MoneyBody
    words: Words
    disputed: MoneyBody | None = None
    as_of: date | None = None
    known_at: AwareDatetime | None = None


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/accounts/{account_id}/balance", response_model=BalanceShape, dependencies=[api.roles(*READERS)])
    async def balance(account_id: str, as_of: str | None = None, known_at: str | None = None) -> Response:
        """Now; or by what had come in on the day `as_of`, as it was known at `known_at`."""
        asked = moment(as_of, known_at, now=api.clock.now())
        if asked is None:
            return Answer(_balance_shape(await known_account(api, account_id, _BALANCE)))
        return Answer(await _at(api, account_id, asked))

    return routes


async def _at(api: Api, account_id: str, asked: Moment) -> dict[str, Any]:
    payer = await known_account(api, account_id, "select * from payer_row where account_id = $1")
    check_day(asked, api.clock.now(), payer["time_zone"])
    if payer["opened_at"] > asked.instant:
        raise not_known_then(f"account {account_id}", payer["opened_at"])
    (row,) = await api.db.fetch(_AT, account_id, asked.day, asked.instant)
    return {**_balance_shape({**payer, **row}), **asked.told()}


def _balance_shape(row: asyncpg.Record | Mapping[str, Any]) -> dict[str, Any]:
    currency = row["currency"]
    return {
        "account_id": row["account_id"],
        "open": money(row["open"], currency),
        "credit": money(row["credit"], currency),
        "balance": money(row["open"] - row["credit"], currency),
        "words": words(row["open"] - row["credit"]),
        "disputed": money(row.get("disputed"), currency),
    }
