"""Recording payments and reading them.

POST /v1/payments {"account_id": "acc-1", "amount": {"amount": "50.00", "currency": "EUR"}, "method": "bank_transfer",
                   "received_on": "2026-10-09", "external_key": "BANK-77"}
-> 201 with "allocated", "unallocated" and "allocations"
GET  /v1/payments?status=failed&unallocated=true

What is done with a payment afterwards is in actions.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, get_args

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.payments.deposit.messages import DEPOSIT
from services.payments.granted_credit.messages import OF_VOUCHER
from services.payments.payment.bodies import Method, PaymentBody
from services.payments.payment.messages import PaymentStatus, RecordPayment
from services.payments.payment.rows import PaymentRow
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, KeptSums, Listing, Totals
from shared.http.money import money
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.money import MoneyBody

PAYMENT: Final = RowShape(PaymentRow, hidden=("currency",), renamed={"payment_id": "id"})

NO_MONEY: Final = ("pending", "authorised", "failed", "cancelled", "reversed")
"""Of these there is no money: not yet, or not at all."""
_NONE = ", ".join(f"'{status}'" for status in NO_MONEY)
ALLOCATED: Final = f"case when status in ({_NONE}) then 0 else amount - unallocated - refunded - charged_back end"

_COLUMNS: Final = (
    *PAYMENT.columns,
    f"{ALLOCATED} as allocated",
    """(select coalesce(json_agg(json_build_object('invoice_id', a.invoice_id, 'amount', a.amount::text)
                                 order by a.seq), '[]')
          from (select invoice_id, sum(amount) as amount, max(seq) as seq from allocation_row l
                 where l.partition = payment.partition and l.payment_id = payment.payment_id
                 group by invoice_id having sum(amount) > 0) a)::text as allocations""",
    """(select run_id from direct_debit_row d where d.partition = payment.partition and d.debit_id = payment.payment_id
           and d.status = 'placed') as collected_by""",
)


class AllocationShape(BaseModel):
    invoice_id: str
    amount: MoneyBody


@PAYMENT.model
class PaymentShape(BaseModel):
    """A payment. Once it has succeeded, `amount` = `allocated` + `unallocated` + `refunded` + `charged_back`; of them
    `unallocated` is the account's credit. Of what was refunded, banks took `charged_again` a second time, which the
    customer owes. `reason` is that of what happened last.
    """

    allocated: MoneyBody
    allocations: list[AllocationShape]
    allowed_actions: list[ActionShape]


class PaymentTotal(Total):
    allocated: str
    unallocated: str
    refunded: str
    charged_back: str


class PaymentPage(Page):
    items: list[PaymentShape]
    totals: Sequence[PaymentTotal]


PAYMENTS: Final = Listing(
    source="payment_row as payment",
    columns=_COLUMNS,
    filters={
        "account_id": Filter("account_id"),
        "status": Filter("status", one_of=get_args(PaymentStatus)),
        "method": Filter("method", one_of=(*get_args(Method), DEPOSIT, OF_VOUCHER)),
        "currency": Filter("currency"),
        "invoice_id": Filter(
            where="(partition, payment_id) in (select partition, payment_id from allocation_row"
            " where invoice_id = {value} group by 1, 2 having sum(amount) > 0)"
        ),
        "external_key": Filter("external_key"),
        "from": Filter("received_on", op=">=", kind="date"),
        "to": Filter("received_on", op="<=", kind="date"),
        "unallocated": Filter("unallocated > 0", kind="boolean"),
        "needs_attention": Filter("(status = 'failed' or unallocated > 0)", kind="boolean"),
        "q": Filter(where="(payment_id = {value} or external_key = {value} or account_id = {value})"),
    },
    sorts={"received_on": "received_on", "recorded_at": "recorded_at", "amount": "amount"},
    default_sort="-received_on",
    tiebreak="payment_id",
    totals=Totals(
        sums={
            **{"amount": "amount", "allocated": ALLOCATED, "unallocated": "unallocated"},
            **{"refunded": "refunded", "charged_back": "charged_back"},
        },
        kept=(
            KeptSums(
                source="payment_sum",
                count="sum(counted)",
                filters=frozenset({"currency", "status", "method", "from", "to"}),
            ),
        ),
    ),
    never_null=frozenset({"received_on", "recorded_at", "amount"}),
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
                status=body.status,
            ),
        )
        return Answer(await read_payment(api, payment_id), status_code=201)

    @routes.get("/v1/payments", **listed(api, PAYMENTS, PaymentPage))
    async def payments(request: Request) -> Response:
        return await PAYMENTS.fetch(request, api, shape=_shape)

    @routes.get("/v1/payments/{payment_id}", response_model=PaymentShape, dependencies=[api.roles(*READERS)])
    async def payment(payment_id: str) -> Response:
        return Answer(await read_payment(api, payment_id))

    return routes


async def read_payment(api: Api, payment_id: str) -> dict[str, Any]:
    """A payment as `PaymentShape`. Raises `not_found`."""
    columns = ", ".join(_COLUMNS)
    row = await api.db.fetchrow(f"select {columns} from payment_row as payment where payment_id = $1", payment_id)
    if row is None:
        raise not_found("payment", payment_id)
    return _shape(row)


async def account_of(api: Api, payment_id: str) -> str:
    """Whose payment it is. Raises `not_found`."""
    account_id: str | None = await api.db.fetchval(
        "select account_id from payment_row where payment_id = $1", payment_id
    )
    if account_id is None:
        raise not_found("payment", payment_id)
    return account_id


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row of `_COLUMNS` as `PaymentShape`."""
    currency = row["currency"]
    allocations = msgspec.json.decode(row["allocations"], type=list[_Allocation])
    return {
        **PAYMENT.values(row),
        "allocated": money(row["allocated"], currency),
        "allocations": [{"invoice_id": a.invoice_id, "amount": money(a.amount, currency)} for a in allocations],
        "allowed_actions": _actions(row),
    }


def _actions(row: asyncpg.Record) -> list[dict[str, Any]]:
    status = row["status"]
    waits = None if status in ("pending", "authorised") else f"it is {status}: nobody waits for it"
    run_id = row["collected_by"]
    waits = waits or (f"run {run_id} collects it: book, return or cancel it there" if run_id else None)
    here = f"there is no money of it: it is {status}" if status in NO_MONEY else None
    gone = None if row["amount"] > row["refunded"] + row["charged_back"] else "nothing is left of it"
    taken = gone if row["refunded"] == row["charged_again"] else None
    held = "it is made of a deposit, which is paid back by a refund" if row["method"] == DEPOSIT else None
    reasons = {
        **{"succeed": waits, "fail": waits, "cancel": waits},
        **{"allocate": here or gone, "refund": here or gone},
        **{"record_chargeback": here or taken or held, "reverse": here or taken or held},
    }
    return [action(name, why_not=why) for name, why in reasons.items()]


class _Allocation(msgspec.Struct):
    invoice_id: str
    amount: Decimal
