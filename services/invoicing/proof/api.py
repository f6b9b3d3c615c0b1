"""What proves that a document is as it was issued, and whether the chain of a series holds.

GET /v1/invoices/{id}/proof
GET /v1/credit-notes/{id}/proof
GET /v1/debit-notes/{id}/proof
GET /v1/numbering-series/{id}/chain?after=0&limit=500      its links themselves: links_api.py
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from services.invoicing.credit_note.messages import CREDIT_NOTE
from services.invoicing.invoice.messages import DEBIT_NOTE, INVOICE
from services.invoicing.proof.shapes import ChainShape, LinkBefore, ProofShape, chain_shape, proof_shape
from services.invoicing.proof.stored import STORED
from services.invoicing.proof.walking import PAGE, walk
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.problems import not_found
from shared.kernel.bounds import SEQ_MAX
from shared.kernel.errors import Rejection

_EXISTS = {
    INVOICE: "select 1 from invoice_row where invoice_id = $1",
    DEBIT_NOTE: "select 1 from invoice_row where invoice_id = $1 and kind = 'debit_note'",
    CREDIT_NOTE: "select 1 from credit_note_row where credit_note_id = $1",
}


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/invoices/{invoice_id}/proof", response_model=ProofShape, dependencies=[api.roles(*READERS)])
    async def invoice_proof(invoice_id: str) -> Response:
        return Answer(await _proof(api, INVOICE, invoice_id))

    @routes.get(
        "/v1/credit-notes/{credit_note_id}/proof", response_model=ProofShape, dependencies=[api.roles(*READERS)]
    )
    async def credit_note_proof(credit_note_id: str) -> Response:
        return Answer(await _proof(api, CREDIT_NOTE, credit_note_id))

    @routes.get("/v1/debit-notes/{debit_note_id}/proof", response_model=ProofShape, dependencies=[api.roles(*READERS)])
    async def debit_note_proof(debit_note_id: str) -> Response:
        return Answer(await _proof(api, DEBIT_NOTE, debit_note_id))

    @routes.get("/v1/numbering-series/{series_id}/chain", response_model=ChainShape, dependencies=[api.roles(*READERS)])
    async def numbering_series_chain(
        series_id: str,
        after: Annotated[int, Query(ge=0, le=SEQ_MAX - 2000)] = 0,
        limit: Annotated[int, Query(ge=1, le=PAGE)] = PAGE,
    ) -> Response:
        """The links of a series with `n` above `after`, walked up to the first that does not hold."""
        if await api.db.fetchval("select 1 from numbering_series_row where series_id = $1", series_id) is None:
            raise not_found("numbering series", series_id)
        async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            return Answer(chain_shape(await walk(connection, series_id, after=after, limit=limit)))

    return routes


async def _proof(api: Api, kind: str, document_id: str) -> dict[str, Any]:
    name = kind.replace("_", " ")
    if await api.db.fetchval(_EXISTS[kind], document_id) is None:
        raise not_found(name, document_id)
    document = (await STORED[kind](api.db, [document_id])).get(document_id)
    if document is None:
        raise Rejection("not_issued", f"{name} {document_id} has no number yet, and so no proof", status=409)
    if document.proof is None or document.proof.proof.hashes is None:
        detail = f"{document.number} was locked before documents had proofs"
        raise Rejection("document_without_proof", detail, status=409)
    before = await api.db.fetchrow(
        "select n, number, kind, document_id from document_link where series_id = $1 and n = $2",
        document.proof.series_id,
        document.proof.n - 1,
    )
    return proof_shape(
        document,
        before and LinkBefore(n=before["n"], number=before["number"], kind=before["kind"], id=before["document_id"]),
    )
