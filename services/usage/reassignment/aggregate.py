"""Usage that follows a resource to whoever had it in truth."""

from __future__ import annotations

from typing import Final

from services.usage.reassignment import api, rows
from services.usage.reassignment.decide import decide_reassignment, evolve_reassignment
from services.usage.reassignment.react import react_reassignment
from services.usage.reassignment.state import CountedPage
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_reassignment,),
    folds=(evolve_reassignment,),
    follows=(react_reassignment,),
    states=(CountedPage,),
    loaders={CountedPage: rows.load_counted_pages},
    routers=(api.router,),
)
