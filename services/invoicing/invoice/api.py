"""Issuing one invoice, and its document.

POST /v1/invoices/{id}/issue     lock, number, issue; answers the issued invoice
GET  /v1/invoices/{id}/pdf       the document of an issued invoice
"""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any, Final

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict

from services.invoicing.documents import pdf
from services.invoicing.documents.contents import InvoiceContents
from services.invoicing.invoice.messages import FinaliseInvoice, InvoiceLine, Seller, TaxGroup
from services.invoicing.invoice.reading import read_invoice, read_lines
from services.invoicing.invoice.shapes import InvoiceShape, invoice_shape
from services.invoicing.seller import seller_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.customers import open_customers
from shared.http.waiting import reached, until
from shared.kernel.customer import CustomerFields
from shared.kernel.errors import Rejection
from shared.kernel.period import Period

AMOUNT_DUE_WAIT_S: Final = 2.0
"""Payments says at once what credit paid of a new invoice; while it is away the document asks for the whole total."""


_NO_SELLER: Final = '{"name": ""}'
"""Of an invoice that is older than the note of who issued it."""


class IssueBody(BaseModel):
    """Nothing needs to be said to issue an invoice."""

    model_config = ConfigDict(extra="forbid")


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/invoices/{invoice_id}/issue", response_model=InvoiceShape, dependencies=[api.roles(*WRITERS)])
    async def issue_invoice(invoice_id: str, request: Request, body: IssueBody | None = None) -> Response:
        draft = await read_invoice(api, invoice_id)
        await api.command(
            request,
            FinaliseInvoice(invoice_id=invoice_id, account_id=draft["account_id"], seller=seller_of(api.settings)),
        )
        invoice = await until(lambda: read_invoice(api, invoice_id), lambda row: row["status"] == "issued")
        if invoice["status"] == "issued":
            invoice = await _with_amount_due(api, invoice_id)
        reached(request, "invoicing", invoice["partition"], invoice["seq"])
        return Answer(invoice_shape(invoice, await read_lines(api, invoice_id)))

    @routes.get(
        "/v1/invoices/{invoice_id}/pdf",
        response_class=Response,
        responses={200: {"content": {pdf.MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}}},
        dependencies=[api.roles(*READERS)],
    )
    async def invoice_pdf(invoice_id: str, request: Request) -> Response:
        invoice = await _with_amount_due(api, invoice_id)
        if invoice["status"] != "issued":
            raise Rejection("not_issued", f"invoice {invoice_id} is a {invoice['status']}; issue it first", status=409)
        customer = {"name": invoice["name"], "details": invoice["details"]}
        await open_customers(api, request, [customer])
        contents = _contents(invoice, await read_lines(api, invoice_id), customer)
        # Some 20 ms of work, and more for a long invoice: not on the loop that the workers run in.
        document = await asyncio.to_thread(pdf.render, contents)
        headers = {"Content-Disposition": f'inline; filename="{invoice["number"]}.pdf"'}
        return Response(document, media_type=pdf.MEDIA_TYPE, headers=headers)

    return routes


async def _with_amount_due(api: Api, invoice_id: str) -> asyncpg.Record:
    """The invoice; where it is issued, as soon as payments has said what credit paid of it."""
    return await until(
        lambda: read_invoice(api, invoice_id),
        lambda row: row["status"] != "issued" or row["amount_due"] is not None,
        wait_s=AMOUNT_DUE_WAIT_S,
    )


def _contents(invoice: asyncpg.Record, lines: list[InvoiceLine], customer: dict[str, Any]) -> InvoiceContents:
    details = CustomerFields.model_validate(customer)
    fields: dict[str, Any] = {
        field: invoice[field]
        for field in ("number", "account_id", "currency", "issued_on", "due_on", "net", "tax", "total")
    }
    return InvoiceContents(
        **fields,
        credit_applied=invoice["credit_applied"] or Decimal(0),
        bill_to=customer["name"],
        bill_to_lines=details.address.as_printed() if details.address else (),
        bill_to_tax_id=details.tax_id or "",
        period=Period(invoice["period_start"], invoice["period_end"]),
        lines=lines,
        tax_groups=msgspec.json.decode(invoice["tax_groups"], type=list[TaxGroup]),
        seller=msgspec.json.decode(invoice["seller"] or _NO_SELLER, type=Seller),
    )
