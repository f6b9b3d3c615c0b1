"""Sessions: cumulative reports to deltas, closed by their Stop, their NAS or silence."""

from __future__ import annotations

from typing import Final

from services.usage.session import api, rows
from services.usage.session.decide import decide_closing, evolve_closing, evolve_sessions
from services.usage.session.preload import preload_sessions
from services.usage.session.react import react_closed, react_reports
from services.usage.session.state import Session, SessionsToClose, SilenceTimer
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_closing,),
    folds=(evolve_sessions, evolve_closing),
    follows=(react_reports, react_closed),
    preloads=(preload_sessions,),
    states=(Session, SilenceTimer, SessionsToClose),
    loaders={Session: rows.load_sessions, SessionsToClose: rows.load_sessions_to_close},
    project=rows.project,
    routers=(api.router,),
)
