"""Issuing one invoice, and making it void. Its lines are in lines_api.py, its documents in document_api.py.

POST /v1/invoices/{id}/issue     lock, number, issue; answers the issued invoice
POST /v1/invoices/{id}/void      {"reason": "duplicate", "note"?}; answers the invoice, void
"""

from __future__ import annotations

from typing import Annotated, Literal

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import Field

from services.invoicing.invoice.messages import FinaliseInvoice
from services.invoicing.invoice.queries import read_invoice, read_invoice_with_amount_due, read_lines
from services.invoicing.invoice.shapes import InvoiceShape, invoice_shape
from services.invoicing.seller import seller_of
from services.invoicing.void.messages import VoidInvoice
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.waiting import reached, until
from shared.kernel.bodies import Body, PrintableText
from shared.kernel.errors import Rejection
from shared.kernel.money import format_amount


class IssueBody(Body):
    """Nothing needs to be said to issue an invoice."""


class VoidBody(Body):
    """Why an invoice should never have been issued, as a code, and in words for those who come later."""

    reason: Literal["duplicate", "wrong_account", "billing_error", "test", "other"]
    note: Annotated[PrintableText, Field(max_length=500)] = ""


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/invoices/{invoice_id}/issue", response_model=InvoiceShape, dependencies=[api.roles(*WRITERS)])
    async def issue_invoice(invoice_id: str, request: Request, body: IssueBody | None = None) -> Response:
        draft = await read_invoice(api, invoice_id)
        await api.command(
            request,
            FinaliseInvoice(invoice_id=invoice_id, account_id=draft["account_id"], seller=seller_of(api.settings)),
        )
        invoice = await until(lambda: read_invoice(api, invoice_id), lambda row: row["status"] in ("issued", "draft"))
        if invoice["status"] == "draft":
            raise _waits(invoice)
        if invoice["status"] == "issued":
            invoice = await read_invoice_with_amount_due(api, invoice_id)
        reached(request, "invoicing", invoice["partition"], invoice["seq"])
        return Answer(invoice_shape(invoice, await read_lines(api, invoice_id)))

    @routes.post("/v1/invoices/{invoice_id}/void", response_model=InvoiceShape, dependencies=[api.roles(*WRITERS)])
    async def void_invoice(invoice_id: str, body: VoidBody, request: Request) -> Response:
        """The invoice claims nothing any more and keeps its number. Refused where anything was paid of it."""
        issued = await read_invoice(api, invoice_id)
        await api.command(
            request,
            VoidInvoice(invoice_id=invoice_id, account_id=issued["account_id"], reason=body.reason, note=body.note),
        )
        invoice = await until(lambda: read_invoice(api, invoice_id), lambda row: not row["void_pending"])
        reached(request, "invoicing", invoice["partition"], invoice["seq"])
        if invoice["status"] != "void" and invoice["void_refused"] is not None:
            raise _paid(invoice)
        return Answer(invoice_shape(invoice, await read_lines(api, invoice_id)))

    return routes


def _waits(invoice: asyncpg.Record) -> Rejection:
    id_ = invoice["invoice_id"]
    detail = f"invoice {id_} waits for an approval, which is asked for: POST /v1/invoices/{id_}/approve"
    return Rejection("approval_required", detail, status=409)


def _paid(invoice: asyncpg.Record) -> Rejection:
    paid = format_amount(invoice["void_refused"], invoice["currency"])
    detail = f"{paid} {invoice['currency']} of {invoice['number']} is paid: it can't be void; credit it"
    return Rejection("invoice_paid", detail, status=409)
