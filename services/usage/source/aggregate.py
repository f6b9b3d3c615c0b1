"""Sources: the equipment that reports usage, as far as somebody said something of it."""

from __future__ import annotations

from typing import Final

from services.usage.source import api, rows
from services.usage.source.decide import decide_source, evolve_source
from services.usage.source.messages import SourceDefined
from services.usage.source.preload import preload_source
from services.usage.source.state import Source, SourceAddress
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_source,),
    folds=(evolve_source,),
    preloads=(preload_source,),
    states=(Source, SourceAddress),
    project=rows.TABLES.projection(rows.rows, anew=(SourceDefined,)),
    routers=(api.router,),
)
