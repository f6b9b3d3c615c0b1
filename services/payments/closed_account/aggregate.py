"""Accounts that are closed."""

from __future__ import annotations

from typing import Final

from services.payments.closed_account.decide import decide_noted, evolve_noted, preload, react
from services.payments.closed_account.state import ClosedAccount
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_noted,),
    folds=(evolve_noted,),
    follows=(react,),
    preloads=(preload,),
    states=(ClosedAccount,),
)
