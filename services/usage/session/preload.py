"""The sessions that counting records asks for."""

from __future__ import annotations

from collections.abc import Sequence

from services.usage.record.messages import RecordUsage
from services.usage.session.state import TIMER, Session, SilenceTimer, session_name
from shared.kernel.decider import Asked


def preload_sessions(command: RecordUsage) -> Sequence[Asked]:
    if "session" not in command.records.kind.values:
        return []
    names = {
        session_name(record.source, record.resource, record.cumulative[0])
        for record in command.records
        if record.cumulative is not None and record.kind == "session"
    }
    return [(Session, names), (SilenceTimer, TIMER)] if names else []
