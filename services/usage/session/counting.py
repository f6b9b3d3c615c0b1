"""The sessions of one command, counted record by record.

counting = SessionCounting(view)
counting.count(record, index=17).quantity       what the record adds to its session
counting.readings                               what `UsageRecorded.sessions` says of them
"""

from __future__ import annotations

from services.usage.record.messages import AdmittedRecord
from services.usage.session.correlation import Correlated, Report, correlate
from services.usage.session.messages import SessionReading
from services.usage.session.state import Direction, Session, by_direction, session_name
from shared.kernel.decider import View


class SessionCounting:
    """The sessions of one command as they move on; `readings` by the index of their record."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._known: dict[tuple[str, str], Direction] = {}
        self.readings: dict[int, SessionReading] = {}

    def count(self, record: AdmittedRecord, index: int) -> Correlated:
        assert record.cumulative is not None
        session_id, status, boot_id, uptime_s = record.cumulative
        place = session_name(record.source, record.resource, session_id), by_direction(session_id)[1]
        # A record with one instant alone does not say when its session began.
        started_at = record.started_at if record.started_at < record.ended_at else None
        report = Report(record.meter, record.quantity, status, record.ended_at, started_at, boot_id, uptime_s)
        found = correlate(self._known.get(place) or self._before(*place), report)
        known = self._known[place] = found.direction
        self.readings[index] = SessionReading(
            session_id,
            status,
            str(record.quantity),
            record.ended_at,
            started_at,
            boot_id,
            uptime_s,
            known.runs[-1].began_at if known.runs else record.ended_at,
            str(found.total),
            known.closed_by,
        )
        return found

    def _before(self, name: str, direction: str) -> Direction | None:
        """What was known of it before the command."""
        session = self._view.get(Session, name)
        return None if session is None else session.directions.get(direction)
