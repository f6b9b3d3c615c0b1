"""Accounts of which nothing is left to use: their lines are blocked, as payments asks."""

from __future__ import annotations

from typing import Final

from services.rating.credit_restriction.decide import decide, evolve
from services.rating.credit_restriction.preload import preload
from services.rating.credit_restriction.react import react, react_started
from services.rating.credit_restriction.state import CreditRestriction
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide,),
    folds=(evolve,),
    follows=(react, react_started),
    preloads=(preload,),
    states=(CreditRestriction,),
)
