"""SEPA mandates of the customers."""

from __future__ import annotations

from typing import Final

from services.payments.mandate import api, rows
from services.payments.mandate.decide import decide_mandate, decide_registered, evolve_mandate, evolve_used, react
from services.payments.mandate.preload import preload
from services.payments.mandate.state import Mandates
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_registered, decide_mandate),
    folds=(evolve_mandate, evolve_used),
    follows=(react,),
    preloads=(preload,),
    states=(Mandates,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
