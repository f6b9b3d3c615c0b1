"""Amounts at which somebody wants to be told what an account spends."""

from __future__ import annotations

from typing import Final

from services.rating.spend_alert import api, rows
from services.rating.spend_alert.decide import decide_spend_alert, evolve_spend_alert
from services.rating.spend_alert.preload import preload_spend_alert
from services.rating.spend_alert.state import AlertedAccounts, SpendAlerts
from services.rating.spend_alert.watching import react_bill, react_spend, watched
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_spend_alert,),
    folds=(evolve_spend_alert, watched),
    follows=(react_spend, react_bill),
    preloads=(preload_spend_alert,),
    states=(SpendAlerts, AlertedAccounts),
    project=rows.project,
    routers=(api.router,),
)
