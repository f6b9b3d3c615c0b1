"""What is known of sessions, in the partition of their source, so that a NAS meets all of its own there.

Session             its cumulative quantities, one a meter and direction
SilenceTimer        one per partition: when silence is looked at next
SessionsToClose     a page of open sessions, looked up in the rows (rows.py)
OpenSessions        those of an account, looked up likewise
"""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from typing import Final

import msgspec

from services.usage.session.messages import ClosedBy, ClosedSession
from shared.kernel.decider import State

TIMER: Final = "silence"
DIRECTIONS: Final = ("up", "down")
"""What a session id ends in, behind a slash, where its equipment counts the two apart."""

PAGE: Final = 500
"""Sessions that one event closes."""


TOLD_MAX: Final = 100
"""Open sessions of an account that are told when somebody asks."""


class MeterReading(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The largest quantity known of a meter, in 1e-6 units as text, and its latest instant. `final`: a Stop told it."""

    value: str
    read_at: int
    final: bool = False


class Run(msgspec.Struct, frozen=True, array_like=True):
    """A session from its start to its stop: most ids have one, one that was used again after a restart has several.

    `told`: a Start said when it began; otherwise `began_at` is the earliest instant that is known. `booted_at` is when
    its NAS started, from its uptime.
    """

    began_at: int
    read_at: int
    meters: dict[str, MeterReading]
    told: bool = False
    stopped: bool = False
    boot_id: str | None = None
    booted_at: int | None = None


class Direction(msgspec.Struct, frozen=True, array_like=True):
    """One direction of a session. `runs` in order of time; `forgotten`: what earlier ones came to, by meter.

    `closed_at` is the instant up to which a report does not open it again. Each direction counts for itself.
    """

    runs: tuple[Run, ...] = ()
    closed_by: ClosedBy | None = None
    closed_at: int = 0
    forgotten: dict[str, str] = {}


class Session(State, frozen=True, kw_only=True):
    """What was reported under one key: `up` and `down`, or all under "" where its reports tell no directions apart.

    `account`: whose line it is on, as far as is known. `turned_by`: the number of the event that began it, or ended it.
    """

    KEY_FIELD = "name"
    FOLDED = True

    name: str
    directions: dict[str, Direction]
    account: str | None = None
    turned_by: int = 0

    @property
    def is_open(self) -> bool:
        """In any direction."""
        return any(direction.closed_by is None for direction in self.directions.values())


class SilenceTimer(State, frozen=True, kw_only=True):
    """`due_at` of the timer that is set."""

    due_at: datetime

    @property
    def key(self) -> str:
        return TIMER


class SessionsToClose(State, frozen=True, kw_only=True):
    """At most `PAGE` sessions; `next_expiry` is when the first of the others will have been silent for too long.

    Its name says which: see `of_nas` and `of_silence`.
    """

    KEY_FIELD = "name"
    STORED = False

    name: str
    sessions: tuple[ClosedSession, ...] = ()
    next_expiry: datetime | None = None


class OpenSessions(State, frozen=True, kw_only=True):
    """Sessions of an account that were open as of the rows, at most `TOLD_MAX`."""

    KEY_FIELD = "account_id"
    STORED = False

    account_id: str
    names: tuple[str, ...] = ()


def session_name(source: str, resource: str, session_id: str) -> str:
    """16 bytes of hash in hex: RADIUS's key of user, session id and NAS (R24), where all texts together are long.

    The same for both directions: they are one session, and one row.
    """
    whole, _ = by_direction(session_id)
    return blake2b(f"{source}\x1f{resource}\x1f{whole}".encode(), digest_size=16).hexdigest()


def by_direction(session_id: str) -> tuple[str, str]:
    """A session's id and the direction that is reported: `bras-1/7/81/up` is `up` of `bras-1/7/81`; "" for both."""
    whole, _, last = session_id.rpartition("/")
    return (whole, last) if whole and last in DIRECTIONS else (session_id, "")


def of_nas(source: str, at: int) -> str:
    """The page of open sessions of a source that were last reported up to `at`."""
    return f"{at} {source}"


def of_silence(through: int) -> str:
    """The page of open sessions that should have been heard of before `through`."""
    return f"{through}"
