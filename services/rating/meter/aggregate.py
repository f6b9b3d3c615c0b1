"""What rating knows of usage's meters."""

from __future__ import annotations

from typing import Final

from services.rating.meter.decide import decide_hidden, decide_meter, evolve_hidden, evolve_meter
from services.rating.meter.react import react_marks, react_meter
from services.rating.meter.state import HiddenAttributes, Meter
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_meter, decide_hidden),
    folds=(evolve_meter, evolve_hidden),
    follows=(react_meter, react_marks),
    states=(Meter, HiddenAttributes),
)
