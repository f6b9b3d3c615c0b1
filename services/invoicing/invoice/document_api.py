"""The documents of an issued invoice, which it keeps when it is made void.

GET /v1/invoices/{id}/pdf
GET /v1/invoices/{id}/xml?syntax=ubl
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response

from services.invoicing.document_routes import Forms, Handler, add_document_routes
from services.invoicing.invoice.messages import Allowance
from services.invoicing.invoice.queries import read_invoice_with_amount_due, read_lines
from shared.http.api import Api
from shared.kernel.errors import Rejection

ISSUED: Final = ("issued", "void")
"""A void invoice was issued: what was sent to the customer can be read for ever, as it was."""


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    def of(forms: Forms) -> Handler:
        async def invoice_document(invoice_id: str, request: Request) -> Response:
            output = forms.chosen(request)
            invoice = await read_invoice_with_amount_due(api, invoice_id)
            if invoice["status"] not in ISSUED:
                raise _no_document(invoice)
            credit_applied = invoice["credit_applied"] or Decimal(0)
            allowances = msgspec.json.decode(invoice["allowances"] or "[]", type=list[Allowance])
            told = {"due_on": invoice["due_on"], "credit_applied": credit_applied, "allowances": allowances}
            return await forms.answer(request, output, invoice, await read_lines(api, invoice_id), **told)

        return invoice_document

    add_document_routes(routes, api, "/v1/invoices/{invoice_id}", "invoice", of)
    return routes


def _no_document(invoice: asyncpg.Record) -> Rejection:
    """Why there is none, and what to do: only a draft can be issued."""
    match invoice["status"]:
        case "locked":
            why = "is being issued; ask again in a moment"
        case "carried_forward" | "passed_on":
            why = "is never issued: its amount is on another invoice, which it names"
        case _:
            why = "is a draft; issue it first"
    return Rejection("not_issued", f"invoice {invoice['invoice_id']} {why}", status=409)
