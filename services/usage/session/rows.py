"""UsageRecorded, SessionsClosed -> one row a session for the list, and one while it is open for finding silent ones.

A session without a Stop that silence closed is `estimated`: what it used after its last report nobody knows (R29).

With every report the instant moves on at which a session would be silent. That has a narrow table of its own: an index
of it on the long row would have each report write all indexes of that row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final, Literal

import asyncpg
import msgspec

from services.usage.record.messages import UsageRecorded
from services.usage.session.messages import ClosedBy, ClosedSession, SessionsClosed
from services.usage.session.state import (
    PAGE,
    TOLD_MAX,
    OpenSessions,
    Session,
    SessionsToClose,
    by_direction,
    session_name,
)
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, update, upsert
from shared.kernel import wire
from shared.kernel.decimals import format_decimal
from shared.kernel.envelope import Envelope
from shared.kernel.instants import EPOCH, clamped
from shared.kernel.money import micro_decimal

SessionState = Literal["open", "closed", "estimated"]


class SessionRow(Row, frozen=True, kw_only=True):
    """One session; `last_at` is its latest report in the world, `heard_at` when that came here.

    `quantities` is what was told without a direction, beside `up` and `down`.
    """

    TABLE = "session"
    KEY = ("name",)

    name: str
    session_id: str
    source: str
    resource: str
    account_id: str | None
    subscription_id: str | None
    state: SessionState
    closed_by: str | None
    started_at: datetime
    last_at: datetime
    heard_at: datetime
    expires_at: datetime | None
    reports: int
    quantities: Jsonb
    up: Jsonb
    down: Jsonb


class SessionExpiryRow(Row, frozen=True, kw_only=True):
    """A session that is open, and when it is closed unless it is heard of before."""

    TABLE = "session_expiry"
    KEY = ("name",)

    name: str
    expires_at: datetime


class SessionClosing(Change, frozen=True, kw_only=True):
    """It ended without a report of its own."""

    TABLE = "session"
    KEY = ("name",)

    name: str
    state: SessionState
    closed_by: str
    expires_at: datetime | None = None


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """In the order of the log: what is closed may be opened again by what follows."""
    told = [applied for applied in batch if _tells(applied.event)]
    for closes, events in groupby(told, lambda applied: isinstance(applied.event, SessionsClosed)):
        rows = [row for applied in events for row in (_closings if closes else _reports)(applied)]
        await _TABLES.write(connection, partition, rows)
        expiries = {row.name: row.expires_at for row in rows}
        await _TABLES.write(
            connection, partition, [SessionExpiryRow(name=n, expires_at=at) for n, at in expiries.items() if at]
        )
        if closed := [name for name, at in expiries.items() if at is None]:
            await connection.execute(_DROP_EXPIRIES, partition, closed)


async def load_sessions(connection: Connection, partition: int, names: Sequence[str]) -> Mapping[str, Session]:
    """For one batch only: a million open sessions stay in Postgres, and a kilobyte each out of the process."""
    rows = await connection.fetch(_STATES, partition, names)
    return {row["key"]: _decode(row["body"]) for row in rows}


async def load_sessions_to_close(
    connection: Connection, partition: int, names: Sequence[str]
) -> Mapping[str, SessionsToClose]:
    """Pages of open sessions, by what their name says (state.py)."""
    return {name: await _page(connection, partition, name) for name in names}


async def load_open_sessions(
    connection: Connection, partition: int, accounts: Sequence[str]
) -> Mapping[str, OpenSessions]:
    found: dict[str, OpenSessions] = {}
    for account_id in accounts:
        rows = await connection.fetch(_OF_ACCOUNT, account_id, partition)
        found[account_id] = OpenSessions(account_id=account_id, names=tuple(row["name"] for row in rows))
    return found


async def _page(connection: Connection, partition: int, name: str) -> SessionsToClose:
    micros, _, source = name.partition(" ")
    at = clamped(int(micros))
    if source:
        rows = await connection.fetch(_OF_NAS, partition, at, source)
        return SessionsToClose(name=name, sessions=_sessions(rows))
    rows = await connection.fetch(_OF_SILENCE, partition, at)
    next_expiry = await connection.fetchval(_NEXT_EXPIRY, partition, at)
    return SessionsToClose(name=name, sessions=_sessions(rows), next_expiry=next_expiry)


def _sessions(rows: Iterable[asyncpg.Record]) -> tuple[ClosedSession, ...]:
    return tuple(ClosedSession(r["source"], r["resource"], r["session_id"], _micros(r["last_at"])) for r in rows)


def _micros(instant: datetime) -> int:
    return (instant - EPOCH) // timedelta(microseconds=1)


_NOTHING: Final = jsonb({})
_decode: Final = wire.decoder(Session).decode
_STATES: Final = "select key, body from state where partition = $1 and kind = 'Session' and key = any($2::text[])"
_OF_NAS: Final = f"""
select source, resource, session_id, last_at from session
 where partition = $1 and state = 'open' and source = $3 and last_at <= $2 order by name limit {PAGE}
"""
_OF_SILENCE: Final = f"""
select s.source, s.resource, s.session_id, s.last_at
  from session_expiry e join session s using (partition, name)
 where e.partition = $1 and e.expires_at <= $2 order by e.expires_at, e.name limit {PAGE}
"""
_OF_ACCOUNT: Final = f"""
select name from session where account_id = $1 and partition = $2 and state = 'open'
 order by started_at limit {TOLD_MAX}
"""
_NEXT_EXPIRY: Final = "select min(expires_at) from session_expiry where partition = $1 and expires_at > $2"
_DROP_EXPIRIES: Final = "delete from session_expiry where partition = $1 and name = any($2::text[])"


def _tells(event: object) -> bool:
    return isinstance(event, SessionsClosed) or (isinstance(event, UsageRecorded) and bool(event.sessions))


def _reports(applied: Applied) -> Iterable[SessionRow]:
    event, envelope, _ = applied
    for index in sorted(event.sessions):
        if 0 <= index < len(event.records):
            yield _report(event, index, envelope)


def _report(event: UsageRecorded, index: int, envelope: Envelope) -> SessionRow:
    record, reading = event.records[index], event.sessions[index]
    heard_at = envelope.recorded_at
    is_open = reading.closed_by is None
    session_id, direction = by_direction(reading.session_id)
    total = jsonb({record.meter: format_decimal(micro_decimal(int(reading.total)))})
    return SessionRow(
        name=session_name(record.source, record.resource, reading.session_id),
        session_id=session_id,
        source=record.source,
        resource=record.resource,
        account_id=record.account,
        subscription_id=record.subscription,
        state=state_of(reading.closed_by),
        closed_by=reading.closed_by,
        started_at=clamped(reading.began_at),
        last_at=clamped(reading.read_at),
        heard_at=heard_at,
        expires_at=heard_at + timedelta(seconds=event.session_silence_s) if is_open else None,
        reports=1,
        quantities=_NOTHING if direction else total,
        up=total if direction == "up" else _NOTHING,
        down=total if direction == "down" else _NOTHING,
    )


def _closings(applied: Applied) -> Iterable[SessionClosing]:
    event = applied.event
    for closed in event.sessions:
        name = session_name(closed.source, closed.resource, closed.session_id)
        yield SessionClosing(name=name, state=state_of(event.closed_by), closed_by=event.closed_by)


def state_of(closed_by: ClosedBy | None) -> SessionState:
    if closed_by is None:
        return "open"
    return "estimated" if closed_by == "silence" else "closed"


def _together(earlier: SessionRow, later: SessionRow) -> SessionRow:
    return msgspec.structs.replace(
        later,
        account_id=later.account_id or earlier.account_id,
        subscription_id=later.subscription_id or earlier.subscription_id,
        last_at=max(earlier.last_at, later.last_at),
        reports=earlier.reports + later.reports,
        quantities=_both(earlier.quantities, later.quantities),
        up=_both(earlier.up, later.up),
        down=_both(earlier.down, later.down),
    )


def _both(earlier: Jsonb, later: Jsonb) -> Jsonb:
    """Of one meter the later one counts."""
    if _NOTHING in (earlier, later):
        return later if earlier == _NOTHING else earlier
    return jsonb({**msgspec.json.decode(earlier), **msgspec.json.decode(later)})


_TABLES: Final = Tables(
    upsert(
        SessionRow,
        sets={
            "account_id": "coalesce(excluded.account_id, t.account_id)",
            "subscription_id": "coalesce(excluded.subscription_id, t.subscription_id)",
            "last_at": "greatest(t.last_at, excluded.last_at)",
            "reports": "t.reports + excluded.reports",
            "quantities": "t.quantities || excluded.quantities",
            "up": "t.up || excluded.up",
            "down": "t.down || excluded.down",
        },
        merge=_together,
    ),
    update(SessionClosing),
    upsert(SessionExpiryRow),
)
