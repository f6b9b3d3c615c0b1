"""The personal data of accounts, erased."""

from __future__ import annotations

from typing import Final

from services.payments.erasure import api, rows
from services.payments.erasure.decide import (
    decide_destroyed,
    decide_erasure,
    evolve_destroyed,
    evolve_erased,
    preload,
)
from services.payments.erasure.state import Erasure
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_erasure, decide_destroyed),
    folds=(evolve_erased, evolve_destroyed),
    preloads=(preload,),
    states=(Erasure,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
