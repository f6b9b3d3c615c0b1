"""Records of usage, each counted once and guided to who pays."""

from __future__ import annotations

from typing import Final

from services.usage.record import api, rows
from services.usage.record.decide import decide_record, evolve_record
from services.usage.record.preload import preload_record
from services.usage.record.react import react_record
from services.usage.record.state import Counter, DedupeDay, DedupeKey, GuidedNumbers, ReportedPositions
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_record,),
    folds=(evolve_record,),
    follows=(react_record,),
    preloads=(preload_record,),
    states=(Counter, ReportedPositions, GuidedNumbers, DedupeDay, DedupeKey),
    loaders={DedupeKey: rows.DEDUPE_KEYS},
    project=rows.project,
    routers=(api.router,),
)
