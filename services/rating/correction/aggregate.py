"""What is charged or credited for closed periods, waiting for the next close."""

from __future__ import annotations

from typing import Final

from services.rating.correction.decide import evolve_correction
from services.rating.correction.state import PendingCorrections
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    folds=(evolve_correction,),
    states=(PendingCorrections,),
)
