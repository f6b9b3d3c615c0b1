"""What is on an invoice, for the customer whose it is, with the usage of each line by day; and the document.

GET /v1/customer-page/invoices/inv-7                  Authorization: Bearer mc_…
GET /v1/customer-page/invoices/inv-7/pdf
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.invoicing.document_routes import Forms
from services.invoicing.documents import outputs
from services.invoicing.documents.contract import days_of
from services.invoicing.fields import period_shape
from services.invoicing.invoice.document_api import ISSUED, answer
from services.invoicing.invoice.messages import InvoiceLine, Seller
from services.invoicing.invoice.queries import decode_line, read_invoice, read_invoice_with_amount_due
from shared.http.api import Api
from shared.http.auth import CUSTOMER
from shared.http.customer_link import HEADERS, PAGES, fresh, own_account
from shared.http.money import money
from shared.http.problems import not_found
from shared.kernel.bodies import PeriodBody
from shared.kernel.decimals import format_decimal
from shared.kernel.money import MoneyBody

LINES_MAX: Final = 200
"""The document has them all."""
_LINES: Final = """
select line::text as line, count(*) over () as total from invoice_line where invoice_id = $1 order by n limit $2
"""


class UsedOnDay(BaseModel):
    day: date
    quantity: str


class CustomerLineShape(BaseModel):
    """`days`: its usage, in its unit, each day from the first to the last with any. `amount` is before tax, where the
    price is not one with tax in it (`includes_tax`)."""

    n: int
    description: str
    period: PeriodBody
    meter: str | None
    quantity: str | None
    unit: str | None
    amount: MoneyBody
    includes_tax: bool
    days: list[UsedOnDay]


class CustomerInvoiceShape(BaseModel):
    """An issued document, and from whom it is."""

    id: str
    number: str
    kind: Literal["invoice", "debit_note"]
    seller: str
    issued_on: date
    due_on: date
    period: PeriodBody
    net: MoneyBody
    tax: MoneyBody
    total: MoneyBody
    lines: list[CustomerLineShape]
    lines_left_out: int


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    one, who = f"{PAGES}/invoices/{{invoice_id}}", [api.roles(CUSTOMER)]
    pdf = Forms(api, {"pdf": outputs()["pdf"]})

    @routes.get(one, dependencies=who, response_model=CustomerInvoiceShape)
    async def read_customer_invoice(invoice_id: str, request: Request) -> Response:
        """What is on the invoice, and the usage of each line day by day."""
        invoice = await _own(api, request, invoice_id)
        rows = await api.db.fetch(_LINES, invoice_id, LINES_MAX)
        lines = [_line(decode_line(row["line"]), invoice["currency"]) for row in rows]
        left_out = rows[0]["total"] - len(rows) if rows else 0
        return fresh(request, {**_shape(invoice), "lines": lines, "lines_left_out": left_out})

    @routes.get(
        f"{one}/pdf",
        dependencies=who,
        response_class=Response,
        responses={200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}},
    )
    async def read_customer_invoice_pdf(invoice_id: str, request: Request) -> Response:
        """The document as it was issued."""
        await _own(api, request, invoice_id)
        invoice = await read_invoice_with_amount_due(api, invoice_id)
        document = await answer(api, pdf, request, pdf.chosen(request), invoice)
        document.headers.update(HEADERS)
        return document

    return routes


async def _own(api: Api, request: Request, invoice_id: str) -> asyncpg.Record:
    """An issued invoice of the caller's account; every other one is not there. Raises `not_found`."""
    invoice = await read_invoice(api, invoice_id)
    if invoice["account_id"] != own_account(request) or invoice["status"] not in ISSUED:
        raise not_found("invoice", invoice_id)
    return invoice


def _shape(invoice: asyncpg.Record) -> dict[str, Any]:
    seller = msgspec.json.decode(invoice["seller"], type=Seller).name if invoice["seller"] else ""
    return {
        "id": invoice["invoice_id"],
        **{name: invoice[name] for name in ("number", "kind", "issued_on", "due_on")},
        "seller": seller,
        "period": {"start": invoice["period_start"], "end": invoice["period_end"]},
        **{name: money(invoice[name], invoice["currency"]) for name in ("net", "tax", "total")},
    }


def _line(line: InvoiceLine, currency: str) -> dict[str, Any]:
    return {
        "n": line.n,
        "description": line.description,
        "period": period_shape(line.period),
        "meter": line.meter,
        "quantity": None if line.quantity is None else format_decimal(line.quantity),
        "unit": line.unit,
        "amount": money(line.amount, currency),
        "includes_tax": line.gross is not None,
        "days": [{"day": one.day, "quantity": format_decimal(one.quantity)} for one in days_of(line)],
    }
