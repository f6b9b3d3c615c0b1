"""The statement of an account: what changed its balance, line by line, with the balance after each.

GET /v1/accounts/acc-1/statement?from=2026-10-01&to=2026-10-31
-> {"opening": {"balance": {"amount": "0.00", ...}, "words": "settled"},
    "items": [{"booked_on": "2026-10-01", "kind": "invoice", "number": "INV-000001", "amount": {"amount": "40.00", ...},
               "balance": {"amount": "40.00", ...}, "words": "you_owe"}, ...],
    "closing": {...}, "total": 2, ...}
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, get_args

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel

from services.payments.balance.words import Words, words
from services.payments.known_account import known_account
from services.payments.ledger.postings import Kind
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.kernel.money import MoneyBody


class LineShape(BaseModel):
    """One change of the balance: `amount` above zero is owed, below zero is the customer's. `balance` is after it."""

    id: str
    booked_on: date
    kind: Kind
    reference: str
    number: str
    invoice_id: str | None
    amount: MoneyBody
    balance: MoneyBody
    words: Words
    recorded_at: AwareDatetime


class StandShape(BaseModel):
    """The balance before or after the lines."""

    balance: MoneyBody
    words: Words


class StatementTotal(Total):
    """`amount` = `charged` - `paid`: what the lines come to."""

    charged: str
    paid: str


class StatementPage(Page):
    """The lines that match, in the order of their days. `opening` is the balance before the day `from`, `closing` that
    at the end of the day `to`: both of all that happened, whatever else is filtered by."""

    account_id: str
    opening: StandShape
    closing: StandShape
    items: list[LineShape]
    totals: Sequence[StatementTotal]


_LINES: Final = """
(select partition, seq, n, account_id, kind, reference, number, invoice_id, effect, currency, booked_on, recorded_at,
        lpad(seq::text, 19, '0') || '.' || n as id,
        sum(effect) over (partition by account_id order by booked_on, seq, n) as balance
   from posting_row where effect <> 0) as line
"""
_SHOWN: Final = ("id", "booked_on", "kind", "reference", "number", "invoice_id", "recorded_at")
STATEMENT: Final = Listing(
    source=_LINES,
    columns=(*_SHOWN, "effect", "currency", "balance"),
    filters={
        "kind": Filter("kind", one_of=get_args(Kind)),
        "from": Filter("booked_on", op=">=", kind="date"),
        "to": Filter("booked_on", op="<=", kind="date"),
    },
    sorts={"booked_on": "booked_on"},
    default_sort="booked_on",
    tiebreak="id",
    totals=Totals(
        sums={
            "amount": "effect",
            "charged": "greatest(effect, 0)",
            "paid": "-least(effect, 0)",
        }
    ),
    never_null=frozenset({"booked_on"}),
)

_STANDS: Final = """
select coalesce(sum(effect) filter (where booked_on < $2::date), 0) as opening,
       coalesce(sum(effect) filter (where $3::date is null or booked_on <= $3::date), 0) as closing
  from posting_row where account_id = $1 and effect <> 0
"""


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/accounts/{account_id}/statement", **listed(api, STATEMENT, StatementPage))
    async def statement(account_id: str, request: Request) -> Response:
        """What changed the balance, with the balance after each line; sort `-booked_on` shows the latest first."""
        payer = await known_account(api, account_id, "select currency from payer_row where account_id = $1")
        page = await STATEMENT.page(request, api, shape=_line, where={"account_id": account_id})
        since, until = (_day(request, name) for name in ("from", "to"))
        (stands,) = await api.db.fetch(_STANDS, account_id, since, until)
        currency = payer["currency"]
        ends = {name: _stand(stands[name], currency) for name in ("opening", "closing")}
        return Answer({"account_id": account_id, **ends, **page})

    return routes


def _day(request: Request, name: str) -> date | None:
    """The list has checked that it is one."""
    text = request.query_params.get(name)
    return None if text is None else date.fromisoformat(text)


def _stand(balance: Decimal, currency: str) -> dict[str, Any]:
    return {"balance": money(balance, currency), "words": words(balance)}


def _line(row: asyncpg.Record) -> dict[str, Any]:
    """A row of `STATEMENT` as `LineShape`."""
    currency = row["currency"]
    amount = money(row["effect"], currency)
    return {**{name: row[name] for name in _SHOWN}, "amount": amount, **_stand(row["balance"], currency)}
