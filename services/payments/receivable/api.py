"""The receivables of an account.

GET /v1/accounts/acc-1/receivables?status=unpaid
-> {"items": [{"invoice_id": "inv-1", "number": "INV-000001", "amount": {...}, "open": {...}, ...}], "total": 1, ...}
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal, get_args

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.payments.known_account import known_account
from services.payments.receivable.rows import ReceivableKind, ReceivableRow
from shared.http.actions import ActionShape, action
from shared.http.api import Api
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.row_shape import RowShape
from shared.kernel.money import MoneyBody

RECEIVABLE: Final = RowShape(
    ReceivableRow, hidden=("currency", "withdrawn", "recorded_at", "withdrawn_on", "withdrawn_at")
)

_PAID: Final = "(amount - open - credited - written_off)"
_STATUS: Final = f"""case when open = 0 and written_off > 0 then 'written_off' when open = 0 then 'paid'
                          when {_PAID} > 0 then 'partially_paid' else 'unpaid' end"""
_STATUSES: Final = ("unpaid", "partially_paid", "paid", "written_off")


@RECEIVABLE.model
class ReceivableShape(BaseModel):
    """An issued invoice, or a debit adjustment, as something owed: `amount` = `paid` + `credited` + `written_off` +
    `open`, which is outstanding; `disputed` of that is on hold.

    `credited` is what its credit notes took off what was open, and cents within the tolerance that a payment lacked.
    One that is void is not listed.
    """

    paid: MoneyBody
    status: Literal["unpaid", "partially_paid", "paid", "written_off"]
    allowed_actions: list[ActionShape]


class ReceivableTotal(Total):
    paid: str
    credited: str
    written_off: str
    open: str
    disputed: str


class ReceivablePage(Page):
    items: list[ReceivableShape]
    totals: Sequence[ReceivableTotal]


RECEIVABLES: Final = Listing(
    source="(select * from receivable_row where not withdrawn) as receivable_row",
    columns=(*RECEIVABLE.columns, f"{_STATUS} as status"),
    filters={
        "status": Filter(_STATUS, one_of=_STATUSES),
        "kind": Filter("kind", one_of=get_args(ReceivableKind)),
        "disputed": Filter("disputed > 0", kind="boolean"),
        "due_from": Filter("due_on", op=">=", kind="date"),
        "due_to": Filter("due_on", op="<=", kind="date"),
    },
    sorts={"due_on": "due_on", "issued_on": "issued_on", "amount": "amount", "open": "open"},
    default_sort="due_on",
    tiebreak="invoice_id",
    totals=Totals(
        sums={
            **{"amount": "amount", "paid": _PAID, "credited": "credited", "written_off": "written_off"},
            **{"open": "open", "disputed": "least(disputed, open)"},
        }
    ),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/accounts/{account_id}/receivables", **listed(api, RECEIVABLES, ReceivablePage))
    async def receivables(account_id: str, request: Request) -> Response:
        await known_account(api, account_id, "select account_id from payer_row where account_id = $1")
        return await RECEIVABLES.fetch(request, api, shape=_shape, where={"account_id": account_id})

    return routes


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row of `RECEIVABLES` as `ReceivableShape`."""
    paid = money(row["amount"] - row["open"] - row["credited"] - row["written_off"], row["currency"])
    actions = _actions(row)
    return {**RECEIVABLE.values(row), "paid": paid, "status": row["status"], "allowed_actions": actions}


def _actions(row: asyncpg.Record) -> list[dict[str, Any]]:
    nothing = None if row["open"] > 0 else "nothing is open of it"
    held = None if row["disputed"] > 0 else "nothing of it is disputed"
    return [
        action("dispute", why_not="it is disputed already" if row["disputed"] > 0 else nothing),
        action("resolve_dispute", why_not=held),
        action("write_off", why_not=nothing),
    ]
