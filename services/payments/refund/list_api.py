"""Refunds on their way over HTTP: which are to be paid out, and what a person says of each.

GET  /v1/refunds?status=requested&way=transfer        transfers to be made
POST /v1/refunds/{id}/send                            the bank has it
POST /v1/refunds/{id}/confirm {"paid_on": "2026-10-14", "reference": "…"}
POST /v1/refunds/{id}/fail {"reason_code": "account_closed"}         its money is credit again
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final, get_args

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import Field

from services.payments.payment.bodies import Code, Note
from services.payments.refund.api import REFUND, RefundShape, shape
from services.payments.refund.messages import ConfirmRefund, FailRefund, OfRefund, RefundWay, SendRefund
from services.payments.refund.state import RefundStatus
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.bodies import BillingDate, Body, PrintableText


class RefundConfirmBody(Body):
    """On which day it was paid out, today if nothing is said, and what the bank calls it."""

    paid_on: BillingDate | None = None
    reference: Annotated[PrintableText, Field(max_length=100)] = ""


class RefundFailBody(Body):
    """Why the customer does not get it."""

    reason_code: Code
    note: Note = ""


class RefundListPage(Page):
    items: list[RefundShape]
    totals: Sequence[Total]


ALL_REFUNDS: Final = Listing(
    source="refund_row",
    columns=(*REFUND.columns, "statement_key"),
    filters={
        "account_id": Filter("account_id"),
        "payment_id": Filter("payment_id"),
        "status": Filter("status", one_of=get_args(RefundStatus)),
        "way": Filter("way", one_of=get_args(RefundWay)),
        "gateway": Filter("gateway"),
        "outcome": Filter("outcome"),
        "from": Filter("recorded_at", op=">=", kind="instant"),
        "to": Filter("recorded_at", op="<", kind="instant"),
    },
    sorts={"recorded_at": "recorded_at", "amount": "amount"},
    default_sort="-recorded_at",
    tiebreak="refund_id",
    totals=Totals(sums={"amount": "amount"}),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    one: str = "/v1/refunds/{refund_id}"
    said: dict[str, Any] = {"response_model": RefundShape, "dependencies": [api.roles(*WRITERS)]}

    async def done(request: Request, refund_id: str, kind: type[OfRefund], **fields: Any) -> Response:
        row = await _row(api, refund_id)
        await api.command(request, kind(account_id=row["account_id"], refund_id=refund_id, **fields))
        return Answer(shape(await _row(api, refund_id)))

    @routes.get("/v1/refunds", **listed(api, ALL_REFUNDS, RefundListPage))
    async def all_refunds(request: Request) -> Response:
        """Refunds of all payments, the latest first."""
        return await ALL_REFUNDS.fetch(request, api, shape=shape)

    @routes.get(one, response_model=RefundShape, dependencies=[api.roles(*READERS)])
    async def refund(refund_id: str) -> Response:
        return Answer(shape(await _row(api, refund_id)))

    @routes.post(f"{one}/send", **said)
    async def send_refund(refund_id: str, request: Request) -> Response:
        """The transfer was given to the bank."""
        return await done(request, refund_id, SendRefund)

    @routes.post(f"{one}/confirm", **said)
    async def confirm_refund(refund_id: str, request: Request, body: RefundConfirmBody | None = None) -> Response:
        """It was paid out. Of a gateway's only where nobody can tell: its answer was lost."""
        given = body or RefundConfirmBody()
        return await done(request, refund_id, ConfirmRefund, paid_on=given.paid_on, reference=given.reference)

    @routes.post(f"{one}/fail", **said)
    async def fail_refund(refund_id: str, body: RefundFailBody, request: Request) -> Response:
        """It is not paid out, or the bank has sent it back: its money is credit of the payment again."""
        return await done(request, refund_id, FailRefund, reason_code=body.reason_code, note=body.note)

    return routes


async def _row(api: Api, refund_id: str) -> asyncpg.Record:
    row: asyncpg.Record | None = await api.db.fetchrow("select * from refund_row where refund_id = $1", refund_id)
    if row is None:
        raise not_found("refund", refund_id)
    return row
