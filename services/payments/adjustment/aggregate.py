"""Adjustments of what accounts owe. What is charged is folded with the receivables (receivable/)."""

from __future__ import annotations

from typing import Final

from services.payments.adjustment import api, rows
from services.payments.adjustment.decide import decide_adjustment
from services.payments.adjustment.preload import preload
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_adjustment,),
    preloads=(preload,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
