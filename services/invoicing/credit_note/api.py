"""Credit notes over HTTP.

POST /v1/invoices/{id}/credit-notes {"reason": "service_outage", "lines": [{"n": 2}, {"n": 3, "net": "5.00"}]}
POST /v1/invoices/{id}/credit-notes {"reason": "goodwill", "amount": {"amount": "12.00", "currency": "EUR"}}
POST /v1/invoices/{id}/credit-notes {"reason": "cancellation"}                all that is left of it
POST /v1/invoices/{id}/reissue      {"reason": "wrong_details"}               likewise, and a draft of the same lines
-> 201 {"id", "number": "CN-000001", "invoice_id", "total", "lines": [...], "reissued_as", ...}
"""

from __future__ import annotations

from typing import Annotated, Self

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import Field, StrictInt, model_validator

from services.invoicing.credit_note.messages import CreditInvoice, LineToCredit
from services.invoicing.credit_note.queries import read_credit_note, read_credited_lines
from services.invoicing.credit_note.shapes import (
    CREDIT_NOTES,
    CreditNoteDetail,
    CreditNotePage,
    credit_note_shape,
    detail,
)
from services.invoicing.reasons import Reason
from services.invoicing.seller import seller_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.waiting import reached, until
from shared.kernel.bodies import Body, PrintableText
from shared.kernel.money import DecimalString, Money, MoneyBody

LINES_MAX = 1_000
"""So many lines are named in one credit note; who credits more credits the whole invoice."""


class LineBody(Body):
    """Line `n` of the invoice: `net` of it, or what is left of it."""

    n: Annotated[StrictInt, Field(ge=1, le=10**9)]
    net: DecimalString | None = None


class ReissueBody(Body):
    """Why it is credited, as a code, and a note in words, which the document prints."""

    reason: Reason
    note: Annotated[PrintableText, Field(max_length=500)] = ""


class CreditNoteBody(ReissueBody):
    """With `lines` or an `amount`, tax included; without either, all that is left of the invoice is credited."""

    lines: Annotated[list[LineBody], Field(min_length=1, max_length=LINES_MAX)] | None = None
    amount: MoneyBody | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if self.lines is not None and self.amount is not None:
            raise ValueError("give lines or an amount, or neither to credit all that is left")
        return self


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post(
        "/v1/invoices/{invoice_id}/credit-notes",
        status_code=201,
        response_model=CreditNoteDetail,
        dependencies=[api.roles(*WRITERS)],
    )
    async def credit_invoice(invoice_id: str, body: CreditNoteBody, request: Request) -> Response:
        lines = None if body.lines is None else [LineToCredit(n=line.n, net=line.net) for line in body.lines]
        amount = None if body.amount is None else body.amount.to_money()
        return await _credit(api, request, invoice_id, body, lines=lines, amount=amount)

    @routes.post(
        "/v1/invoices/{invoice_id}/reissue",
        status_code=201,
        response_model=CreditNoteDetail,
        dependencies=[api.roles(*WRITERS)],
    )
    async def reissue_invoice(invoice_id: str, body: ReissueBody, request: Request) -> Response:
        """All that is left of the invoice is credited, and what it billed is drafted anew (`reissued_as`)."""
        return await _credit(api, request, invoice_id, body, reissue=True)

    @routes.get("/v1/invoices/{invoice_id}/credit-notes", **listed(api, CREDIT_NOTES, CreditNotePage))
    async def credit_notes_of_invoice(invoice_id: str, request: Request) -> Response:
        await _account_of(api, invoice_id)
        return await CREDIT_NOTES.fetch(request, api, shape=credit_note_shape, where={"invoice_id": invoice_id})

    @routes.get("/v1/credit-notes", **listed(api, CREDIT_NOTES, CreditNotePage))
    async def credit_notes(request: Request) -> Response:
        return await CREDIT_NOTES.fetch(request, api, shape=credit_note_shape)

    @routes.get(
        "/v1/credit-notes/{credit_note_id}", response_model=CreditNoteDetail, dependencies=[api.roles(*READERS)]
    )
    async def credit_note(credit_note_id: str) -> Response:
        return await _answer(api, await read_credit_note(api, credit_note_id))

    return routes


async def _credit(
    api: Api,
    request: Request,
    invoice_id: str,
    body: ReissueBody,
    *,
    lines: list[LineToCredit] | None = None,
    amount: Money | None = None,
    reissue: bool = False,
) -> Response:
    credit_note_id = api.new_id(request, "credit_note")
    await api.command(
        request,
        CreditInvoice(
            credit_note_id=credit_note_id,
            invoice_id=invoice_id,
            account_id=await _account_of(api, invoice_id),
            reason=body.reason,
            note=body.note,
            lines=lines,
            amount=amount,
            reissue=reissue,
            seller=seller_of(api.settings),
        ),
    )
    note = await until(lambda: read_credit_note(api, credit_note_id), lambda row: row["status"] == "issued")
    reached(request, "invoicing", note["partition"], note["seq"])
    return await _answer(api, note, status_code=201)


async def _account_of(api: Api, invoice_id: str) -> str:
    account_id: str | None = await api.db.fetchval(
        "select account_id from invoice_row where invoice_id = $1", invoice_id
    )
    if account_id is None:
        raise not_found("invoice", invoice_id)
    return account_id


async def _answer(api: Api, row: asyncpg.Record, *, status_code: int = 200) -> Response:
    return Answer(detail(row, await read_credited_lines(api, row)), status_code=status_code)
