"""An account, and which of its billing periods is open."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from services.rating.billing_cycle.messages import CycleTerms
from services.rating.recurring.calendar import cycle_of
from shared.kernel.calendar import period_containing
from shared.kernel.currency import Currency
from shared.kernel.decider import State
from shared.kernel.period import Period


class Account(State, frozen=True, kw_only=True):
    """An account and where its billing stands.

    `open_period` is the first that is not closed, `None` before the first subscription; `any_closed` says whether one
    before it was. `known_at` is when the latest subscription reaching into the open period was recorded: its usage may
    only have begun to arrive then, `collection_grace_s` how long it may take. `close_due` names the timer that is open.
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

    @property
    def key(self) -> str:
        return self.account_id

    @property
    def collection_grace(self) -> timedelta:
        return timedelta(seconds=self.collection_grace_s)

    def first_period(self, first_day: date) -> Period:
        """The period that it starts with, when the first day something of it can be billed is `first_day`."""
        return period_containing(cycle_of(self.terms), min(self.opened_on, first_day))
