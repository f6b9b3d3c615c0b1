"""What rating knows of usage's meters."""

from __future__ import annotations

from typing import Final

from services.rating.meter.decide import decide_meter, evolve_meter
from services.rating.meter.react import react_meter
from services.rating.meter.state import Meter
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_meter,),
    folds=(evolve_meter,),
    follows=(react_meter,),
    states=(Meter,),
)
