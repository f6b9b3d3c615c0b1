"""Many accounts at once, page by page of every partition."""

from __future__ import annotations

from typing import Final

from services.invoicing.billing_run import api, rows
from services.invoicing.billing_run.decide import (
    decide_cycle,
    decide_start,
    decide_walk,
    evolve_account,
    evolve_cycle,
    evolve_start,
)
from services.invoicing.billing_run.messages import BillingRunPageWalked
from services.invoicing.billing_run.preload import preload
from services.invoicing.billing_run.react import react
from services.invoicing.billing_run.state import AccountIndex, AccountPage, BillingRun, KnownCycle
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_cycle, decide_start, decide_walk),
    folds=(evolve_account, evolve_cycle, evolve_start),
    unfolded=(BillingRunPageWalked,),
    follows=(react,),
    preloads=(preload,),
    states=(KnownCycle, AccountIndex, AccountPage, BillingRun),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
