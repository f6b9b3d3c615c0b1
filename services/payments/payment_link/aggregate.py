"""Links by which invoices are paid without a login."""

from __future__ import annotations

from typing import Final

from services.payments.payment_link import api, rows
from services.payments.payment_link.decide import decide_link, evolve_link
from services.payments.payment_link.preload import preload
from services.payments.payment_link.state import PaymentLink
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_link,),
    folds=(evolve_link,),
    preloads=(preload,),
    states=(PaymentLink,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
