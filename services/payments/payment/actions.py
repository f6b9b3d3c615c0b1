"""What is done with a payment over HTTP.

POST /v1/payments/{id}/succeed       {"received_on": "2026-10-12"}
POST /v1/payments/{id}/fail          {"reason_code": "insufficient_funds", "hard": false}
POST /v1/payments/{id}/cancel        {"reason": "the customer pays by card"}
POST /v1/payments/{id}/allocations   {"allocations": [{"invoice_id": "inv-2", "amount": {...}}]}     all that it pays
POST /v1/payments/{id}/reverse       {"reason": "booked twice"}
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response

from services.payments.payment.api import PaymentShape, account_of, read_payment
from services.payments.payment.bodies import AllocationsBody, CancelBody, FailureBody, ReverseBody, SuccessBody
from services.payments.payment.messages import (
    AllocatePayment,
    CancelPayment,
    FailPayment,
    ReversePayment,
    SucceedPayment,
    Wanted,
)
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.kernel.message import Command


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    one: str = "/v1/payments/{payment_id}"
    said: dict[str, Any] = {"response_model": PaymentShape, "dependencies": [api.roles(*WRITERS)]}

    async def done(request: Request, payment_id: str, make: Callable[..., Command], **fields: Any) -> Response:
        account_id = await account_of(api, payment_id)
        await api.command(request, make(payment_id=payment_id, account_id=account_id, **fields))
        return Answer(await read_payment(api, payment_id))

    @routes.post(f"{one}/succeed", **said)
    async def succeed_payment(payment_id: str, body: SuccessBody, request: Request) -> Response:
        """The money of a pending payment is here: it pays what is open now."""
        return await done(request, payment_id, SucceedPayment, received_on=body.received_on)

    @routes.post(f"{one}/fail", **said)
    async def fail_payment(payment_id: str, body: FailureBody, request: Request) -> Response:
        """A pending payment did not come."""
        fields = {"reason_code": body.reason_code, "hard": body.hard, "note": body.note}
        return await done(request, payment_id, FailPayment, **fields)

    @routes.post(f"{one}/cancel", **said)
    async def cancel_payment(payment_id: str, body: CancelBody, request: Request) -> Response:
        """A pending payment is waited for no longer."""
        return await done(request, payment_id, CancelPayment, reason=body.reason)

    @routes.post(f"{one}/allocations", **said)
    async def allocate_payment(payment_id: str, body: AllocationsBody, request: Request) -> Response:
        """What the payment pays from now on, all of it; the rest of it is credit (R49)."""
        wanted = tuple(Wanted(invoice_id=part.invoice_id, amount=part.amount.to_money()) for part in body.allocations)
        return await done(request, payment_id, AllocatePayment, allocations=wanted)

    @routes.post(f"{one}/reverse", **said)
    async def reverse_payment(payment_id: str, body: ReverseBody, request: Request) -> Response:
        """It never came: all that is left of it is taken back, and its invoices are open again."""
        return await done(request, payment_id, ReversePayment, reason=body.reason)

    return routes
