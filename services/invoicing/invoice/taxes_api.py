"""The taxes of an invoice, each with what explains it.

GET /v1/invoices/{id}/taxes     whose tax it is, by which rule and rate, of which lines; once it is locked
"""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Response
from pydantic import BaseModel

from services.invoicing.invoice.messages import TaxGroup
from services.invoicing.invoice.queries import read_invoice
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.money import money
from shared.kernel.decimals import format_decimal
from shared.kernel.money import MoneyBody


class InvoiceTaxShape(BaseModel):
    """`rate` in percent of `base`; `reason` why there is none.

    Where tables said so: the `jurisdiction` whose tax it is, the `rule` and the version of the rate by which it is
    taken, the `share` of the price in percent, how it was rounded, and the numbers of the `lines` it is taken of.
    """

    category: str
    rate: str
    base: MoneyBody
    tax: MoneyBody
    name: str
    reason: str | None
    kind: str | None
    jurisdiction: str | None
    rule: str | None
    rate_id: str | None
    rate_version: int | None
    share: str | None
    tax_round: str | None
    lines: list[int]


class InvoiceTaxesShape(BaseModel):
    """A draft has none yet: rates and certificates are those of the day on which it is locked."""

    invoice_id: str
    status: str
    items: list[InvoiceTaxShape]


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/invoices/{invoice_id}/taxes", response_model=InvoiceTaxesShape, dependencies=[api.roles(*READERS)])
    async def invoice_taxes(invoice_id: str) -> Response:
        row = await read_invoice(api, invoice_id)
        groups = msgspec.json.decode(row["tax_groups"] or "[]", type=list[TaxGroup])
        items = [tax_shape(group, row["currency"]) for group in groups]
        return Answer({"invoice_id": invoice_id, "status": row["status"], "items": items})

    return routes


def tax_shape(group: TaxGroup, currency: str) -> dict[str, Any]:
    """A group as `InvoiceTaxShape`."""
    same = ("category", "name", "reason", "kind", "jurisdiction", "rule", "rate_id", "rate_version", "lines")
    return {
        **{name: getattr(group, name) for name in same},
        "rate": format_decimal(group.rate),
        "base": money(group.base, currency),
        "tax": money(group.tax, currency),
        "share": None if group.share is None else format_decimal(group.share),
        "tax_round": group.round_by,
    }
