"""What is taken back of issued invoices."""

from __future__ import annotations

from typing import Final

from services.invoicing.credit_note import api, document_api, left_api, rows
from services.invoicing.credit_note.decide import decide_completion, decide_credit, evolve_issued, evolve_locked
from services.invoicing.credit_note.preload import preload
from services.invoicing.credit_note.react import react
from services.invoicing.credit_note.state import CreditNote
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_credit, decide_completion),
    folds=(evolve_locked, evolve_issued),
    follows=(react,),
    preloads=(preload,),
    states=(CreditNote,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router, left_api.router, document_api.router),
)
