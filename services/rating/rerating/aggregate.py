"""Closed periods priced again at corrected prices, page by page of every partition's accounts."""

from __future__ import annotations

from typing import Final

from services.rating.rerating import api, rows
from services.rating.rerating.decide import decide_rerating, evolve_rerating
from services.rating.rerating.late_prices import CorrectedPrices
from services.rating.rerating.loading import charged_pages
from services.rating.rerating.react import react_rerating
from services.rating.rerating.state import ChargedPage, Rerating
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_rerating,),
    folds=(evolve_rerating,),
    follows=(react_rerating,),
    states=(Rerating, CorrectedPrices),
    loaders={ChargedPage: charged_pages},
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
