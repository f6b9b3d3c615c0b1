"""Sessions of one NAS as a story: reports in minutes after one o'clock, what they counted out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from services.usage.record.messages import RecordedUsage
from services.usage.resource.messages import ResourceRegistered
from services.usage.session.messages import ClosedSession, CloseSessions, SessionsClosed
from services.usage.session.state import Direction, Session, SessionsToClose, by_direction, of_nas, session_name
from tests.kit.decider import Specification
from tests.services.usage.story import assigned, command, counted, partition, record

MICRO = 1_000_000
USER = "user:ann"
NAS = "bng-1"
ONE = datetime(2026, 11, 23, 1, tzinfo=UTC)
RECORDED_AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def with_user(**changes: Any) -> Specification:
    return partition(**changes).given(ResourceRegistered(resource_id=USER), assigned(USER))


def text_at(minute: float) -> str:
    return (ONE + timedelta(minutes=minute)).isoformat()


def micros_at(minute: float) -> int:
    return int((ONE + timedelta(minutes=minute)).timestamp()) * MICRO


def report(status: str, quantity: int, minute: float, **fields: Any) -> dict[str, Any]:
    """A report of session S1 at 01:`minute`; `since` is the minute at which it says that its session began."""
    since = fields.pop("since", None)
    given = {
        "id": f"{status}-{quantity}-{minute}",
        "source": NAS,
        "resource": USER,
        "kind": "session",
        "session_id": "S1",
        "status": status,
        "quantity": str(quantity),
        "started_at": text_at(minute if since is None else since),
        "ended_at": text_at(minute),
    }
    return record(**{**given, **fields})


def told(spec: Specification, *reports: dict[str, Any]) -> list[RecordedUsage]:
    """What these reports counted, in one command."""
    return counted(spec.when(command(*reports)))


def quantities(records: list[RecordedUsage]) -> list[int]:
    return [r.quantity // MICRO for r in records]


def session(spec: Specification, session_id: str = "S1", source: str = NAS) -> Direction:
    """What is known of it in the direction that its id ends in."""
    found = spec.get(Session, session_name(source, USER, session_id))
    assert found is not None
    return found.directions[by_direction(session_id)[1]]


def shown_open(spec: Specification, name: str, *seen: ClosedSession, next_expiry: datetime | None = None) -> None:
    """What the rows say of open sessions, as the loader finds it for a command that asks under this name."""
    page = SessionsToClose(name=name, sessions=seen, next_expiry=next_expiry)
    spec.state.keep({SessionsToClose: {name: page}})


def seen(minute: float, session_id: str = "S1") -> ClosedSession:
    return ClosedSession(NAS, USER, session_id, micros_at(minute))


def nas_closed(spec: Specification, minute: float, *open_ones: ClosedSession) -> list[SessionsClosed]:
    shown_open(spec, of_nas(NAS, micros_at(minute)), *open_ones)
    spec.when(CloseSessions(closed_by="accounting_on", source=NAS, at=micros_at(minute)))
    return [event for event in spec.events if isinstance(event, SessionsClosed)]
