"""What the operator's bookkeeping is told: by which numbers, and what of the journal."""

from __future__ import annotations

from typing import Final

from services.payments.bookkeeping import api, export_api, rows
from services.payments.bookkeeping.decide import decide_chart, decide_export, evolve_bookkeeping
from services.payments.bookkeeping.preload import preload
from services.payments.bookkeeping.state import Bookkeeping
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_chart, decide_export),
    folds=(evolve_bookkeeping,),
    preloads=(preload,),
    states=(Bookkeeping,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router, export_api.router),
)
