"""Who pays, and on which days."""

from __future__ import annotations

from typing import Final

from services.rating.account import api, changes_api, rows
from services.rating.account.decide import decide_account, evolve_account
from services.rating.account.preload import preload_account
from services.rating.account.state import Account, GroupPlace
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_account,),
    folds=(evolve_account,),
    preloads=(preload_account,),
    states=(Account,),
    loaders={GroupPlace: rows.group_places},
    project=rows.project,
    routers=(api.router, changes_api.router),
)
