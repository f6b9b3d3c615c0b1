"""What usage has guided to accounts, as sums of what their prices measure."""

from __future__ import annotations

from typing import Final

from services.rating.rated_usage import rows
from services.rating.rated_usage.by_day import ClosedUsage, UsageBehind, UsageByDay
from services.rating.rated_usage.by_day_loading import closed_usage, usage_behind, usage_by_day, usage_of_periods
from services.rating.rated_usage.decide import decide_rated_usage, evolve_rated_usage
from services.rating.rated_usage.giving_back import (
    decide_giving_back,
    evolve_given_back,
    react_given_back,
    react_taken_back,
)
from services.rating.rated_usage.messages import UsageRated
from services.rating.rated_usage.preload import preload_guided
from services.rating.rated_usage.react import react_guided, react_rated
from services.rating.rated_usage.state import (
    BilledUsage,
    PairNumber,
    UsageDetail,
    UsageOfPeriod,
    UsageSum,
    UsageToReturn,
)
from services.rating.rated_usage.together import RATED_TOGETHER
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_rated_usage, decide_giving_back),
    folds=(evolve_rated_usage, evolve_given_back),
    runs={UsageRated: RATED_TOGETHER},
    follows=(react_guided, react_rated, react_taken_back, react_given_back),
    preloads=(preload_guided,),
    states=(
        UsageSum,
        UsageDetail,
        BilledUsage,
        PairNumber,
        UsageToReturn,
        UsageByDay,
        UsageBehind,
        UsageOfPeriod,
        ClosedUsage,
    ),
    loaders={
        UsageByDay: usage_by_day,
        UsageBehind: usage_behind,
        UsageOfPeriod: usage_of_periods,
        ClosedUsage: closed_usage,
    },
    project=rows.project,
)
