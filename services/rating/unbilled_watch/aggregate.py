"""Accounts of which it is told what they would be charged, as it moves."""

from __future__ import annotations

from typing import Final

from services.rating.unbilled_watch.decide import (
    decide_look,
    decide_member,
    decide_watch,
    evolve_member,
    evolve_told,
    evolve_watched,
)
from services.rating.unbilled_watch.members import react_payer, react_watched
from services.rating.unbilled_watch.preload import preload, preload_guided, preload_sessions
from services.rating.unbilled_watch.sessions import decide_sessions, evolve_counted, react_sessions
from services.rating.unbilled_watch.state import UnbilledWatch, UnbilledWatching
from services.rating.unbilled_watch.touching import touched
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_watch, decide_member, decide_look, decide_sessions),
    folds=(evolve_watched, evolve_member, evolve_told, evolve_counted, touched),
    follows=(react_sessions, react_watched, react_payer),
    preloads=(preload, preload_guided, preload_sessions),
    states=(UnbilledWatch, UnbilledWatching),
)
