"""What an account owes and has, and what pays for what."""

from __future__ import annotations

from typing import Final

from services.payments.balance import api, rows
from services.payments.balance.decide import decide_payer, evolve_allocation, evolve_balance, evolve_payer
from services.payments.balance.preload import preload
from services.payments.balance.react import react
from services.payments.balance.state import Payer
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_payer,),
    folds=(evolve_payer, evolve_balance, evolve_allocation),
    follows=(react,),
    preloads=(preload,),
    states=(Payer,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
