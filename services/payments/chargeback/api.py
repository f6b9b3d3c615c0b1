"""Chargebacks over HTTP.

POST /v1/payments/{id}/chargebacks {"reason": "fraud", "received_on": "2026-10-20"}
-> 201 with the chargeback: the invoices that the payment had paid are open again (R50)
POST /v1/payments/{id}/chargebacks/{chargeback_id}/reverse
GET  /v1/payments/{id}/chargebacks
"""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.payments.chargeback.messages import RecordChargeback, ReverseChargeback
from services.payments.chargeback.rows import ChargebackRow
from services.payments.payment.api import account_of
from services.payments.payment.bodies import ExternalKeyText, Note, Reason
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.listing import Listing, Totals
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.row_shape import RowShape
from shared.kernel.bodies import BillingDate, Body, IdText
from shared.kernel.money import MoneyBody

CHARGEBACK: Final = RowShape(ChargebackRow, hidden=("currency",), renamed={"chargeback_id": "id"})


class ChargebackBody(Body):
    """What a bank or a card's issuer took back, all that is left of the payment without `amount`, and when. `fee` is
    what it asks of the operator for it."""

    id: IdText | None = None
    amount: MoneyBody | None = None
    reason: Reason
    received_on: BillingDate
    note: Note = ""
    external_key: ExternalKeyText | None = None
    fee: MoneyBody | None = None


class ChargebackReversalBody(Body):
    """Why the money is here again. `fee_returned` is what of the fee has come back with it, where a gateway or bank
    says so; without it the fee stays taken."""

    reason: Note = ""
    fee_returned: MoneyBody | None = None


@CHARGEBACK.model
class ChargebackShape(BaseModel):
    """Money of a payment that was taken back."""

    allowed_actions: list[ActionShape]


class ChargebackPage(Page):
    items: list[ChargebackShape]


CHARGEBACKS: Final = Listing(
    source="chargeback_row",
    columns=CHARGEBACK.columns,
    sorts={"received_on": "received_on", "amount": "amount"},
    default_sort="received_on",
    tiebreak="chargeback_id",
    totals=Totals(),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path, writers = "/v1/payments/{payment_id}/chargebacks", [api.roles(*WRITERS)]

    async def read(chargeback_id: str) -> dict[str, Any]:
        row = await api.db.fetchrow("select * from chargeback_row where chargeback_id = $1", chargeback_id)
        return _shape(row)

    @routes.post(path, status_code=201, response_model=ChargebackShape, dependencies=writers)
    async def record_chargeback(payment_id: str, body: ChargebackBody, request: Request) -> Response:
        chargeback_id = body.id or api.new_id(request, "chargeback")
        command = RecordChargeback(
            payment_id=payment_id,
            account_id=await account_of(api, payment_id),
            chargeback_id=chargeback_id,
            reason=body.reason,
            received_on=body.received_on,
            amount=None if body.amount is None else body.amount.to_money(),
            note=body.note,
            external_key=body.external_key,
            fee=None if body.fee is None else body.fee.to_money(),
        )
        await api.command(request, command)
        return Answer(await read(chargeback_id), status_code=201)

    @routes.get(path, **listed(api, CHARGEBACKS, ChargebackPage))
    async def chargebacks(payment_id: str, request: Request) -> Response:
        await account_of(api, payment_id)
        return await CHARGEBACKS.fetch(request, api, shape=_shape, where={"payment_id": payment_id})

    @routes.post(f"{path}/{{chargeback_id}}/reverse", response_model=ChargebackShape, dependencies=writers)
    async def reverse_chargeback(
        payment_id: str, chargeback_id: str, body: ChargebackReversalBody, request: Request
    ) -> Response:
        """The money is here again, and pays first what it had paid."""
        account_id = await account_of(api, payment_id)
        command = ReverseChargeback(
            payment_id=payment_id,
            account_id=account_id,
            chargeback_id=chargeback_id,
            reason=body.reason,
            fee_returned=None if body.fee_returned is None else body.fee_returned.to_money(),
        )
        await api.command(request, command)
        return Answer(await read(chargeback_id))

    return routes


def _shape(row: Any) -> dict[str, Any]:
    why_not = None if row["status"] == "recorded" else "it was reversed already"
    return {**CHARGEBACK.values(row), "allowed_actions": [action("reverse", why_not=why_not)]}
