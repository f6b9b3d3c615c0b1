"""Who is above whom, and who pays for whom."""

from __future__ import annotations

from typing import Final

from services.rating.group.decide import decide_group, evolve_group
from services.rating.group.preload import preload_group
from services.rating.group.react import react_group
from services.rating.group.state import GroupLink
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_group,),
    folds=(evolve_group,),
    follows=(react_group,),
    preloads=(preload_group,),
    states=(GroupLink,),
)
