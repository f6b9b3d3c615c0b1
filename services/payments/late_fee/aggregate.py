"""Which open invoices are asked late fees for, and when."""

from __future__ import annotations

from typing import Final

from services.payments.late_fee import api
from services.payments.late_fee.decide import (
    decide_charge,
    decide_dropped,
    decide_policy,
    decide_settled,
    decide_watch,
    evolve_ended,
    evolve_followed,
    evolve_lowered,
    evolve_raised,
    evolve_watched,
)
from services.payments.late_fee.preload import preload
from services.payments.late_fee.react import react
from services.payments.late_fee.state import LateFeeWatches, PastWatch
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_watch, decide_policy, decide_charge, decide_settled, decide_dropped),
    folds=(evolve_watched, evolve_ended, evolve_followed, evolve_lowered, evolve_raised),
    follows=(react,),
    preloads=(preload,),
    states=(LateFeeWatches, PastWatch),
    routers=(api.router,),
)
