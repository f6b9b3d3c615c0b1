"""Adjustments of what accounts owe."""

from __future__ import annotations

from typing import Final

from services.payments.adjustment import api, rows
from services.payments.adjustment.decide import decide_adjustment, evolve_adjusted
from services.payments.adjustment.preload import preload
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_adjustment,),
    folds=(evolve_adjusted,),
    preloads=(preload,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
