"""Credits that the operator grants."""

from __future__ import annotations

from typing import Final

from services.payments.granted_credit import api, rows
from services.payments.granted_credit.decide import (
    decide_expiry,
    decide_grant,
    decide_reversal,
    evolve_closed,
    evolve_granted,
    evolve_used,
)
from services.payments.granted_credit.preload import preload
from services.payments.granted_credit.react import react
from services.payments.granted_credit.state import KnownCredit
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_grant, decide_reversal, decide_expiry),
    folds=(evolve_granted, evolve_used, evolve_closed),
    follows=(react,),
    preloads=(preload,),
    states=(KnownCredit,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
