"""The sessions that counting records asks for."""

from __future__ import annotations

from collections.abc import Sequence

from services.usage.record.messages import AdmittedRecord
from services.usage.session.state import TIMER, Session, SilenceTimer, session_name
from shared.kernel.decider import State


def preload_sessions(records: Sequence[AdmittedRecord]) -> Sequence[tuple[type[State], str]]:
    """Of the records of kind `session` among these."""
    names = {
        session_name(record.source, record.resource, record.cumulative[0])
        for record in records
        if record.kind == "session" and record.cumulative is not None
    }
    return [*((Session, name) for name in names), (SilenceTimer, TIMER)] if names else []
