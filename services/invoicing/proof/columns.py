"""The proof of an issued document as its row keeps it."""

from __future__ import annotations

from typing import Protocol

from services.invoicing.proof.link import DocumentProof, Proof
from shared.engine.rows import Jsonb, jsonb


class Numbered(Protocol):
    @property
    def series_id(self) -> str | None: ...

    @property
    def series_n(self) -> int | None: ...

    @property
    def proof(self) -> Proof | None: ...


def proof_column(document_id: str, issued: Numbered) -> Jsonb | None:
    """`None` of a document that was issued before there were proofs."""
    if issued.proof is None or issued.series_id is None or issued.series_n is None:
        return None
    return jsonb(
        DocumentProof(document_id=document_id, series_id=issued.series_id, n=issued.series_n, proof=issued.proof)
    )
