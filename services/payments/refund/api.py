"""Refunds over HTTP.

POST /v1/payments/{id}/refunds {"amount": {"amount": "20.00", "currency": "EUR"}, "reason": "cancelled early"}
-> 201 with the refund; without `amount` all that is left goes back
GET  /v1/payments/{id}/refunds

How far each is, and what a person does with it, is in list_api.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, StrictBool

from services.payments.payment.api import account_of
from services.payments.payment.bodies import ExternalKeyText, Note, Reason
from services.payments.references import creditor_reference_of
from services.payments.refund.messages import RefundPayment, RefundWay
from services.payments.refund.rows import RefundRow
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.listing import Listing, Totals
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.row_shape import RowShape
from shared.kernel.bodies import Body, IdText
from shared.kernel.money import MoneyBody

REFUNDERS: Final = ("admin", "billing", "support")
REFUND: Final = RowShape(
    RefundRow, hidden=("currency", "claim", "charge", "statement_key"), renamed={"refund_id": "id"}
)


class RefundBody(Body):
    """What goes back, all that is left without `amount`: first what pays no invoice, then what was allocated last, or
    to `invoice_id`. What invoices lose is open again; with `adjust_invoice` they owe that much less instead (R51).
    Without a `way` it goes by the gateway that the money came through, or as it came."""

    id: IdText | None = None
    amount: MoneyBody | None = None
    reason: Reason
    note: Note = ""
    external_key: ExternalKeyText | None = None
    invoice_id: IdText | None = None
    adjust_invoice: StrictBool = False
    way: RefundWay | None = None


@REFUND.model
class RefundShape(BaseModel):
    """Money of a payment that goes back: `requested`, `sent`, then `paid`, or `failed` and credit again. `outcome`,
    `reference` and `code` are what its gateway said last; `unknown` waits for a person where the gateway can't be
    asked. `transfer_reference` is what a transfer is made with, so that the bank statement tells that it was paid. Of
    older ones, paid at once, there is no `way`."""

    transfer_reference: str | None
    allowed_actions: list[ActionShape]


class RefundPage(Page):
    items: list[RefundShape]


REFUNDS: Final = Listing(
    source="refund_row",
    columns=(*REFUND.columns, "statement_key"),
    sorts={"recorded_at": "recorded_at", "amount": "amount"},
    default_sort="recorded_at",
    tiebreak="refund_id",
    totals=Totals(),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path = "/v1/payments/{payment_id}/refunds"

    @routes.post(path, status_code=201, response_model=RefundShape, dependencies=[api.roles(*REFUNDERS)])
    async def refund_payment(payment_id: str, body: RefundBody, request: Request) -> Response:
        """Within what the caller's role may refund; see the settings of payments."""
        refund_id = body.id or api.new_id(request, "refund")
        command = RefundPayment(
            payment_id=payment_id,
            account_id=await account_of(api, payment_id),
            refund_id=refund_id,
            reason=body.reason,
            amount=None if body.amount is None else body.amount.to_money(),
            note=body.note,
            external_key=body.external_key,
            invoice_id=body.invoice_id,
            adjust_invoice=body.adjust_invoice,
            role=caller_of(request).role,
            way=body.way,
        )
        await api.command(request, command)
        row = await api.db.fetchrow("select * from refund_row where refund_id = $1", refund_id)
        return Answer(shape(row), status_code=201)

    @routes.get(path, **listed(api, REFUNDS, RefundPage))
    async def refunds(payment_id: str, request: Request) -> Response:
        await account_of(api, payment_id)
        return await REFUNDS.fetch(request, api, shape=shape, where={"payment_id": payment_id})

    return routes


def shape(row: Any) -> dict[str, Any]:
    """A row of `refund_row` as `RefundShape`."""
    reference = creditor_reference_of(row["statement_key"]) if row["way"] == "transfer" else None
    return {**REFUND.values(row), "transfer_reference": reference, "allowed_actions": [*_actions(row)]}


def _actions(row: Any) -> Iterator[dict[str, Any]]:
    status, by_gateway = row["status"], row["way"] == "gateway"
    at_gateway = "its gateway says what comes of it"
    lost = by_gateway and status == "sent" and row["outcome"] == "unknown"
    over = f"it is {status} already" if status in ("paid", "failed") else None
    yield action(
        "send", why_not=over or (at_gateway if by_gateway else None if status == "requested" else "it is sent")
    )
    yield action("confirm", why_not=over or (at_gateway if by_gateway and not lost else None))
    failed = (
        "it has failed already" if status == "failed" else "the customer owes it as a debit" if row["late"] else None
    )
    yield action("fail", why_not=failed or (at_gateway if by_gateway and status == "sent" and not lost else None))
