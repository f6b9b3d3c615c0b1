"""Accounts that top themselves up."""

from __future__ import annotations

from typing import Final

from services.payments.automatic_top_up import api, rows
from services.payments.automatic_top_up.decide import decide_ended, decide_fire, decide_retry, decide_rule
from services.payments.automatic_top_up.evolve import evolve_moved, evolve_rule, evolve_step
from services.payments.automatic_top_up.messages import AutomaticTopUpSet
from services.payments.automatic_top_up.preload import preload
from services.payments.automatic_top_up.react import react_ended, react_moved, react_set
from services.payments.automatic_top_up.state import AutomaticTopUp
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_rule, decide_fire, decide_retry, decide_ended),
    folds=(evolve_rule, evolve_step, evolve_moved),
    follows=(react_moved, react_set, react_ended),
    preloads=(preload,),
    states=(AutomaticTopUp,),
    project=rows.TABLES.projection(rows.rows, anew=(AutomaticTopUpSet,)),
    routers=(api.router,),
)
