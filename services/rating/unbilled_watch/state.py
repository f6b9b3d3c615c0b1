"""Which accounts are watched, and when each is looked at next."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from shared.kernel.decider import State

ALL: Final = "all"


class UnbilledWatch(State, frozen=True, kw_only=True):
    """A watched account: `due_at` of the timer that is set, and when it was looked at last.

    `sessions` are open on its lines, by their names: when each was heard of first. It is watched for itself (`own`),
    for `payer_id`, or for both.
    """

    account_id: str
    due_at: datetime
    looked_at: datetime | None = None
    sessions: dict[str, datetime] = {}
    own: bool = True
    payer_id: str | None = None


class UnbilledWatching(State, frozen=True, kw_only=True):
    """How many accounts of this partition are watched: one look-up tells usage that none is."""

    accounts: int

    @property
    def key(self) -> str:
        return ALL
