"""Which sum usage belongs to, for one guided message: accounts, plans and subscriptions are asked for once."""

from __future__ import annotations

from datetime import date
from typing import Final

from services.rating.account.state import Account
from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing.engine.measuring import MeterMeasure
from services.rating.subscription.state import Subscription, Term
from shared.kernel.decider import View

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
    """The slots of a message by their keys; a reason where usage has none. `detailed`: some of them measure more."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._versions: dict[tuple[str, int | None, date], PlanVersion | None] = {}
        self._accounts: dict[str, tuple[Account | None, str]] = {}
        self.by_key: dict[SlotKey, Slot | str] = {}
        self.detailed = False

    def account(self, account_id: str) -> tuple[Account | None, str]:
        """The account and its time zone."""
        found = self._accounts.get(account_id)
        if found is None:
            account = self._view.get(Account, account_id)
            found = self._accounts[account_id] = (account, account.terms.time_zone if account else "UTC")
        return found

    def open(self, key: SlotKey, account: Account | None) -> Slot | str:
        """The slot of that key, which had none yet: where its usage is summed, or the reason why nowhere."""
        found = self.by_key[key] = self._slot(account, *key[1:])
        return found

    def _slot(self, account: Account | None, subscription_id: str, meter: str, day: date) -> Slot | str:
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
            return TOO_LATE
        else:
            start = account.period_start(day)
        version = self._version(term, day)
        if version is None or meter not in version.meters:
            return NO_PRICE
        if version.detailed and (measures := tuple(m for m in version.detailed if m.meter == meter)):
            self.detailed = True
            return DetailedSlot(term.plan_id, version, start, measures)
        return Slot(term.plan_id, version.version, start)

    def _version(self, term: Term, day: date) -> PlanVersion | None:
        """The plan's version in force on that day."""
        wanted = (term.plan_id, term.plan_version, day)
        if wanted not in self._versions:
            plan = self._view.get(Plan, term.plan_id)
            self._versions[wanted] = term.version_of(plan, day) if plan else None
        return self._versions[wanted]
