"""What is charged once, with the next close."""

from __future__ import annotations

from typing import Final

from services.rating.one_time_charge import api, rows
from services.rating.one_time_charge.decide import decide_one_time_charge, evolve_one_time_charge
from services.rating.one_time_charge.preload import preload_one_time_charge
from services.rating.one_time_charge.state import PendingCharges
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_one_time_charge,),
    folds=(evolve_one_time_charge,),
    preloads=(preload_one_time_charge,),
    states=(PendingCharges,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
