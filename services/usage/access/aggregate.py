"""What lines are to have of the network, and whether it was told."""

from __future__ import annotations

from typing import Final

from services.usage.access import api, reconcile, rows
from services.usage.access.decide import decide_access, evolve_access
from services.usage.access.state import Access
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_access,),
    folds=(evolve_access,),
    states=(Access,),
    project=rows.project,
    routers=(api.router, reconcile.router),
)
