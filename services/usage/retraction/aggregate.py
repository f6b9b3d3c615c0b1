"""Records that were counted and count no longer, count again, or count with other values."""

from __future__ import annotations

from typing import Final

from services.usage.retraction import api, list_api, rows
from services.usage.retraction.decide import decide_retraction, evolve_retraction
from services.usage.retraction.react import react_retraction
from services.usage.retraction.state import BatchPage, CountedRecord, RetractionPage, Standing
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_retraction,),
    folds=(evolve_retraction,),
    follows=(react_retraction,),
    states=(CountedRecord, Standing, BatchPage, RetractionPage),
    loaders={
        CountedRecord: rows.load_counted_records,
        Standing: rows.load_standings,
        BatchPage: rows.load_batch_pages,
        RetractionPage: rows.load_retraction_pages,
    },
    project=rows.project,
    routers=(list_api.router, api.router),
)
