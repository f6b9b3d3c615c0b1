"""Which service the versions of plans sell, in partition 0."""

from __future__ import annotations

from typing import Final

from services.invoicing.plan_service.decide import decide_service, evolve_service
from services.invoicing.plan_service.react import react
from services.invoicing.plan_service.state import PlanServices
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_service,), folds=(evolve_service,), follows=(react,), states=(PlanServices,)
)
