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
from services.invoicing.documents.contract import Cited, Cleared, Output
from services.invoicing.invoice.messages import Allowance
from services.invoicing.invoice.queries import read_invoice, read_invoice_with_amount_due, read_lines
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
            return await answer(api, forms, request, output, invoice)

        return invoice_document

    add_document_routes(routes, api, "/v1/invoices/{invoice_id}", "invoice", of)
    return routes


async def answer(api: Api, forms: Forms, request: Request, output: Output, invoice: asyncpg.Record) -> Response:
    """The document of an issued invoice or debit note. Raises `not_issued`."""
    if invoice["status"] not in ISSUED:
        raise _no_document(invoice)
    return await forms.answer(
        request,
        output,
        invoice,
        await read_lines(api, invoice["invoice_id"]),
        kind=invoice["kind"],
        due_on=invoice["due_on"],
        credit_applied=invoice["credit_applied"] or Decimal(0),
        allowances=msgspec.json.decode(invoice["allowances"] or "[]", type=list[Allowance]),
        cites=await _cited(api, invoice),
        note=invoice["note"],
        cleared=_cleared(invoice),
    )


async def _cited(api: Api, invoice: asyncpg.Record) -> tuple[Cited, ...]:
    """The invoice that this one raises, or issues anew (EN 16931, BG-3)."""
    cited = invoice["corrects"] or invoice["replaces"]
    if cited is None:
        return ()
    row = await read_invoice(api, cited)
    return (Cited(number=row["number"], issued_on=row["issued_on"]),)


def _cleared(invoice: asyncpg.Record) -> Cleared | None:
    if invoice["clearance"] != "cleared":
        return None
    said = {name: invoice[f"clearance_{name}"] for name in ("authority", "reference", "at")}
    return Cleared(**{**said, "reference": said["reference"] or ""})


def _no_document(invoice: asyncpg.Record) -> Rejection:
    """Why there is none, and what to do: only a draft can be issued."""
    match invoice["status"]:
        case "locked":
            why = "is being issued; ask again in a moment"
        case "carried_forward" | "passed_on" | "credited":
            why = "is never issued: its amount is on another invoice, which it names"
        case _:
            why = "is a draft; issue it first"
    return Rejection("not_issued", f"invoice {invoice['invoice_id']} {why}", status=409)
