"""What usage has guided to accounts, as sums of what their prices measure."""

from __future__ import annotations

from typing import Final

from services.rating.rated_usage import rows
from services.rating.rated_usage.by_day import UsageByDay
from services.rating.rated_usage.by_day_loading import usage_by_day
from services.rating.rated_usage.decide import decide_rated_usage, evolve_rated_usage
from services.rating.rated_usage.preload import preload_guided
from services.rating.rated_usage.react import react_guided, react_rated
from services.rating.rated_usage.state import BilledUsage, PairNumber, UsageDetail, UsageSum
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_rated_usage,),
    folds=(evolve_rated_usage,),
    follows=(react_guided, react_rated),
    preloads=(preload_guided,),
    states=(UsageSum, UsageDetail, BilledUsage, PairNumber, UsageByDay),
    loaders={UsageByDay: usage_by_day},
    project=rows.project,
)
