"""The receivables of an account.

GET /v1/accounts/acc-1/receivables?status=unpaid
-> {"items": [{"invoice_id": "inv-1", "number": "INV-000001", "amount": {...}, "open": {...}, ...}], "total": 1, ...}
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.payments.known_account import known_account
from services.payments.receivable.rows import ReceivableRow
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

_STATUS: Final = "case when open = 0 then 'paid' when open < amount - credited then 'partially_paid' else 'unpaid' end"


@RECEIVABLE.model
class ReceivableShape(BaseModel):
    """An issued invoice as something owed: `amount` = `paid` + `credited` + `open`, which is outstanding.

    `credited` is what its credit notes took off what was open. One that is void is not listed.
    """

    paid: MoneyBody
    status: Literal["unpaid", "partially_paid", "paid"]


class ReceivableTotal(Total):
    paid: str
    credited: str
    open: str


class ReceivablePage(Page):
    items: list[ReceivableShape]
    totals: Sequence[ReceivableTotal]


RECEIVABLES: Final = Listing(
    source="(select * from receivable_row where not withdrawn) as receivable_row",
    columns=(*RECEIVABLE.columns, f"{_STATUS} as status"),
    filters={
        "status": Filter(_STATUS, one_of=("unpaid", "partially_paid", "paid")),
        "due_from": Filter("due_on", op=">=", kind="date"),
        "due_to": Filter("due_on", op="<=", kind="date"),
    },
    sorts={"due_on": "due_on", "issued_on": "issued_on", "amount": "amount", "open": "open"},
    default_sort="due_on",
    tiebreak="invoice_id",
    totals=Totals(
        sums={"amount": "amount", "paid": "amount - open - credited", "credited": "credited", "open": "open"}
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
    paid = money(row["amount"] - row["open"] - row["credited"], row["currency"])
    return {**RECEIVABLE.values(row), "paid": paid, "status": row["status"]}
