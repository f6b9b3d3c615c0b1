"""An account, and which of its billing periods is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from services.rating.billing_cycle.messages import CycleTerms
from services.rating.recurring.calendar import cycle_of
from shared.kernel.calendar import period_containing
from shared.kernel.currency import Currency
from shared.kernel.decider import State
from shared.kernel.period import Period

LATE_DAYS: Final = 35
"""So long after its end a period takes usage that comes late; usage remembers the ids of records no shorter."""


class Account(State, frozen=True, kw_only=True):
    """An account and where its billing stands.

    `open_period` is the first that is not closed, `None` before the first subscription; `any_closed` says whether one
    before it was, `closed` are those of them that usage may still come late for. `known_at` is when the latest
    subscription reaching into the open period was recorded: its usage may only have begun to arrive then,
    `collection_grace_s` how long it may take. `close_due` names the timer that is open.
    """

    account_id: str
    currency: Currency
    terms: CycleTerms
    opened_on: date
    collection_grace_s: int
    open_period: Period | None = None
    any_closed: bool = False
    known_at: datetime | None = None
    close_due: datetime | None = None
    subscriptions: tuple[str, ...] = ()
    closed: tuple[Period, ...] = ()

    @property
    def key(self) -> str:
        return self.account_id

    @property
    def collection_grace(self) -> timedelta:
        return timedelta(seconds=self.collection_grace_s)

    def first_period(self, first_day: date) -> Period:
        """The period that it starts with, when the first day something of it can be billed is `first_day`."""
        return period_containing(cycle_of(self.terms), min(self.opened_on, first_day))

    def period_on(self, day: date) -> Period:
        """The period with that day in it: the open one, a closed one, or what the calendar says."""
        open_period = self.open_period
        if open_period is not None and open_period.contains(day):
            return open_period
        return self.closed_on(day) or period_containing(cycle_of(self.terms), day)

    def closed_on(self, day: date) -> Period | None:
        """The closed period with that day in it, while usage may still come late for it."""
        return next((period for period in self.closed if period.start <= day < period.end), None)


def late_until(period: Period) -> date:
    """The first day on which usage of a closed period is too late; the last of the calendar where that is beyond it."""
    return period.end + min(timedelta(days=LATE_DAYS), date.max - period.end)


def open_to_late(closed: Iterable[Period], now_closed: Period) -> tuple[Period, ...]:
    """The closed periods that usage may come late for once `now_closed` is one of them.

    A period goes with the first close after its days of grace, so that all that came late for it has been charged.
    """
    return tuple(period for period in (*closed, now_closed) if late_until(period) > now_closed.end)
