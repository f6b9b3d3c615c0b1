"""Which sum usage belongs to, for one guided message: accounts, plans and subscriptions are asked for once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

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


class Slot:
    """A sum in the making: where it belongs, what is in it so far."""

    __slots__ = ("indexes", "period_start", "plan", "quantity", "version")

    def __init__(self, plan: str, version: int, period_start: date) -> None:
        self.plan = plan
        self.version = version
        self.period_start = period_start
        self.quantity = 0
        self.indexes: list[int] = []


class DetailedSlot(Slot):
    """A sum whose records are measured in other ways too (detail.py)."""

    __slots__ = ("groups", "in_force", "measures")

    def __init__(
        self, plan: str, in_force: PlanVersion, period_start: date, measures: tuple[MeterMeasure, ...]
    ) -> None:
        super().__init__(plan, in_force.version, period_start)
        self.in_force = in_force
        self.measures = measures
        self.groups: list[tuple[str, list[tuple[tuple[str, ...], object]]]] = []


class Slots:
    """The slots of a message by their keys; a reason where usage has none.

    `detailed`: some of them measure more than sums. `late`: of those of a closed period the one that will charge them.
    `fair_use`: the subscriptions whose bandwidth depends on what they use, each with its account.
    """

    def __init__(self, view: View, now: datetime) -> None:
        self._view = view
        self._now = now
        self._versions: dict[tuple[str, int | None, date], PlanVersion | None] = {}
        self._accounts: dict[str, tuple[Account | None, str]] = {}
        self.by_key: dict[SlotKey, Slot | str] = {}
        self.detailed = False
        self.late: dict[SlotKey, date] = {}
        self.fair_use: dict[str, str] = {}

    def account(self, account_id: str) -> tuple[Account | None, str]:
        """The account and its time zone."""
        found = self._accounts.get(account_id)
        if found is None:
            account = self._view.get(Account, account_id)
            found = self._accounts[account_id] = (account, account.terms.time_zone if account else "UTC")
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
        version = self._version(term, day)
        if version is None or meter not in version.meters:
            return NO_PRICE
        if version.allowances and version.has_fair_use:
            self.fair_use[subscription_id] = account.account_id
        if version.detailed and (measures := tuple(m for m in version.detailed if m.meter == meter)):
            self.detailed = True
            return DetailedSlot(term.plan_id, version, start, measures)
        return Slot(term.plan_id, version.version, start)

    def _closed(self, account: Account, day: date) -> Period | None:
        """The closed period of that day, unless it is too late for it (R34)."""
        closed = account.closed_period_with(day)
        if closed is None or self._now >= midnight(late_until(closed), account.terms.time_zone):
            return None
        return closed

    def _version(self, term: Term, day: date) -> PlanVersion | None:
        """The plan's version in force on that day."""
        wanted = (term.plan_id, term.plan_version, day)
        if wanted not in self._versions:
            plan = self._view.get(Plan, term.plan_id)
            self._versions[wanted] = term.version_of(plan, day) if plan else None
        return self._versions[wanted]
