"""Late fees that were asked for. How they become lines, and are waived, is in invoice/."""

from __future__ import annotations

from typing import Final

from services.invoicing.late_fee import api, rows
from services.invoicing.late_fee.decide import decide_added, evolve_fee
from services.invoicing.late_fee.messages import LateFeeRefused
from services.invoicing.late_fee.preload import preload
from services.invoicing.late_fee.react import react
from services.invoicing.late_fee.state import LateFee, WaitingFees
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_added,),
    folds=(evolve_fee,),
    unfolded=(LateFeeRefused,),
    follows=(react,),
    preloads=(preload,),
    states=(LateFee, WaitingFees),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
