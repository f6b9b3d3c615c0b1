"""Money that came in."""

from __future__ import annotations

from typing import Final

from services.payments.payment import actions, api, rows
from services.payments.payment.by_hand import decide_by_hand
from services.payments.payment.decide import decide_payment
from services.payments.payment.earlier_uses import earlier_uses
from services.payments.payment.evolve import evolve_payment, evolve_recorded
from services.payments.payment.moving import decide_allocations, decide_reversal
from services.payments.payment.preload import preload
from services.payments.payment.state import ExternalKey, KnownPayment
from shared.engine.aggregate import Aggregate
from shared.kernel.claims import EarlierUse

AGGREGATE: Final = Aggregate(
    decides=(decide_payment, decide_by_hand, decide_allocations, decide_reversal),
    folds=(evolve_recorded, evolve_payment),
    preloads=(preload,),
    states=(KnownPayment, ExternalKey),
    loaders={EarlierUse: earlier_uses},
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router, actions.router),
)
