"""What can be measured, and how its records are summed, in partition 0."""

from __future__ import annotations

from typing import Final

from services.usage.meter import api, rows
from services.usage.meter.decide import decide_meter, evolve_meter
from services.usage.meter.react import react_meter
from services.usage.meter.state import Meter
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_meter,),
    folds=(evolve_meter,),
    follows=(react_meter,),
    states=(Meter,),
    project=rows.project,
    routers=(api.router,),
)
