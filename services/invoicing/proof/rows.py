"""The links of a series' chain as rows.

INV   1   INV-000001   2026-10-01   invoice inv-1   content a1…   previous -     hash 5f…
INV   2   INV-000002   2026-10-01   invoice inv-2   content 07…   previous 5f…   hash c2…
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.invoicing.numbering_series.messages import NumberAssigned
from shared.engine.rows import Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, upsert


class DocumentLinkRow(Row, frozen=True, kw_only=True):
    """A number with its link; `hash` is null where it was given before there were proofs."""

    TABLE = "document_link"
    KEY = ("series_id", "n")

    series_id: str
    n: int
    number: str
    issued_on: date
    kind: str
    document_id: str
    content: str | None
    inputs: str | None
    previous: str | None
    hash: str | None


TABLES: Final = Tables(upsert(DocumentLinkRow))


def rows(applied: AppliedOf[NumberAssigned]) -> Iterator[Columns]:
    event = applied.event
    match event:
        case NumberAssigned(proof=proof):
            hashes = proof.hashes if proof else None
            yield DocumentLinkRow.of(
                event,
                kind=event.document.kind,
                document_id=event.document.id,
                content=hashes.content if hashes else None,
                inputs=hashes.inputs if hashes else None,
                previous=proof.previous if proof else None,
                hash=proof.hash if proof else None,
            )
