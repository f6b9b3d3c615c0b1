"""Credit notes as credit."""

from __future__ import annotations

from typing import Final

from services.payments.credit_note import rows
from services.payments.credit_note.decide import decide_credit_note, evolve_credit_note
from services.payments.credit_note.preload import preload
from services.payments.credit_note.react import react
from services.payments.credit_note.state import KnownCreditNote
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_credit_note,),
    folds=(evolve_credit_note,),
    follows=(react,),
    preloads=(preload,),
    states=(KnownCreditNote,),
    project=rows.TABLES.projection(rows.rows),
)
