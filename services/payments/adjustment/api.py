"""Adjustments over HTTP.

POST /v1/accounts/acc-1/adjustments {"direction": "credit", "amount": {"amount": "5.00", "currency": "EUR"},
                                     "reason_code": "goodwill"}
-> 201; 403 `above_approval_limit` where the caller's role may not adjust so much
GET  /v1/accounts/acc-1/adjustments
"""

from __future__ import annotations

from typing import Any, Final, get_args

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.payments.adjustment.messages import AdjustBalance, Direction
from services.payments.adjustment.rows import AdjustmentRow
from services.payments.known_account import known_account
from services.payments.payment.bodies import Code, Note
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.listing import Filter, Listing, Totals
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.row_shape import RowShape
from shared.kernel.bodies import BillingDate, Body, IdText
from shared.kernel.money import MoneyBody

ADJUSTERS: Final = ("admin", "billing", "support")
ADJUSTMENT: Final = RowShape(AdjustmentRow, hidden=("currency",), renamed={"adjustment_id": "id"})


class AdjustmentBody(Body):
    """A `debit` lets the account owe more, by the day `due_on`; a `credit` less: it pays `invoice_id` first, then what
    is due first, and the rest is credit. No tax changes: what was supplied is corrected by a credit or debit note."""

    direction: Direction
    amount: MoneyBody
    reason_code: Code
    note: Note = ""
    invoice_id: IdText | None = None
    due_on: BillingDate | None = None


@ADJUSTMENT.model
class AdjustmentShape(BaseModel):
    """An adjustment. `due_on` is of a debit, which is among the receivables under the same id."""


class AdjustmentPage(Page):
    items: list[AdjustmentShape]


ADJUSTMENTS: Final = Listing(
    source="adjustment_row",
    columns=ADJUSTMENT.columns,
    filters={
        "direction": Filter("direction", one_of=get_args(Direction)),
        "reason_code": Filter("reason_code"),
        "from": Filter("adjusted_on", op=">=", kind="date"),
        "to": Filter("adjusted_on", op="<=", kind="date"),
    },
    sorts={"adjusted_on": "adjusted_on", "amount": "amount"},
    default_sort="-adjusted_on",
    tiebreak="adjustment_id",
    totals=Totals(sums={"amount": "case when direction = 'debit' then amount else -amount end"}),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path = "/v1/accounts/{account_id}/adjustments"

    @routes.post(path, status_code=201, response_model=AdjustmentShape, dependencies=[api.roles(*ADJUSTERS)])
    async def adjust_balance(account_id: str, body: AdjustmentBody, request: Request) -> Response:
        """Within what the caller's role may adjust; see the settings of payments."""
        adjustment_id = api.new_id(request, "adjustment")
        command = AdjustBalance(
            adjustment_id=adjustment_id,
            account_id=account_id,
            direction=body.direction,
            amount=body.amount.to_money(),
            reason_code=body.reason_code,
            role=caller_of(request).role,
            note=body.note,
            invoice_id=body.invoice_id,
            due_on=body.due_on,
        )
        await api.command(request, command)
        sql = "select * from adjustment_row where account_id = $1 and adjustment_id = $2"
        return Answer(_shape(await api.db.fetchrow(sql, account_id, adjustment_id)), status_code=201)

    @routes.get(path, **listed(api, ADJUSTMENTS, AdjustmentPage))
    async def adjustments(account_id: str, request: Request) -> Response:
        """`totals` are debits less credits."""
        await known_account(api, account_id, "select account_id from payer_row where account_id = $1")
        return await ADJUSTMENTS.fetch(request, api, shape=_shape, where={"account_id": account_id})

    return routes


def _shape(row: Any) -> dict[str, Any]:
    return ADJUSTMENT.values(row)
