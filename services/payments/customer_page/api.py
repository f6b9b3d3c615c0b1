"""What a customer has with us, and a link by which an invoice of his is paid.

GET  /v1/customer-page/balance                            Authorization: Bearer mc_…
POST /v1/customer-page/invoices/inv-7/payment-link        {"path": "/v1/payment-links/k3v…"}
"""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.payments.exposure.api import shown
from services.payments.payment_link.api import PATH, link_of_invoice
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import CUSTOMER
from shared.http.customer_link import HEADERS, PAGES, fresh, own_account
from shared.http.problems import not_found
from shared.kernel.money import MoneyBody


class CustomerBalanceShape(BaseModel):
    """What is owed, and the `credit` that pays what comes next: of a prepaid account its wallet, of which `available`
    is left. A postpaid one has a `credit_limit` where the operator has set one; `available` is what is left of that."""

    mode: Literal["postpaid", "prepaid"]
    owed: MoneyBody
    credit: MoneyBody
    credit_limit: MoneyBody | None
    available: MoneyBody | None


class CustomerPaymentLinkShape(BaseModel):
    """Where the invoice can be paid, by whoever has the address."""

    path: str


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get(f"{PAGES}/balance", dependencies=[api.roles(CUSTOMER)], response_model=CustomerBalanceShape)
    async def read_customer_balance(request: Request) -> Response:
        """What is owed, and what there is to pay it with."""
        exposure = await shown(api, own_account(request))
        return fresh(request, _balance(exposure))

    @routes.post(
        f"{PAGES}/invoices/{{invoice_id}}/payment-link",
        dependencies=[api.roles(CUSTOMER)],
        response_model=CustomerPaymentLinkShape,
    )
    async def make_own_payment_link(invoice_id: str, request: Request) -> Response:
        """Where the invoice can be paid; the same each time it is asked for. 409 `nothing_open` of a void one."""
        account_id = own_account(request)
        sql = "select 1 from receivable_row where invoice_id = $1 and account_id = $2"
        if await api.db.fetchval(sql, invoice_id, account_id) is None:
            raise not_found("invoice", invoice_id)
        token = await link_of_invoice(api, request, account_id, invoice_id)
        return Answer({"path": f"{PATH}/{token}"}, headers=HEADERS)

    return routes


def _balance(exposure: dict[str, Any]) -> dict[str, Any]:
    said = {name: exposure[name] for name in ("mode", "owed", "credit", "available")}
    limit = exposure["terms"]["credit_limit"] if exposure["mode"] == "postpaid" else None
    return {**said, "credit_limit": limit}
