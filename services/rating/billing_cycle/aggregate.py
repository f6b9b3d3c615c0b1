"""Named terms of a billing calendar, in partition 0."""

from __future__ import annotations

from typing import Final

from services.rating.billing_cycle import api, closing, rows
from services.rating.billing_cycle.decide import decide_billing_cycle, evolve_billing_cycle
from services.rating.billing_cycle.state import BillingCycle, CycleUse
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_billing_cycle,),
    folds=(evolve_billing_cycle,),
    states=(BillingCycle,),
    loaders={CycleUse: rows.uses},
    project=rows.project,
    routers=(api.router, closing.router),
)
