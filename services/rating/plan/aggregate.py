"""Plans and their versions, in partition 0."""

from __future__ import annotations

from typing import Final

from services.rating.plan import api, lifecycle_api, question_api, rows
from services.rating.plan.decide import decide_plan, evolve_plan
from services.rating.plan.state import Plan
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_plan,),
    folds=(evolve_plan,),
    states=(Plan,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router, lifecycle_api.router, question_api.router),
)
