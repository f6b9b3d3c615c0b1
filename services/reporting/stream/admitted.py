"""Who watches, and who of them still may: asked of the database every two seconds, for all of them together.

guest = admitted.enter(caller)          # 429 and 503 where there are enough
guest.may_stay                          # False once the session or the key has ended
admitted.leave(guest)
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from services.reporting.database import Database
from services.reporting.identity.going_on import going_on
from shared.http.auth import Caller
from shared.http.problems import Unavailable

STREAMS_MAX: Final = 600
STREAMS_PER_CALLER_MAX: Final = 6


class Guest:
    """A watcher: of a session where there is one, else of an API key."""

    def __init__(self, caller: Caller) -> None:
        self.actor = caller.actor
        self.session = caller.session
        self.may_stay = True

    @property
    def key_id(self) -> str | None:
        kind, _, name = self.actor.partition(":")
        return name if self.session is None and kind == "key" else None


class Admitted:
    """All watchers of a process, and how many there may be."""

    def __init__(self, *, most: int = STREAMS_MAX, most_per_caller: int = STREAMS_PER_CALLER_MAX) -> None:
        self._most = most
        self._most_per_caller = most_per_caller
        self._by_caller: Counter[str] = Counter()
        self._guests: set[Guest] = set()

    def enter(self, caller: Caller) -> Guest:
        """Count one more. Raises `Unavailable`: 429 for a caller who has enough, 503 where the process has."""
        if self._by_caller[caller.actor] >= self._most_per_caller:
            detail = f"{caller.actor} has {self._most_per_caller} streams open; close one"
            raise Unavailable("too_many_streams", detail, retry_after_s=30, status=429)
        if len(self._guests) >= self._most:
            raise Unavailable("too_many_streams", "too many streams are open; try again in a moment", retry_after_s=30)
        guest = Guest(caller)
        self._by_caller[caller.actor] += 1
        self._guests.add(guest)
        return guest

    def leave(self, guest: Guest) -> None:
        self._guests.discard(guest)
        self._by_caller[guest.actor] -= 1
        if not self._by_caller[guest.actor]:
            del self._by_caller[guest.actor]

    async def check(self, database: Database) -> bool:
        """Ask again who may stay; whether somebody may not any more."""
        guests = list(self._guests)
        keys, sessions = await going_on(
            database,
            {guest.key_id for guest in guests if guest.key_id is not None},
            {guest.session for guest in guests if guest.session is not None},
        )
        gone = [guest for guest in guests if not _is_known(guest, keys, sessions)]
        for guest in gone:
            guest.may_stay = False
        return bool(gone)


def _is_known(guest: Guest, keys: set[str], sessions: set[str]) -> bool:
    return guest.key_id in keys if guest.session is None else guest.session in sessions
