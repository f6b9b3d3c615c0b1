"""What the network is told of lines, as commands to usage. It holds nothing of its own."""

from __future__ import annotations

from typing import Final

from services.rating.access.decide import decide_profile, evolve_profile
from services.rating.access.react import react_cap, react_fair_use, react_profile, react_timeline
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_profile,),
    folds=(evolve_profile,),
    follows=(react_timeline, react_fair_use, react_cap, react_profile),
)
