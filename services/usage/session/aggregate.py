"""Sessions: cumulative reports to deltas, closed by their Stop, their NAS or silence."""

from __future__ import annotations

from typing import Final

from services.usage.session import api, rows
from services.usage.session.asking import decide_told, evolve_told, preload_told, react_told
from services.usage.session.decide import decide_closing, evolve_closing, evolve_sessions
from services.usage.session.preload import preload_sessions
from services.usage.session.react import react_closed, react_reports
from services.usage.session.state import OpenSessions, Session, SessionsToClose, SilenceTimer
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_closing, decide_told),
    folds=(evolve_sessions, evolve_closing, evolve_told),
    follows=(react_reports, react_closed, react_told),
    preloads=(preload_sessions, preload_told),
    states=(Session, SilenceTimer, SessionsToClose, OpenSessions),
    loaders={
        Session: rows.load_sessions,
        SessionsToClose: rows.load_sessions_to_close,
        OpenSessions: rows.load_open_sessions,
    },
    project=rows.project,
    routers=(api.router,),
)
