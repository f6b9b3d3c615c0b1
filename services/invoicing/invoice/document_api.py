"""The documents of an issued invoice: a path for each output that documents/ has.

GET /v1/invoices/{id}/pdf
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any, Final

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response

from services.invoicing.documents import outputs
from services.invoicing.documents.contract import InvoiceContents, Output
from services.invoicing.invoice.messages import InvoiceLine, Seller, TaxGroup
from services.invoicing.invoice.queries import read_invoice_with_amount_due, read_lines
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.customers import open_customers
from shared.kernel.customer import CustomerFields
from shared.kernel.errors import Rejection
from shared.kernel.period import Period

_NO_SELLER: Final = '{"name": ""}'
"""Of an invoice that is older than the note of who issued it."""


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    for output in outputs().values():
        routes.add_api_route(
            f"/v1/invoices/{{invoice_id}}/{output.name}",
            _document_of(api, output),
            name=f"invoice_{output.name}",
            response_class=Response,
            responses={200: {"content": {output.media_type: {"schema": {"type": "string", "format": "binary"}}}}},
            dependencies=[api.roles(*READERS)],
        )
    return routes


def _document_of(api: Api, output: Output) -> Callable[[str, Request], Awaitable[Response]]:
    async def invoice_document(invoice_id: str, request: Request) -> Response:
        invoice = await read_invoice_with_amount_due(api, invoice_id)
        if invoice["status"] != "issued":
            raise Rejection("not_issued", f"invoice {invoice_id} is a {invoice['status']}; issue it first", status=409)
        customer = {"name": invoice["name"], "details": invoice["details"]}
        await open_customers(api, request, [customer])
        contents = _contents(invoice, await read_lines(api, invoice_id), customer)
        # Some 20 ms of work, and more for a long invoice: not on the loop that the workers run in.
        document = await asyncio.to_thread(output.render, contents)
        headers = {"Content-Disposition": f'inline; filename="{invoice["number"]}.{output.name}"'}
        return Response(document, media_type=output.media_type, headers=headers)

    return invoice_document


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
