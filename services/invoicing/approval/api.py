"""Approving a draft that the operator's policy stops, or rejecting it.

POST /v1/invoices/{id}/approve {"note"?}       If-Match: the version that was looked at
POST /v1/invoices/{id}/reject  {"reason": "a line is missing"}
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from services.invoicing.approval.messages import ApproveInvoice, RejectInvoice
from services.invoicing.invoice.queries import read_invoice, read_lines
from services.invoicing.invoice.shapes import InvoiceShape, invoice_shape
from services.invoicing.seller import seller_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.waiting import reached
from shared.kernel.bodies import Body, PrintableText


class ApproveBody(Body):
    """Nothing needs to be said to approve a draft."""

    note: Annotated[PrintableText, Field(max_length=500)] = ""


class RejectBody(Body):
    """Why the draft may not be issued, in words."""

    reason: Annotated[PrintableText, Field(min_length=1, max_length=500)]


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers = [api.roles(*WRITERS)]

    @routes.post("/v1/invoices/{invoice_id}/approve", response_model=InvoiceShape, dependencies=writers)
    async def approve_invoice(invoice_id: str, request: Request, body: ApproveBody | None = None) -> Response:
        """The draft may be issued as it is: by the next run, or by a person."""
        account_id, seller = await _account(api, invoice_id), seller_of(api.settings)
        note = "" if body is None else body.note
        await api.command(
            request, ApproveInvoice(invoice_id=invoice_id, account_id=account_id, note=note, seller=seller)
        )
        return await _answer(api, request, invoice_id)

    @routes.post("/v1/invoices/{invoice_id}/reject", response_model=InvoiceShape, dependencies=writers)
    async def reject_invoice(invoice_id: str, body: RejectBody, request: Request) -> Response:
        """The draft is not issued as it is; what changes it, or an approval, lets it go on."""
        account_id, seller = await _account(api, invoice_id), seller_of(api.settings)
        await api.command(
            request, RejectInvoice(invoice_id=invoice_id, account_id=account_id, reason=body.reason, seller=seller)
        )
        return await _answer(api, request, invoice_id)

    return routes


async def _account(api: Api, invoice_id: str) -> str:
    account_id: str = (await read_invoice(api, invoice_id))["account_id"]
    return account_id


async def _answer(api: Api, request: Request, invoice_id: str) -> Response:
    invoice = await read_invoice(api, invoice_id)
    reached(request, "invoicing", invoice["partition"], invoice["seq"])
    return Answer(invoice_shape(invoice, await read_lines(api, invoice_id)))
