"""Services of accounts that do not pay: restricted, restored and ended as payments asks."""

from __future__ import annotations

from typing import Final

from services.rating.service_restriction.decide import (
    decide_end,
    decide_extension,
    decide_restoration,
    decide_restriction,
    evolve_ended,
    evolve_restored,
    evolve_restricted,
)
from services.rating.service_restriction.preload import preload
from services.rating.service_restriction.react import react, react_members, react_payer
from services.rating.service_restriction.state import PayersRestriction, ServiceRestriction
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_restriction, decide_extension, decide_restoration, decide_end),
    folds=(evolve_restricted, evolve_restored, evolve_ended),
    follows=(react, react_members, react_payer),
    preloads=(preload,),
    states=(ServiceRestriction, PayersRestriction),
)
