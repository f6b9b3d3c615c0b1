"""The documents of an issued credit note. Each cites the invoice of which it takes something back.

GET /v1/credit-notes/{id}/pdf
GET /v1/credit-notes/{id}/xml?syntax=ubl
"""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request, Response

from services.invoicing.credit_note.messages import CREDIT_NOTE
from services.invoicing.credit_note.queries import read_credit_note, read_credited_lines
from services.invoicing.document_routes import Forms, Handler, add_document_routes
from services.invoicing.documents.contract import Cited
from services.invoicing.invoice.messages import InvoiceLine
from shared.http.api import Api
from shared.kernel.errors import Rejection


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    def of(forms: Forms) -> Handler:
        async def credit_note_document(credit_note_id: str, request: Request) -> Response:
            output = forms.chosen(request)
            note = await read_credit_note(api, credit_note_id)
            if note["status"] != "issued":
                detail = f"credit note {credit_note_id} waits for its number; ask again in a moment"
                raise Rejection("not_issued", detail, status=409)
            stored = await read_credited_lines(api, note)
            lines = [msgspec.json.decode(row["line"], type=InvoiceLine) for row in stored]
            cited = Cited(number=note["invoice_number"], issued_on=note["invoice_issued_on"])
            # Nothing is to be paid, so that the day on which it is due is the day of issue.
            return await forms.answer(
                request,
                output,
                note,
                lines,
                kind=CREDIT_NOTE,
                cites=(cited,),
                note=note["note"],
                due_on=note["issued_on"],
            )

        return credit_note_document

    add_document_routes(routes, api, "/v1/credit-notes/{credit_note_id}", "credit_note", of)
    return routes
