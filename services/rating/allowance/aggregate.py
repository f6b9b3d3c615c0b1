"""What is left of included units, topped up and settled."""

from __future__ import annotations

from typing import Final

from services.rating.allowance import api, rows, top_ups_api
from services.rating.allowance.decide import decide_allowance, evolve_allowance
from services.rating.allowance.preload import preload_allowance
from services.rating.allowance.state import AllowanceBalance
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_allowance,),
    folds=(evolve_allowance,),
    preloads=(preload_allowance,),
    states=(AllowanceBalance,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router, top_ups_api.router),
)
