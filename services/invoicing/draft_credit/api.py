"""Giving back a draft below zero over HTTP.

POST /v1/invoices/{id}/credit-draft {"reason": "cancellation", "note"?}
-> 200 the invoice, `credited`, with the credit notes that give it back in `credited_by`
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from pydantic import Field

from services.invoicing.draft_credit.messages import CreditDraft
from services.invoicing.invoice.queries import read_invoice, read_lines
from services.invoicing.invoice.shapes import InvoiceShape, invoice_shape
from services.invoicing.reasons import Reason
from services.invoicing.seller import seller_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.waiting import reached
from shared.kernel.bodies import Body, PrintableText

INVOICES_MAX: Final = 24
"""So many of the account's last invoices are credited at most; what they do not have left is granted as credit."""
_LAST: Final = """
select invoice_id from invoice_row
 where account_id = $1 and status = 'issued' and kind = 'invoice' and currency = $2 and total > 0
 order by period_start desc, invoice_id limit $3
"""


class CreditDraftBody(Body):
    """Why the account ends below zero, as a code, and a note in words, which the credit notes print."""

    reason: Reason = "cancellation"
    note: Annotated[PrintableText, Field(max_length=500)] = ""


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post(
        "/v1/invoices/{invoice_id}/credit-draft", response_model=InvoiceShape, dependencies=[api.roles(*WRITERS)]
    )
    async def credit_draft(invoice_id: str, body: CreditDraftBody, request: Request) -> Response:
        """What it is below zero is given back by credit notes on the account's last invoices, the latest first."""
        draft = await read_invoice(api, invoice_id)
        last = await api.db.fetch(_LAST, draft["account_id"], draft["currency"], INVOICES_MAX)
        await api.command(
            request,
            CreditDraft(
                invoice_id=invoice_id,
                account_id=draft["account_id"],
                reason=body.reason,
                note=body.note,
                against=tuple(row["invoice_id"] for row in last),
                seller=seller_of(api.settings),
            ),
        )
        invoice = await read_invoice(api, invoice_id)
        reached(request, "invoicing", invoice["partition"], invoice["seq"])
        return Answer(invoice_shape(invoice, await read_lines(api, invoice_id)))

    return routes
