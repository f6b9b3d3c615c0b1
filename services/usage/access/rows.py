"""AccessWanted -> a row of network_intent, and those before it are superseded; AttemptStarted, …Ended -> how it goes.

pending -> sent -> acknowledged
                -> refused | timed_out -> sent -> …
any but acknowledged -> superseded
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Literal

from services.usage.access.messages import AccessState, AccessWanted, AttemptEnded, AttemptStarted, ElementAssigned
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.runs import event_runs
from shared.engine.service import Applied
from shared.engine.tables import Tables, copy, update, upsert

IntentState = Literal["pending", "sent", "acknowledged", "refused", "timed_out", "superseded"]


class IntentKey(Columns, frozen=True, kw_only=True):
    """Which row of `network_intent`."""

    TABLE = "network_intent"
    KEY = ("resource_id", "version")

    resource_id: str
    version: int


class IntentRow(IntentKey, Row, frozen=True, kw_only=True):
    """A version of what a line is to have."""

    desired: AccessState
    rates: Jsonb | None
    why: tuple[str, ...]
    reason: str
    state: IntentState = "pending"
    attempts: int = 0
    element_id: str | None = None
    answer: str | None = None
    wanted_at: datetime
    sent_at: datetime | None = None
    answered_at: datetime | None = None


class StartedAttempt(IntentKey, Change, frozen=True, kw_only=True):
    state: IntentState = "sent"
    attempts: int
    element_id: str
    sent_at: datetime


class EndedAttempt(IntentKey, Change, frozen=True, kw_only=True):
    state: IntentState
    answer: str
    answered_at: datetime


class LineElementRow(Row, frozen=True, kw_only=True):
    TABLE = "line_element"
    KEY = ("resource_id",)

    resource_id: str
    element_id: str | None


_SUPERSEDE: Final = """
update network_intent set state = 'superseded'
 where partition = $1 and resource_id = $2 and version < $3 and state not in ('acknowledged', 'superseded')
"""
_ACCESS_EVENTS: Final = (AccessWanted, AttemptStarted, AttemptEnded, ElementAssigned)
_TABLES: Final = Tables(upsert(LineElementRow))
_WANTED: Final = Tables(copy(IntentRow))
_ATTEMPTS: Final = Tables(update(StartedAttempt), update(EndedAttempt))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """A version may be wanted, told and superseded in one batch: of a line all is written in the order of the log."""
    for kind, run in event_runs(batch, _resource):
        events: Any = [applied.event for applied in run]
        at = [applied.envelope.recorded_at for applied in run]
        both = [*zip(events, at, strict=True)]
        if kind is AccessWanted:
            await connection.executemany(_SUPERSEDE, [(partition, e.resource_id, e.version) for e in events])
            await _WANTED.write(connection, partition, [_wanted(*one) for one in both])
        elif kind is AttemptStarted:
            started = [StartedAttempt.of(event, attempts=event.attempt, sent_at=when) for event, when in both]
            await _ATTEMPTS.write(connection, partition, started)
        elif kind is AttemptEnded:
            ended = [EndedAttempt.of(event, state=event.outcome, answered_at=when) for event, when in both]
            await _ATTEMPTS.write(connection, partition, ended)
        else:
            await _TABLES.write(connection, partition, map(LineElementRow.of, events))


def _resource(applied: Applied) -> Sequence[str]:
    return [applied.event.resource_id] if isinstance(applied.event, _ACCESS_EVENTS) else ()


def _wanted(event: AccessWanted, at: datetime) -> IntentRow:
    rates = None if event.profile is None else jsonb(event.profile)
    return IntentRow.of(event, desired=event.state, state="pending", rates=rates, why=tuple(event.why), wanted_at=at)
