"""An invoice's lines, and where each of them comes from.

GET /v1/invoices/{id}/lines/2/explain
-> the line with its price steps, plan version, service period, its amount before rounding, its part of the taxes, what
   was credited of it, where it comes from, and the charge that leads on to the usage days and records behind it
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
from fastapi import APIRouter, Request, Response

from services.invoicing.fields import period_shape
from services.invoicing.invoice.explaining import (
    LineCreditShape,
    LineTaxShape,
    OriginShape,
    credits_of,
    origin_of,
    taxes_of,
)
from services.invoicing.invoice.messages import InvoiceLine
from services.invoicing.invoice.queries import decode_line, read_invoice, read_lines
from services.invoicing.invoice.shapes import ExplainedLine, LinePage, line_shape
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.decimals import format_decimal

LINES: Final = Listing(
    source="(select l.*, i.currency, (l.line ->> 'net')::numeric as net, l.line ->> 'kind' as kind,"
    " l.line ->> 'account_id' as account_id, l.line ->> 'meter' as meter,"
    " l.line ->> 'subscription_id' as subscription_id"
    " from invoice_line l join invoice_row i using (partition, invoice_id)) as line_row",
    columns=("line::text as line", "currency"),
    filters={
        "kind": Filter("kind"),
        "account_id": Filter("account_id"),
        "meter": Filter("meter"),
        "subscription_id": Filter("subscription_id"),
    },
    sorts={"n": "n", "net": "net"},
    default_sort="n",
    tiebreak="n",
    totals=Totals(sums={"amount": "net"}),
)


class ExplainedLineShape(ExplainedLine):
    """`taxes` are of the document, each with the part that is of this line."""

    taxes: list[LineTaxShape]
    origin: OriginShape
    credits: list[LineCreditShape]


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/invoices/{invoice_id}/lines", **listed(api, LINES, LinePage))
    async def lines(invoice_id: str, request: Request) -> Response:
        await read_invoice(api, invoice_id)
        return await LINES.fetch(
            request,
            api,
            shape=lambda row: line_shape(decode_line(row["line"]), row["currency"]),
            where={"invoice_id": invoice_id},
        )

    @routes.get(
        "/v1/invoices/{invoice_id}/lines/{n}/explain",
        response_model=ExplainedLineShape,
        dependencies=[api.roles(*READERS)],
    )
    async def explain_line(invoice_id: str, n: str) -> Response:
        invoice = await read_invoice(api, invoice_id)
        lines = await read_lines(api, invoice_id)
        line = next((line for line in lines if line.n == _number(n)), None)
        if line is None:
            raise not_found("line", f"{invoice_id}/{n}")
        return Answer(
            {
                "invoice_id": invoice_id,
                **_explained(line, invoice["currency"]),
                "taxes": taxes_of(line, lines, invoice),
                "origin": await origin_of(api, line),
                "credits": await credits_of(api, invoice_id, line.n),
            }
        )

    return routes


def _explained(line: InvoiceLine, currency: str) -> dict[str, Any]:
    return {
        **line_shape(line, currency),
        "unrounded": format_decimal(line.unrounded, decimals_min=9),
        "fraction": line.fraction,
        "steps": msgspec.to_builtins(line.steps),
        "records": line.records,
        "tariff": _tariff(line) if line.plan_id else None,
        "service_period": period_shape(line.period),
        "charge": {"id": line.charge_id, "href": f"/v1/charges/{line.charge_id}"} if line.charge_id else None,
        "charge_event": line.charge_event,
    }


def _tariff(line: InvoiceLine) -> dict[str, Any]:
    return {"plan_id": line.plan_id, "version": line.plan_version, "href": f"/v1/plans/{line.plan_id}"}


def _number(text: str) -> int:
    """The line's number; anything else names no line."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0
