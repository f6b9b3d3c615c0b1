"""Which sum usage belongs to, for one guided message: accounts, plans and subscriptions are asked for once.

slots = Slots(view, now)
slots.load([("acc-1", "sub-1"), ("acc-1", "sub-9")])
slots.slot("acc-1", "sub-1", "data.octets", day)       # plan fiber, version 2, the period from September 1
slots.slot("acc-1", "sub-9", "data.octets", day)       # "no_subscription"
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

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

Alike = tuple[str, int | None, str, date, date, date, date]
"""What tells lines apart that were never changed: plan, pinned version, meter, day, first day, and the open period."""

Place = tuple[str, int, date]
"""Plan, version and first day of the period of a slot."""


class Slot(NamedTuple):
    """Where usage of a meter on a day is summed. One for all lines of a message with that plan and period.

    `measures`: what prices ask of the records beyond sums, which nearly always is nothing. `billed_in`: of a period
    that has been closed, the first day of the one that will charge it.
    """

    plan: str
    version: int
    period_start: date
    in_force: PlanVersion
    measures: tuple[MeterMeasure, ...]
    fair_use: bool
    billed_in: date | None = None


class Slots:
    """The slots of one message. `fair_use`: the subscriptions whose bandwidth depends on what they use, each with its
    account."""

    def __init__(self, view: View, now: datetime) -> None:
        self._view = view
        self._now = now
        self._slots: dict[tuple[str, int | None, date, str, date], Slot | None] = {}
        self._accounts: Mapping[str, Account] = {}
        self._subscriptions: Mapping[str, Subscription] = {}
        self._alike: dict[Alike, Place | None] = {}
        self.fair_use: dict[str, str] = {}

    def load(self, holders: Collection[tuple[str, str]]) -> Mapping[str, Account]:
        """Ask for all that these accounts and subscriptions need, in two questions; the accounts that there are."""
        self._accounts = self._view.get_many(Account, {account for account, _ in holders})
        self._subscriptions = self._view.get_many(Subscription, {subscription for _, subscription in holders})
        return self._accounts

    def account(self, account_id: str) -> Account | None:
        return self._accounts.get(account_id)

    def slot(self, account_id: str, subscription_id: str, meter: str, day: date) -> Slot | str:
        """The slot for usage of that local day, or the reason why it is summed nowhere."""
        account, subscription = self._accounts.get(account_id), self._subscriptions.get(subscription_id)
        if account is None or subscription is None or subscription.account_id != account_id:
            return NO_SUBSCRIPTION
        term = subscription.terms_on(day)
        if term is None:
            return NO_SUBSCRIPTION
        period, billed_in = account.open_period, None
        if period is not None and period.start <= day < period.end:
            start = period.start
        elif account.any_closed and period is not None and day < period.start:
            closed = self._closed(account, day)
            if closed is None:
                return TOO_LATE
            start, billed_in = closed.start, period.start
        else:
            start = account.period_start(day)
        wanted = (term.plan_id, term.plan_version, day, meter, start)
        slot = self._slots.get(wanted)
        if slot is None:
            if wanted not in self._slots:
                self._slots[wanted] = slot = self._priced(term, day, meter, start)
            if slot is None:
                return NO_PRICE
        if slot.fair_use:
            self.fair_use[subscription_id] = account_id
        return slot if billed_in is None else slot._replace(billed_in=billed_in)

    def zone(self, account_id: str) -> str:
        """The time zone of an account; UTC where there is none."""
        account = self._accounts.get(account_id)
        return account.terms.time_zone if account else "UTC"

    def place(self, account_id: str, subscription_id: str, meter: str, day: date) -> Place | None:
        """Where usage of that local day is summed, of a line that was never changed and of which nothing else is asked.

        Nearly all lines are such, and few things tell them apart: what one of them asks `slot` for is kept for the
        others. `None`: ask `slot`.
        """
        account, subscription = self._accounts.get(account_id), self._subscriptions.get(subscription_id)
        if account is None or subscription is None or subscription.account_id != account_id:
            return None
        period, term = account.open_period, subscription.first
        if period is None or subscription.terms or subscription.end is not None:
            return None
        alike = (term.plan_id, term.plan_version, meter, day, term.start, period.start, period.end)
        if alike in self._alike:
            return self._alike[alike]
        slot = self.slot(account_id, subscription_id, meter, day)
        if isinstance(slot, str) or slot.measures or slot.fair_use or not period.contains(day):
            self._alike[alike] = None
        else:
            self._alike[alike] = (slot.plan, slot.version, slot.period_start)
        return self._alike[alike]

    def _closed(self, account: Account, day: date) -> Period | None:
        """The closed period of that day, unless it is too late for it (R34)."""
        closed = account.closed_period_with(day)
        if closed is None or self._now >= midnight(late_until(closed), account.terms.time_zone):
            return None
        return closed

    def _priced(self, term: Term, day: date, meter: str, start: date) -> Slot | None:
        """By the plan's version in force on that day; `None` where it does not price the meter."""
        plan = self._view.get(Plan, term.plan_id)
        version = term.version_of(plan, day) if plan else None
        if version is None or meter not in version.meters:
            return None
        return Slot(
            term.plan_id, version.version, start, version, version.wanted(meter).measures, version.may_slow_down
        )
