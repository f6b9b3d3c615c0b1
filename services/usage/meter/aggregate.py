"""What can be measured, and how its records are summed, in partition 0."""

from __future__ import annotations

from typing import Final

from services.usage.meter import api, rows
from services.usage.meter.decide import decide_marks, decide_meter, evolve_marks, evolve_meter
from services.usage.meter.react import react_meter
from services.usage.meter.state import Meter, PersonalMarks
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_meter, decide_marks),
    folds=(evolve_meter, evolve_marks),
    follows=(react_meter,),
    states=(Meter, PersonalMarks),
    project=rows.project,
    routers=(api.router,),
)
