"""The services that plans sell, in partition 0; a draft of a plan says which."""

from __future__ import annotations

from typing import Final

from services.rating.service_offering import api, rows
from services.rating.service_offering.decide import (
    decide_service_offering,
    evolve_service_offering,
    evolve_sold_services,
)
from services.rating.service_offering.messages import ServiceOfferingDefined
from services.rating.service_offering.state import ServiceOffering
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_service_offering,),
    folds=(evolve_service_offering, evolve_sold_services),
    states=(ServiceOffering,),
    project=rows.TABLES.projection(rows.rows, anew=(ServiceOfferingDefined,)),
    routers=(api.router,),
)
