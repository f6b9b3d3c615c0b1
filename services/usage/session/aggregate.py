"""Sessions: what is used between a start and a stop, and what closes those that have none."""

from __future__ import annotations

from typing import Final

from services.usage.session import api, rows
from services.usage.session.decide import decide_closing, evolve_closing, evolve_sessions
from services.usage.session.react import react_closing, react_signals
from services.usage.session.state import Session, SessionsToClose, SilenceTimer
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_closing,),
    folds=(evolve_sessions, evolve_closing),
    follows=(react_signals, react_closing),
    states=(Session, SessionsToClose, SilenceTimer),
    loaders={SessionsToClose: rows.load_sessions_to_close},
    project=rows.project,
    routers=(api.router,),
)
