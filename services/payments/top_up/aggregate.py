"""Money that is charged to be put on accounts."""

from __future__ import annotations

from typing import Final

from services.payments.top_up import api, rows
from services.payments.top_up.decide import decide_top_up, evolve_top_up, preload
from services.payments.top_up.state import LastTopUp
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_top_up,),
    folds=(evolve_top_up,),
    preloads=(preload,),
    states=(LastTopUp,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
