"""Links by which invoices are paid, and money is put on accounts, without a login."""

from __future__ import annotations

from typing import Final

from services.payments.payment_link import api, rows, top_up_api
from services.payments.payment_link.decide import decide_link, decide_top_up_link, evolve_link
from services.payments.payment_link.messages import TopUpLinkMade
from services.payments.payment_link.preload import preload
from services.payments.payment_link.state import PaymentLink
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_link, decide_top_up_link),
    folds=(evolve_link,),
    unfolded=(TopUpLinkMade,),
    preloads=(preload,),
    states=(PaymentLink,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router, top_up_api.router),
)
