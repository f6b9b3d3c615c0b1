"""Deposits that customers leave as security."""

from __future__ import annotations

from typing import Final

from services.payments.deposit import api, rows
from services.payments.deposit.decide import (
    decide_application,
    decide_cancel,
    decide_receipt,
    decide_request,
    decide_return,
    evolve_moved,
    evolve_requested,
)
from services.payments.deposit.preload import preload
from services.payments.deposit.react import react
from services.payments.deposit.state import Deposit
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_request, decide_receipt, decide_application, decide_return, decide_cancel),
    folds=(evolve_requested, evolve_moved),
    follows=(react,),
    preloads=(preload,),
    states=(Deposit,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
