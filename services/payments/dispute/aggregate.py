"""Disputed invoices."""

from __future__ import annotations

from typing import Final

from services.payments.dispute import api, rows
from services.payments.dispute.decide import (
    decide_opened,
    decide_resolved,
    evolve_credited,
    evolve_opened,
    evolve_resolved,
)
from services.payments.dispute.preload import preload
from services.payments.dispute.react import react
from services.payments.dispute.state import Dispute
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_opened, decide_resolved),
    folds=(evolve_opened, evolve_credited, evolve_resolved),
    follows=(react,),
    preloads=(preload,),
    states=(Dispute,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
