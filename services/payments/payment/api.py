"""Recording payments and reading them.

POST /v1/payments {"account_id": "acc-1", "amount": {"amount": "50.00", "currency": "EUR"}, "method": "bank_transfer",
                   "received_on": "2026-10-09", "external_key": "BANK-77"}
-> 201 with "allocated", "unallocated" and "allocations"
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, get_args

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from services.payments.deposit.messages import DEPOSIT
from services.payments.payment.messages import RecordPayment
from services.payments.payment.rows import PaymentRow
from shared.http.actions import ActionShape, not_yet
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import BillingDate, Body, IdText
from shared.kernel.money import MoneyBody

Method = Literal["card", "bank_transfer", "direct_debit", "cash", "cheque", "other"]

PAYMENT: Final = RowShape(PaymentRow, hidden=("currency",), renamed={"payment_id": "id"})

_COLUMNS: Final = (
    *PAYMENT.columns,
    """(select coalesce(json_agg(json_build_object('invoice_id', a.invoice_id, 'amount', a.amount::text)
                                 order by a.seq), '[]')
          from allocation_row a where a.partition = payment.partition and a.payment_id = payment.payment_id)::text
       as allocations""",
)


class PaymentBody(Body):
    """Money that came in, today at the latest. `invoice_id` is an invoice's id or the number that customers quote;
    without it the payment pays the invoices that are due first.
    """

    id: IdText | None = None
    account_id: IdText
    amount: MoneyBody
    method: Method
    received_on: BillingDate
    external_key: Annotated[str, Field(min_length=1, max_length=255)] | None = None
    invoice_id: IdText | None = None


class AllocationShape(BaseModel):
    invoice_id: str
    amount: MoneyBody


@PAYMENT.model
class PaymentShape(BaseModel):
    """A payment; `allocated` and `unallocated` add up to `amount`, `unallocated` is the account's credit."""

    allocated: MoneyBody
    allocations: list[AllocationShape]
    allowed_actions: list[ActionShape]


class PaymentTotal(Total):
    allocated: str
    unallocated: str


class PaymentPage(Page):
    items: list[PaymentShape]
    totals: Sequence[PaymentTotal]


PAYMENTS: Final = Listing(
    source="payment_row as payment",
    columns=_COLUMNS,
    filters={
        "account_id": Filter("account_id"),
        "method": Filter("method", one_of=(*get_args(Method), DEPOSIT)),
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

    @routes.get("/v1/payments", **listed(api, PAYMENTS, PaymentPage))
    async def payments(request: Request) -> Response:
        return await PAYMENTS.fetch(request, api, shape=_shape)

    @routes.get("/v1/payments/{payment_id}", response_model=PaymentShape, dependencies=[api.roles(*READERS)])
    async def payment(payment_id: str) -> Response:
        return Answer(await _payment(api, payment_id))

    return routes


async def _payment(api: Api, payment_id: str) -> dict[str, Any]:
    columns = ", ".join(_COLUMNS)
    row = await api.db.fetchrow(f"select {columns} from payment_row as payment where payment_id = $1", payment_id)
    if row is None:
        raise not_found("payment", payment_id)
    return _shape(row)


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row of `_COLUMNS` as `PaymentShape`."""
    currency = row["currency"]
    allocations = msgspec.json.decode(row["allocations"], type=list[_Allocation])
    return {
        **PAYMENT.values(row),
        "allocated": money(row["amount"] - row["unallocated"], currency),
        "allocations": [{"invoice_id": a.invoice_id, "amount": money(a.amount, currency)} for a in allocations],
        "allowed_actions": not_yet("refund", "reverse"),
    }


class _Allocation(msgspec.Struct):
    invoice_id: str
    amount: Decimal
