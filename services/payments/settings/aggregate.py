"""How payments are handled, by the operator and by account."""

from __future__ import annotations

from typing import Final

from services.payments.settings import api, rows
from services.payments.settings.decide import decide_allocation, decide_settings, evolve_settings
from services.payments.settings.preload import preload
from services.payments.settings.state import PaymentSettings
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_settings, decide_allocation),
    folds=(evolve_settings,),
    preloads=(preload,),
    states=(PaymentSettings,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
