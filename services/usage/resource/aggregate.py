"""What reports usage, and whose it is from when to when."""

from __future__ import annotations

from typing import Final

from services.usage.resource import api, rows
from services.usage.resource.decide import decide_resource, evolve_resource
from services.usage.resource.preload import preload_resource
from services.usage.resource.react import react_resource
from services.usage.resource.state import PrefixLengths, Resource
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_resource,),
    folds=(evolve_resource,),
    follows=(react_resource,),
    preloads=(preload_resource,),
    states=(Resource, PrefixLengths),
    project=rows.project,
    routers=(api.router,),
)
