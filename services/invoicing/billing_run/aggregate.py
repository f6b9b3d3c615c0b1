"""Many accounts at once, page by page of every partition."""

from __future__ import annotations

from typing import Final

from services.invoicing.billing_run import api, attention_api, control_api, rows
from services.invoicing.billing_run.cancelling import decide_cancel, decide_stop, evolve_cancelled, evolve_stopped
from services.invoicing.billing_run.cycles import decide_cycle, evolve_cycle
from services.invoicing.billing_run.decide import decide_start, decide_walk, evolve_account, evolve_start
from services.invoicing.billing_run.messages import BillingRunPageWalked
from services.invoicing.billing_run.preload import preload
from services.invoicing.billing_run.react import react
from services.invoicing.billing_run.state import AccountIndex, AccountPage, BillingRun, KnownCycle, StoppedRun
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_cycle, decide_start, decide_walk, decide_cancel, decide_stop),
    folds=(evolve_account, evolve_cycle, evolve_start, evolve_cancelled, evolve_stopped),
    unfolded=(BillingRunPageWalked,),
    follows=(react,),
    preloads=(preload,),
    states=(KnownCycle, AccountIndex, AccountPage, BillingRun, StoppedRun),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router, control_api.router, attention_api.router),
)
