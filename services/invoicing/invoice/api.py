"""Issuing one invoice. Its lines are in lines_api.py, its documents in document_api.py.

POST /v1/invoices/{id}/issue     lock, number, issue; answers the issued invoice
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from services.invoicing.invoice.messages import FinaliseInvoice
from services.invoicing.invoice.queries import read_invoice, read_invoice_with_amount_due, read_lines
from services.invoicing.invoice.shapes import InvoiceShape, invoice_shape
from services.invoicing.seller import seller_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.waiting import reached, until
from shared.kernel.bodies import Body


class IssueBody(Body):
    """Nothing needs to be said to issue an invoice."""


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
            invoice = await read_invoice_with_amount_due(api, invoice_id)
        reached(request, "invoicing", invoice["partition"], invoice["seq"])
        return Answer(invoice_shape(invoice, await read_lines(api, invoice_id)))

    return routes
