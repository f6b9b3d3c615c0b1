"""What is told how much lines may do, in partition 0."""

from __future__ import annotations

from typing import Final

from services.usage.network_element import api, rows
from services.usage.network_element.decide import decide_element, evolve_element
from services.usage.network_element.messages import NetworkElementDefined
from services.usage.network_element.state import NetworkElement
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_element,),
    folds=(evolve_element,),
    states=(NetworkElement,),
    project=rows.TABLES.projection(rows.rows, anew=(NetworkElementDefined,)),
    routers=(api.router,),
)
