"""Sessions: counted record by record, closed by their Stop, by their NAS, or by silence.

    RecordUsage(records=[interim 500])     record/decide.py asks counting.py -> 500, guided like any delta
    CloseSessions(closed_by="silence")     its timer fired: those not heard of for three interims are closed (R29)
    CloseSessions(source="bng-1", at)      Accounting-On or -Off: all its open sessions are closed (R28)

A session is silent once everything reported up to its deadline has been counted and nothing of it was among that: the
clock alone closes nothing, so an intake that is behind does not make sessions look dead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from services.usage.record.messages import RecordedUsage, UsageRecorded
from services.usage.session.correlation import Report, correlate
from services.usage.session.messages import ClosedSession, CloseSessions, SessionReading, SessionsClosed
from services.usage.session.state import (
    PAGE,
    TIMER,
    Direction,
    Session,
    SessionsToClose,
    SilenceTimer,
    by_direction,
    of_nas,
    of_silence,
    session_name,
)
from services.usage.watermark.state import PROGRESS, IntakeProgress
from shared.kernel.decider import Context, Due, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.instants import EPOCH
from shared.kernel.message import encode, type_name

_PAUSE: Final = timedelta(seconds=60)
"""Silence is looked at so often at most: one sweep for the sessions of a minute."""

_MICROSECOND: Final = timedelta(microseconds=1)


def evolve_sessions(event: UsageRecorded, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    """The sessions with these reports, and the timer that looks for silence, where none is set."""
    if not event.sessions:
        return
    names = {index: name_of(event.records[index], reading) for index, reading in valid(event)}
    before = view.get_many(Session, set(names.values()))
    sessions = {name: dict(before[name].directions) if name in before else {} for name in names.values()}
    accounts = {name: before[name].account if name in before else None for name in names.values()}
    for index, name in names.items():
        reading, directions = event.sessions[index], sessions[name]
        direction = by_direction(reading.session_id)[1]
        directions[direction] = correlate(directions.get(direction), _report(event.records[index], reading)).direction
        accounts[name] = event.records[index].account or accounts[name]
    after = [
        turned(before.get(name), Session(name=name, directions=held, account=accounts[name]), envelope)
        for name, held in sessions.items()
    ]
    yield from after
    if any(session.is_open for session in after) and view.get(SilenceTimer, TIMER) is None:
        yield from _timer(envelope.recorded_at + timedelta(seconds=event.session_silence_s))


def decide_closing(command: CloseSessions, view: View, context: Context) -> Sequence[SessionsClosed]:
    if command.closed_by != "silence":
        page = view.get(SessionsToClose, of_nas(command.source, command.at)) or SessionsToClose(name="")
        return (_closed(command, command.at, page, view, context),) if page.sessions else ()
    timer = view.get(SilenceTimer, TIMER)
    if timer is None or timer.due_at != command.due_at:
        return ()
    progress = view.get(IntakeProgress, PROGRESS)
    through = None if progress is None else progress.through
    if through is None:
        return (_looked(command, context),)
    limit = (min(through, context.now) - EPOCH) // _MICROSECOND
    page = view.get(SessionsToClose, of_silence(limit)) or SessionsToClose(name="")
    closed = _closed(command, limit, page, view, context)
    if closed.more or page.next_expiry is None:
        return (closed,)
    return (msgspec.structs.replace(closed, next_due=max(page.next_expiry, context.now + _PAUSE)),)


def evolve_closing(event: SessionsClosed, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    names = {session_name(s.source, s.resource, s.session_id): s for s in event.sessions}
    known = view.get_many(Session, names)
    for name, closed in names.items():
        if name in known:
            yield turned(known[name], _ended(known[name], closed, event), envelope)
    if event.closed_by != "silence":
        return
    if event.more:
        # The next page is on its way by command; the timer is as it was, but fires no more.
        yield Gone(Due, TIMER)
    elif event.next_due is not None:
        yield from _timer(event.next_due)
    else:
        yield from (Gone(Due, TIMER), Gone(SilenceTimer, TIMER))


def turned(before: Session | None, after: Session, envelope: Envelope) -> Session:
    """The session as it is now, with which event it was that began or ended it last."""
    was_open, last = (before.is_open, before.turned_by) if before is not None else (False, 0)
    return msgspec.structs.replace(after, turned_by=last if after.is_open == was_open else envelope.seq)


def _closed(command: CloseSessions, at: int, page: SessionsToClose, view: View, context: Context) -> SessionsClosed:
    """Those of the page that are still open: the rows it was read from know nothing of this very batch."""
    names = {session_name(s.source, s.resource, s.session_id): s for s in page.sessions}
    known = view.get_many(Session, names)
    return SessionsClosed(
        closed_by=command.closed_by,
        at=at,
        partition=context.partition,
        source=command.source,
        sessions=[s for name, s in names.items() if name in known and _is_still_silent(known[name], s)],
        more=len(page.sessions) >= PAGE,
        due_at=command.due_at,
        partitions=context.partitions,
    )


def _ended(session: Session, closed: ClosedSession, event: SessionsClosed) -> Session:
    """Closed in all directions that are open."""
    at = closed.read_at if event.closed_by == "silence" else max(event.at, closed.read_at)
    ended = {
        direction: known
        if known.closed_by is not None
        else msgspec.structs.replace(known, closed_by=event.closed_by, closed_at=at)
        for direction, known in session.directions.items()
    }
    return msgspec.structs.replace(session, directions=ended)


def _is_still_silent(session: Session, seen: ClosedSession) -> bool:
    return session.is_open and all(_heard_at(known) <= seen.read_at for known in session.directions.values())


def _heard_at(direction: Direction) -> int:
    return max((run.read_at for run in direction.runs), default=0)


def _looked(command: CloseSessions, context: Context) -> SessionsClosed:
    """Nobody knows yet how far intake is: look again."""
    return SessionsClosed(
        closed_by="silence",
        at=0,
        partition=context.partition,
        due_at=command.due_at,
        next_due=context.now + _PAUSE,
    )


def _timer(due_at: datetime) -> Iterable[State]:
    command = CloseSessions(closed_by="silence", due_at=due_at)
    yield SilenceTimer(due_at=due_at)
    yield Due(
        name=TIMER,
        due_at=due_at,
        command_type=type_name("usage", CloseSessions),
        command=msgspec.Raw(encode(command)),
    )


def valid(event: UsageRecorded) -> Iterable[tuple[int, SessionReading]]:
    """By index, in the order in which they were counted; one that points nowhere was never counted."""
    return ((i, event.sessions[i]) for i in sorted(event.sessions) if 0 <= i < len(event.records))


def name_of(record: RecordedUsage, reading: SessionReading) -> str:
    return session_name(record.source, record.resource, reading.session_id)


def _report(record: RecordedUsage, reading: SessionReading) -> Report:
    return Report(
        record.meter,
        int(reading.value),
        reading.status,
        reading.read_at,
        reading.started_at,
        reading.boot_id,
        reading.uptime_s,
    )
