"""Accounts that stay overdue: their cases, step by step."""

from __future__ import annotations

from typing import Final

from services.payments.dunning import account_api, api, dry_run, rows
from services.payments.dunning.decide import (
    decide_assigned,
    decide_case,
    decide_look,
    decide_noted,
    decide_walk,
    evolve_account,
    evolve_case,
    evolve_restriction,
    evolve_told,
)
from services.payments.dunning.preload import preload, preload_next
from services.payments.dunning.react import react_default, react_moved, react_service, react_step, react_told
from services.payments.dunning.state import Debtors, DunningAccount
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_look, decide_walk, decide_assigned, decide_case, decide_noted),
    folds=(evolve_account, evolve_case, evolve_restriction, evolve_told),
    follows=(react_moved, react_default, react_service, react_step, react_told),
    preloads=(preload,),
    preloads_next=(preload_next,),
    states=(DunningAccount,),
    loaders={Debtors: rows.debtors},
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router, account_api.router, dry_run.router),
)
