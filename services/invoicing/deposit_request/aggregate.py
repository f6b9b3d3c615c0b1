"""The paper of requests for deposits; the deposits themselves are payments'."""

from __future__ import annotations

from typing import Final

from services.invoicing.deposit_request import api, rows
from services.invoicing.deposit_request.decide import decide_deposit_request
from services.invoicing.deposit_request.messages import DepositRequestClosed, DepositRequestNoted
from services.invoicing.deposit_request.preload import preload
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_deposit_request,),
    unfolded=(DepositRequestNoted, DepositRequestClosed),
    preloads=(preload,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
