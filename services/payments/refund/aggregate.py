"""Money of payments that went back."""

from __future__ import annotations

from typing import Final

from services.payments.refund import api, rows
from services.payments.refund.decide import decide_refund, evolve_refund
from services.payments.refund.preload import preload
from services.payments.refund.state import KnownRefund
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_refund,),
    folds=(evolve_refund,),
    preloads=(preload,),
    states=(KnownRefund,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
