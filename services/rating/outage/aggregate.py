"""Time without service, credited page by page of every partition's accounts."""

from __future__ import annotations

from typing import Final

from services.rating.outage import api, rows
from services.rating.outage.decide import decide_outage, evolve_outage
from services.rating.outage.loading import time_pages
from services.rating.outage.react import react_outage
from services.rating.outage.state import Outage, TimePage
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_outage,),
    folds=(evolve_outage,),
    follows=(react_outage,),
    states=(Outage,),
    loaders={TimePage: time_pages},
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
