"""Money of payments that went back."""

from __future__ import annotations

from typing import Final

from services.payments.refund import api, list_api, rows
from services.payments.refund.decide import decide_refund, evolve_refund
from services.payments.refund.paying_out import decide_by_hand, decide_end, decide_sent, evolve_moved
from services.payments.refund.preload import preload
from services.payments.refund.state import KnownRefund
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_refund, decide_sent, decide_end, decide_by_hand),
    folds=(evolve_refund, evolve_moved),
    preloads=(preload,),
    states=(KnownRefund,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router, list_api.router),
)
