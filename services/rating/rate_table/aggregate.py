"""Tables of rates by prefix that prices name, in partition 0."""

from __future__ import annotations

from typing import Final

from services.rating.rate_table import api, import_api, rates_api, rows
from services.rating.rate_table.decide import decide_rate_table, evolve_rate_table
from services.rating.rate_table.state import RateIndex, RatePiece, RateTable
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_rate_table,),
    folds=(evolve_rate_table,),
    states=(RateTable, RateIndex, RatePiece),
    project=rows.project,
    routers=(api.router, rates_api.router, import_api.router),
)
