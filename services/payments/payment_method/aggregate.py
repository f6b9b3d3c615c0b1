"""How the customers of accounts pay."""

from __future__ import annotations

from typing import Final

from services.payments.payment_method import api, rows
from services.payments.payment_method.decide import decide_added, decide_method, evolve_declined, evolve_methods
from services.payments.payment_method.preload import preload
from services.payments.payment_method.state import PaymentMethods
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_added, decide_method),
    folds=(evolve_methods, evolve_declined),
    preloads=(preload,),
    states=(PaymentMethods,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
