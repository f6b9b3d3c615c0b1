"""Debit notes over HTTP.

POST /v1/invoices/{id}/debit-notes {"reason": "missing_charge", "lines": [{"description": "Router", "net": "40.00"}]}
POST /v1/invoices/{id}/debit-notes {"reason": "billing_error",  "lines": [{"description": "…", "net": "5.00", "n": 2}]}
-> 201 {"id", "number": "DN-000001", "invoice_id", "due_on", "total", "lines": [...], ...}
"""

from __future__ import annotations

from typing import Annotated

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import Field, StrictInt

from services.invoicing.credit_note.api import ReissueBody
from services.invoicing.debit_note.messages import DebitInvoice, LineToDebit
from services.invoicing.debit_note.shapes import (
    DEBIT_NOTES,
    DebitNoteDetail,
    DebitNotePage,
    debit_note_shape,
    detail,
)
from services.invoicing.document_routes import Forms, Handler, add_document_routes
from services.invoicing.invoice.document_api import answer
from services.invoicing.invoice.queries import read_invoice, read_invoice_with_amount_due, read_lines
from services.invoicing.seller import seller_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.waiting import reached, until
from shared.kernel.bodies import Body, PrintableText
from shared.kernel.money import DecimalString

LINES_MAX = 1_000


class DebitLineBody(Body):
    """`net` more, taxed like line `n` of the invoice, or like its lines of `tax_class`, or as all of them are."""

    description: Annotated[PrintableText, Field(min_length=1, max_length=200)]
    net: DecimalString
    n: Annotated[StrictInt, Field(ge=1, le=10**9)] | None = None
    tax_class: Annotated[str, Field(strict=True, pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")] | None = None


class DebitNoteBody(ReissueBody):
    """What is claimed beside the invoice, and why."""

    lines: Annotated[list[DebitLineBody], Field(min_length=1, max_length=LINES_MAX)]


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path = "/v1/invoices/{invoice_id}/debit-notes"

    @routes.post(path, status_code=201, response_model=DebitNoteDetail, dependencies=[api.roles(*WRITERS)])
    async def debit_invoice(invoice_id: str, body: DebitNoteBody, request: Request) -> Response:
        debit_note_id = api.new_id(request, "debit_note")
        await api.command(
            request,
            DebitInvoice(
                debit_note_id=debit_note_id,
                invoice_id=invoice_id,
                account_id=(await read_invoice(api, invoice_id))["account_id"],
                reason=body.reason,
                note=body.note,
                lines=[LineToDebit(**line.model_dump()) for line in body.lines],
                seller=seller_of(api.settings),
            ),
        )
        note = await until(lambda: _read(api, debit_note_id), lambda row: row["status"] != "locked")
        reached(request, "invoicing", note["partition"], note["seq"])
        return await _answer(api, note, status_code=201)

    @routes.get(path, **listed(api, DEBIT_NOTES, DebitNotePage))
    async def debit_notes_of_invoice(invoice_id: str, request: Request) -> Response:
        await read_invoice(api, invoice_id)
        return await DEBIT_NOTES.fetch(request, api, shape=debit_note_shape, where={"corrects": invoice_id})

    @routes.get("/v1/debit-notes", **listed(api, DEBIT_NOTES, DebitNotePage))
    async def debit_notes(request: Request) -> Response:
        return await DEBIT_NOTES.fetch(request, api, shape=debit_note_shape)

    @routes.get("/v1/debit-notes/{debit_note_id}", response_model=DebitNoteDetail, dependencies=[api.roles(*READERS)])
    async def debit_note(debit_note_id: str) -> Response:
        return await _answer(api, await _read(api, debit_note_id))

    return routes


def documents(api: Api) -> APIRouter:
    """Those of the invoice that it is, under its own path."""
    routes = APIRouter()

    def of(forms: Forms) -> Handler:
        async def debit_note_document(debit_note_id: str, request: Request) -> Response:
            output = forms.chosen(request)
            await _read(api, debit_note_id)
            invoice = await read_invoice_with_amount_due(api, debit_note_id)
            return await answer(api, forms, request, output, invoice)

        return debit_note_document

    add_document_routes(routes, api, "/v1/debit-notes/{debit_note_id}", "debit_note", of)
    return routes


async def _read(api: Api, debit_note_id: str) -> asyncpg.Record:
    row: asyncpg.Record | None = await api.db.fetchrow(
        f"select * from {DEBIT_NOTES.source} where invoice_id = $1", debit_note_id
    )
    if row is None:
        raise not_found("debit note", debit_note_id)
    return row


async def _answer(api: Api, row: asyncpg.Record, *, status_code: int = 200) -> Response:
    return Answer(detail(row, await read_lines(api, row["invoice_id"])), status_code=status_code)
