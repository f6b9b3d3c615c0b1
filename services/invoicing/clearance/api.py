"""What a tax authority says of an issued invoice, told by an integrator.

POST /v1/invoices/{id}/clearance {"status": "submitted", "authority": "SdI"}
POST /v1/invoices/{id}/clearance {"status": "cleared",   "authority": "SdI", "reference": "IT-4711"}
POST /v1/invoices/{id}/clearance {"status": "rejected",  "authority": "SdI", "reason": "00404 duplicate"}
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from fastapi import APIRouter, Request, Response
from pydantic import Field, model_validator

from services.invoicing.clearance.messages import ReportClearance
from services.invoicing.invoice.queries import read_invoice, read_lines
from services.invoicing.invoice.shapes import InvoiceShape, invoice_shape
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.waiting import reached
from shared.kernel.bodies import Body, Instant, PrintableText


class ClearanceReportBody(Body):
    """`reference` is the authority's number, which a cleared invoice has; `reason` why it was rejected.

    `at` is when the authority has said so; now if it is not given.
    """

    status: Literal["submitted", "cleared", "rejected"]
    authority: Annotated[PrintableText, Field(min_length=1, max_length=80)]
    reference: Annotated[PrintableText, Field(min_length=1, max_length=200)] | None = None
    reason: Annotated[PrintableText, Field(min_length=1, max_length=500)] | None = None
    at: Instant | None = None

    @model_validator(mode="after")
    def _says_enough(self) -> Self:
        if self.status == "cleared" and self.reference is None:
            raise ValueError("a cleared invoice has the authority's number: give reference")
        if self.status == "rejected" and self.reason is None:
            raise ValueError("give the reason for which the authority has rejected it")
        return self


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/invoices/{invoice_id}/clearance", response_model=InvoiceShape, dependencies=[api.roles(*WRITERS)])
    async def report_clearance(invoice_id: str, body: ClearanceReportBody, request: Request) -> Response:
        """Note what the authority has said; the document that was issued stays as it is."""
        issued = await read_invoice(api, invoice_id)
        await api.command(
            request, ReportClearance(invoice_id=invoice_id, account_id=issued["account_id"], **body.model_dump())
        )
        invoice = await read_invoice(api, invoice_id)
        reached(request, "invoicing", invoice["partition"], invoice["seq"])
        return Answer(invoice_shape(invoice, await read_lines(api, invoice_id)))

    return routes
