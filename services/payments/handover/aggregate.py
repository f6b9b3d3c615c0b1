"""Debts with collection agencies: handed over by a step of dunning, withdrawn when there is nothing to collect."""

from __future__ import annotations

from typing import Final

from services.payments.handover import api, rows
from services.payments.handover.decide import decide_handover, decide_review, evolve_changed, evolve_handed
from services.payments.handover.preload import preload
from services.payments.handover.react import react_moved, react_step
from services.payments.handover.state import Handovers
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_handover, decide_review),
    folds=(evolve_handed, evolve_changed),
    follows=(react_step, react_moved),
    preloads=(preload,),
    states=(Handovers,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
