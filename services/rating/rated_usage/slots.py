"""Which sum usage belongs to, for one guided message: accounts, plans and subscriptions are asked for once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, NamedTuple

import msgspec

from services.rating.account.state import Account, late_until
from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing.engine.measuring import MeterMeasure
from services.rating.subscription.state import Subscription, Term
from shared.kernel.calendar import midnight
from shared.kernel.decider import View
from shared.kernel.period import Period

NO_SUBSCRIPTION: Final = "no_subscription"
TOO_LATE: Final = "too_late"
NO_PRICE: Final = "no_price"

SlotKey = tuple[str, str, str, date]
"""Account, subscription, meter and local day."""


class Slot(msgspec.Struct, gc=False):
    """A sum in the making: where it belongs, what is in it so far. Of nearly every record one is made."""

    plan: str
    version: int
    period_start: date
    quantity: int = 0
    indexes: list[int] = []


class DetailedSlot(Slot, gc=False, kw_only=True):
    """A sum whose records are measured in other ways too (detail.py)."""

    in_force: PlanVersion
    measures: tuple[MeterMeasure, ...]
    groups: list[tuple[str, list[tuple[tuple[str, ...], Any]]]] = []


class _Pricing(NamedTuple):
    """What is the same for all usage of a meter under a version: asked for once a day of a message."""

    version: PlanVersion
    number: int
    fair_use: bool
    measures: tuple[MeterMeasure, ...]


class Slots:
    """The slots of a message by their keys; a reason where usage has none.

    `detailed`: some of them measure more than sums. `late`: of those of a closed period the one that will charge them.
    `accounts`: those asked for so far, each with its time zone. `fair_use`: the subscriptions whose bandwidth depends
    on what they use, each with its account.
    """

    def __init__(self, view: View, now: datetime) -> None:
        self._view = view
        self._now = now
        self._pricing: dict[tuple[str, int | None, date, str], _Pricing | None] = {}
        self.accounts: dict[str, tuple[Account | None, str]] = {}
        self.by_key: dict[SlotKey, Slot | str] = {}
        self.detailed = False
        self.late: dict[SlotKey, date] = {}
        self.fair_use: dict[str, str] = {}

    def account(self, account_id: str) -> tuple[Account | None, str]:
        """The account and its time zone."""
        found = self.accounts.get(account_id)
        if found is None:
            account = self._view.get(Account, account_id)
            found = self.accounts[account_id] = (account, account.terms.time_zone if account else "UTC")
        return found

    def slot(self, account: Account | None, subscription_id: str, meter: str, day: date) -> Slot | str:
        """A slot for usage of that local day, or the reason why it is summed nowhere."""
        subscription = self._view.get(Subscription, subscription_id)
        if account is None or subscription is None or subscription.account_id != account.account_id:
            return NO_SUBSCRIPTION
        term = subscription.terms_on(day)
        if term is None:
            return NO_SUBSCRIPTION
        period = account.open_period
        if period is not None and period.start <= day < period.end:
            start = period.start
        elif account.any_closed and period is not None and day < period.start:
            closed = self._closed(account, day)
            if closed is None:
                return TOO_LATE
            start = closed.start
            self.late[account.account_id, subscription_id, meter, day] = period.start
        else:
            start = account.period_start(day)
        wanted = (term.plan_id, term.plan_version, day, meter)
        if wanted in self._pricing:
            pricing = self._pricing[wanted]
        else:
            pricing = self._pricing[wanted] = self._priced(term, day, meter)
        if pricing is None:
            return NO_PRICE
        if pricing.fair_use:
            self.fair_use[subscription_id] = account.account_id
        if pricing.measures:
            self.detailed = True
            version, measures = pricing.version, pricing.measures
            return DetailedSlot(term.plan_id, version.version, start, in_force=version, measures=measures)
        return Slot(term.plan_id, pricing.number, start)

    def _closed(self, account: Account, day: date) -> Period | None:
        """The closed period of that day, unless it is too late for it (R34)."""
        closed = account.closed_period_with(day)
        if closed is None or self._now >= midnight(late_until(closed), account.terms.time_zone):
            return None
        return closed

    def _priced(self, term: Term, day: date, meter: str) -> _Pricing | None:
        """How the plan's version in force on that day prices the meter; `None` where it does not."""
        plan = self._view.get(Plan, term.plan_id)
        version = term.version_of(plan, day) if plan else None
        if version is None or meter not in version.meters:
            return None
        measures = tuple(measure for measure in version.detailed if measure.meter == meter)
        return _Pricing(version, version.version, version.may_slow_down, measures)
