"""Records that belong to nobody yet, or that rating gave back: recycled once that is mended, or discarded."""

from __future__ import annotations

from typing import Final

from services.usage.quarantine import actions, api, loading, rows
from services.usage.quarantine.decide import decide_quarantine, evolve_parked_again, evolve_quarantine
from services.usage.quarantine.messages import ResourceRecycled, SourceRecycled
from services.usage.quarantine.preload import preload_quarantine
from services.usage.quarantine.react import react_quarantine
from services.usage.quarantine.state import ParkedPage, ParkedRecord, ParkedSourcePage
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_quarantine,),
    folds=(evolve_quarantine, evolve_parked_again),
    unfolded=(ResourceRecycled, SourceRecycled),
    follows=(react_quarantine,),
    preloads=(preload_quarantine,),
    states=(ParkedRecord, ParkedPage, ParkedSourcePage),
    loaders={
        ParkedRecord: loading.load_parked_records,
        ParkedPage: loading.load_parked_pages,
        ParkedSourcePage: loading.load_parked_source_pages,
    },
    project=rows.project,
    routers=(actions.router, api.router),
)
