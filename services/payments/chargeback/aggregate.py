"""Money of payments that was taken back."""

from __future__ import annotations

from typing import Final

from services.payments.chargeback import api, rows
from services.payments.chargeback.decide import (
    decide_chargeback,
    decide_reversal,
    evolve_chargeback,
    evolve_reversed,
)
from services.payments.chargeback.preload import preload
from services.payments.chargeback.state import Chargeback
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_chargeback, decide_reversal),
    folds=(evolve_chargeback, evolve_reversed),
    preloads=(preload,),
    states=(Chargeback,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
