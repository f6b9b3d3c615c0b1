"""The close of a period, which fixes its charges. Its account knows what is open."""

from __future__ import annotations

from typing import Final

from services.rating.period import api, days_api, rows, unbilled
from services.rating.period.decide import decide_period
from services.rating.period.messages import PeriodClosing
from services.rating.period.preload import preload_close
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_period,),
    unfolded=(PeriodClosing,),
    preloads=(preload_close,),
    project=rows.TABLES.projection(rows.rows),
    routers=(unbilled.router, api.router, days_api.router),
)
