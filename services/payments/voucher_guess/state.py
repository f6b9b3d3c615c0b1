"""Who has tried codes that no voucher has."""

from __future__ import annotations

from datetime import datetime

from shared.kernel.decider import State


class Guesser(State, frozen=True, kw_only=True):
    """An account (`account:acc-1`) or a caller (`actor:key:k7`), with what was wrong since `since`."""

    KEY_FIELD = "guesser"

    guesser: str
    missed: int
    since: datetime
    locked_until: datetime | None = None
