"""Sessions: what a RADIUS client reports of one connection from its start to its stop (R24 to R29).

SessionReading            in `UsageRecorded.sessions`: what a record told of its session, and what is known with it
NasSignal                 Accounting-On or -Off of a NAS: no usage, but the end of all its sessions (R28)
CloseSessions             close those of a NAS, or those that nobody has heard of for too long (R29)
TellSessions              say which sessions of an account are open, once
OpenSessionsTold          which they are in this partition
SessionsClosed            they are closed, with the last counters that are known
SessionsGuided            sessions of accounts that have begun or ended, on `usage.guided`: an account may hold money
                          for each that is open
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Final, Literal, final

import msgspec

from shared.kernel.bounds import Count, Seq
from shared.kernel.message import Command, Event

SILENCE_S: Final = 2700
"""Three missed interims of 15 minutes: what an event means that says nothing else. The value is part of the log."""

Status = Literal["start", "interim", "stop"]
SignalStatus = Literal["accounting_on", "accounting_off"]
ClosedBy = Literal["stop", "accounting_on", "accounting_off", "silence"]
Units = Annotated[str, msgspec.Meta(pattern="^[0-9]{1,30}$")]
"""Integers of 1e-6 units as text, for they may exceed 64 bits."""


class SessionReading(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a record reported of its session: a cumulative `value` at the instant `read_at`, and what is known with it.

    `started_at` is when its equipment says that the session began, `None` where it did not say. `total` is what the
    session has come to of this meter, `began_at` when it began as far as is known, `closed_by` what closed it, `None`
    for one that is open. Instants are microseconds since the epoch.
    """

    session_id: str
    status: Status
    value: Units
    read_at: int
    started_at: int | None
    boot_id: str | None
    uptime_s: Seq | None
    began_at: int
    total: Units
    closed_by: ClosedBy | None = None


@final
class NasSignal(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A NAS began or ended its accounting at the instant `at`. `position` as in `AdmittedRecord`."""

    position: int
    source: str
    status: SignalStatus
    at: int


class CloseSessions(Command, frozen=True, kw_only=True):
    """Close open sessions of this partition, a page at a time.

    Of a NAS (`source`): those last reported up to `at`, in microseconds since the epoch. By `silence`: those not heard
    of for too long, once the timer of `due_at` has fired.
    """

    KEY_FIELD = ""
    HOT: ClassVar[bool] = True

    closed_by: ClosedBy
    source: str = ""
    at: int = 0
    due_at: datetime | None = None


class TellSessions(Command, frozen=True, kw_only=True):
    """Tell the account's partition which of its sessions are open, in each partition that may have some: they were
    begun while nobody asked. At most 100 of a partition; more are held for no account."""

    account_id: str


class OpenSessionsTold(Event, frozen=True, kw_only=True):
    """These sessions of the account are open in this partition, by their names. `partitions`: how many there are."""

    account_id: str
    names: tuple[str, ...]
    partitions: Count


class ClosedSession(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Which session; `read_at` is its last report."""

    source: str
    resource: str
    session_id: str
    read_at: int


class SessionsClosed(Event, frozen=True, kw_only=True):
    """Up to 500 sessions are closed with the last counters known (R28, R29); what they used was counted before.

    `at`: the instant of the NAS's signal, or up to which silence was looked at. `more`: the next page follows.
    `next_due`: when silence is looked at next, `None` while no session is open. `partitions`: how many there are; 0 in
    events from before that was told.
    """

    KEY_FIELD = ""
    HOT: ClassVar[bool] = True

    closed_by: ClosedBy
    at: int
    partition: Count
    source: str = ""
    sessions: list[ClosedSession] = []
    more: bool = False
    due_at: datetime | None = None
    next_due: datetime | None = None
    partitions: Count = 0


class SessionMark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The session `name` of an account has begun (`is_open`), or ended."""

    account: str
    name: str
    is_open: bool


class SessionsGuided(Event, frozen=True, kw_only=True):
    """Sessions on lines of accounts of one partition that have begun or ended, in their order; those that go on are not
    told of again."""

    KEY_FIELD = ""
    HOT: ClassVar[bool] = True

    marks: list[SessionMark]
