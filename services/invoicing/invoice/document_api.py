"""The documents of an issued invoice: a path for each output that documents/ has.

GET /v1/invoices/{id}/pdf
GET /v1/invoices/{id}/xml?syntax=ubl      outputs of one path are told apart by `syntax`
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import nullcontext
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response

from services.invoicing.document_style import style_of
from services.invoicing.documents import outputs
from services.invoicing.documents.contract import InvoiceContents, Output
from services.invoicing.documents.paper.style import DocumentStyle
from services.invoicing.invoice.messages import InvoiceLine, Seller, TaxGroup
from services.invoicing.invoice.queries import read_invoice_with_amount_due, read_lines
from shared.http.api import Api, caller_of
from shared.http.auth import READERS
from shared.http.customers import open_customers
from shared.http.problems import BadParameter
from shared.kernel.customer import CustomerFields
from shared.kernel.errors import Rejection
from shared.kernel.period import Period

Handler = Callable[[str, Request], Awaitable[Response]]

LONG: Final = 500
"""Documents of more lines are made one after the other: each takes some 100 kB a line while it is set."""

_NO_SELLER: Final = '{"name": ""}'
"""Of an invoice that is older than the note of who issued it."""


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    style = style_of(api.settings)
    every = sorted(outputs().values(), key=lambda output: (output.ending, output.name))
    for ending, listed in groupby(every, key=lambda output: output.ending):
        forms = {output.name: output for output in listed}
        media = {output.media_type: {"schema": {"type": "string", "format": "binary"}} for output in forms.values()}
        routes.add_api_route(
            f"/v1/invoices/{{invoice_id}}/{ending}",
            _document_of(api, forms, style),
            name=f"invoice_{ending}",
            response_class=Response,
            responses={200: {"content": media}},
            dependencies=[api.roles(*READERS)],
            openapi_extra=_syntaxes(forms),
        )
    return routes


def _syntaxes(forms: Mapping[str, Output]) -> dict[str, Any]:
    """The parameter that chooses among several outputs of a path; the first of them if it is not given."""
    if len(forms) == 1:
        return {}
    schema = {"type": "string", "enum": [*forms], "default": next(iter(forms))}
    return {"parameters": [{"name": "syntax", "in": "query", "schema": schema}]}


def _document_of(api: Api, forms: Mapping[str, Output], style: DocumentStyle) -> Handler:
    turn = asyncio.Semaphore(1)

    async def invoice_document(invoice_id: str, request: Request) -> Response:
        output = _chosen(forms, request)
        if output.personal and not caller_of(request).may("personal_data"):
            raise Rejection("forbidden", f"{output.name} names the customer, which this role may not read", status=403)
        invoice = await read_invoice_with_amount_due(api, invoice_id)
        if invoice["status"] != "issued":
            raise _no_document(invoice)
        customer = {"name": invoice["name"], "details": invoice["details"]}
        await open_customers(api, request, [customer])
        contents = _contents(invoice, await read_lines(api, invoice_id), customer, style)
        # Some 15 ms of work, and more for a long invoice: not on the loop that the workers run in.
        async with turn if len(contents.lines) > LONG else nullcontext():
            document = await asyncio.to_thread(output.render, contents)
        headers = {"Content-Disposition": f'inline; filename="{invoice["number"]}.{output.ending}"'}
        return Response(document, media_type=output.media_type, headers=headers)

    return invoice_document


def _no_document(invoice: asyncpg.Record) -> Rejection:
    """Why there is none, and what to do: only a draft can be issued."""
    match invoice["status"]:
        case "void":
            code, why = "invoice_void", "is void and claims nothing; its lines and taxes can be read"
        case "locked":
            code, why = "not_issued", "is being issued; ask again in a moment"
        case "carried_forward" | "passed_on":
            code, why = "not_issued", "is never issued: its amount is on another invoice, which it names"
        case _:
            code, why = "not_issued", "is a draft; issue it first"
    return Rejection(code, f"invoice {invoice['invoice_id']} {why}", status=409)


def _chosen(forms: Mapping[str, Output], request: Request) -> Output:
    syntax = request.query_params.get("syntax")
    if syntax is None or len(forms) == 1:
        return next(iter(forms.values()))
    if syntax not in forms:
        raise BadParameter("syntax", f"syntax is one of {', '.join(forms)}, not {syntax!r}")
    return forms[syntax]


def _contents(
    invoice: asyncpg.Record, lines: list[InvoiceLine], customer: dict[str, Any], style: DocumentStyle
) -> InvoiceContents:
    details = CustomerFields.model_validate(customer)
    fields: dict[str, Any] = {
        field: invoice[field]
        for field in ("number", "account_id", "currency", "issued_on", "due_on", "net", "tax", "total")
    }
    return InvoiceContents(
        **fields,
        credit_applied=invoice["credit_applied"] or Decimal(0),
        bill_to=customer["name"],
        bill_to_address=details.address,
        bill_to_tax_id=details.tax_id or "",
        bill_to_electronic_address=details.electronic_address or "",
        buyer_reference=details.buyer_reference or "",
        language=details.language or "",
        period=Period(invoice["period_start"], invoice["period_end"]),
        lines=lines,
        tax_groups=msgspec.json.decode(invoice["tax_groups"], type=list[TaxGroup]),
        seller=msgspec.json.decode(invoice["seller"] or _NO_SELLER, type=Seller),
        style=style,
    )
