"""Recording payments and reading them.

POST /v1/payments {"account_id": "acc-1", "amount": {"amount": "50.00", "currency": "EUR"}, "method": "bank_transfer",
                   "received_on": "2026-10-09", "external_key": "BANK-77"}
-> 201 with "allocated", "unallocated" and "allocations"
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.payments.api.shapes import PAYMENT_COLUMNS, PaymentPage, PaymentShape, payment_shape
from services.payments.commands import RecordPayment
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.parameters import documented
from shared.http.problems import not_found
from shared.kernel.bodies import BillingDate, IdText
from shared.kernel.money import MoneyBody

Method = Literal["card", "bank_transfer", "direct_debit", "cash", "cheque", "other"]

METHODS: Final = ("card", "bank_transfer", "direct_debit", "cash", "cheque", "other")


class PaymentBody(BaseModel):
    """Money that came in, today at the latest. `invoice_id` is an invoice's id or the number that customers quote;
    without it the payment pays the invoices that are due first.
    """

    model_config = ConfigDict(extra="forbid")

    id: IdText | None = None
    account_id: IdText
    amount: MoneyBody
    method: Method
    received_on: BillingDate
    external_key: Annotated[str, Field(min_length=1, max_length=255)] | None = None
    invoice_id: IdText | None = None


PAYMENTS: Final = Listing(
    source="payment_row as payment",
    columns=PAYMENT_COLUMNS,
    filters={
        "account_id": Filter("account_id"),
        "method": Filter("method", one_of=METHODS),
        "currency": Filter("currency"),
        "invoice_id": Filter(
            where="exists (select from allocation_row a where a.partition = payment.partition"
            " and a.payment_id = payment.payment_id and a.invoice_id = {value})"
        ),
        "external_key": Filter("external_key"),
        "from": Filter("received_on", op=">=", kind="date"),
        "to": Filter("received_on", op="<=", kind="date"),
        "unallocated": Filter("unallocated > 0", kind="boolean"),
    },
    sorts={"received_on": "received_on", "recorded_at": "recorded_at", "amount": "amount"},
    default_sort="-received_on",
    tiebreak="payment_id",
    totals=Totals(sums={"amount": "amount", "allocated": "amount - unallocated", "unallocated": "unallocated"}),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/payments", status_code=201, response_model=PaymentShape, dependencies=[api.roles(*WRITERS)])
    async def record_payment(body: PaymentBody, request: Request) -> Response:
        payment_id = body.id or api.new_id(request, "payment")
        await api.command(
            request,
            RecordPayment(
                payment_id=payment_id,
                account_id=body.account_id,
                amount=body.amount.to_money(),
                method=body.method,
                received_on=body.received_on,
                external_key=body.external_key,
                invoice_id=body.invoice_id,
            ),
        )
        return Answer(await _payment(api, payment_id), status_code=201)

    @routes.get(
        "/v1/payments",
        response_model=PaymentPage,
        dependencies=[api.roles(*READERS)],
        openapi_extra=documented(PAYMENTS),
    )
    async def payments(request: Request) -> Response:
        return await PAYMENTS.fetch(request, api, shape=payment_shape)

    @routes.get("/v1/payments/{payment_id}", response_model=PaymentShape, dependencies=[api.roles(*READERS)])
    async def payment(payment_id: str) -> Response:
        return Answer(await _payment(api, payment_id))

    return routes


async def _payment(api: Api, payment_id: str) -> dict[str, object]:
    columns = ", ".join(PAYMENT_COLUMNS)
    row = await api.db.fetchrow(f"select {columns} from payment_row as payment where payment_id = $1", payment_id)
    if row is None:
        raise not_found("payment", payment_id)
    return payment_shape(row)
