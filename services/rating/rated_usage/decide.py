"""Guided usage becomes sums: the hot path of rating.

Every record of a message ends in exactly one place: a sum of its (subscription, meter, plan version, local day), the
list of those that no price covers, or the list of those that go back to usage:

    subscription unknown, or not active on the local day     -> returned, no_subscription
    the day lies in a period that is closed                   -> returned, too_late
    the version in force has no price for the meter           -> not billable, no_price

Integers only, and no work per record beyond one look-up of its day and one of its sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, assert_never

from services.rating.account.state import Account
from services.rating.period.messages import PeriodClosed
from services.rating.plan.state import Plan, PlanVersion
from services.rating.rated_usage.messages import RatedSum, RateGuided, UsageRated
from services.rating.rated_usage.state import PairNumber, Tally, UsageSum, tally_key
from services.rating.recurring.calendar import local_day, period_start
from services.rating.subscription.state import Subscription, Term
from services.usage.record.messages import GuidedRecord
from shared.kernel.decider import Gone, State, View
from shared.kernel.errors import Indivisible

NO_SUBSCRIPTION: Final = "no_subscription"
TOO_LATE: Final = "too_late"
NO_PRICE: Final = "no_price"


class PairGap(Indivisible):
    """A guided message is missing or came twice. Messages of a pair are numbered without gaps: the log is damaged."""


class _Slot:
    """A sum in the making: where it belongs, what is in it so far."""

    __slots__ = ("indexes", "period_start", "plan", "quantity", "version")

    def __init__(self, plan: str, version: int, period_start: date) -> None:
        self.plan = plan
        self.version = version
        self.period_start = period_start
        self.quantity = 0
        self.indexes: list[int] = []


_Key = tuple[str, str, str, date]


class _Sums:
    """Which sum usage belongs to, for one message; accounts and plans are asked for once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._versions: dict[tuple[str, int | None, date], PlanVersion | None] = {}
        self._accounts: dict[str, tuple[Account | None, str]] = {}

    def account(self, account_id: str) -> tuple[Account | None, str]:
        """The account and its time zone."""
        found = self._accounts.get(account_id)
        if found is None:
            account = self._view.get(Account, account_id)
            found = self._accounts[account_id] = (account, account.terms.time_zone if account else "UTC")
        return found

    def slot(self, account: Account | None, subscription_id: str, meter: str, day: date) -> _Slot | str:
        """Where usage of that local day is summed, or the reason why nowhere."""
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
            start = period_start(account.terms, day)
        version = self._version(term, day)
        if version is None or meter not in version.meters:
            return NO_PRICE
        return _Slot(term.plan_id, version.version, start)

    def _version(self, term: Term, day: date) -> PlanVersion | None:
        """The plan's version in force on that day."""
        wanted = (term.plan_id, term.plan_version, day)
        if wanted not in self._versions:
            plan = self._view.get(Plan, term.plan_id)
            self._versions[wanted] = term.version_of(plan, day) if plan else None
        return self._versions[wanted]


def decide_rated_usage(command: RateGuided, view: View) -> list[UsageRated]:
    """One `UsageRated` for the message. Raises `PairGap` unless it is the next of its pair."""
    if not command.part:
        _check_number(command, view)
    sums = _Sums(view)
    slots: dict[_Key, _Slot | str] = {}
    aside: list[tuple[GuidedRecord, str]] = []
    for record in command.records:
        account, zone = sums.account(record.account)
        day = local_day(zone, record.started_at)
        key = (record.account, record.subscription, record.meter, day)
        slot = slots.get(key)
        if slot is None:
            slot = slots[key] = sums.slot(account, record.subscription, record.meter, day)
        if isinstance(slot, str):
            aside.append((record, slot))
        else:
            slot.quantity += record.quantity
            slot.indexes.append(record.index)

    return [
        UsageRated(
            source=command.source,
            n=command.n,
            usage_seq=command.seq,
            sums=_sums(slots),
            not_billable=[(r.index, reason, r.account) for r, reason in aside if reason == NO_PRICE],
            returned=[(r.index, reason, r.account) for r, reason in aside if reason != NO_PRICE],
            part=command.part,
        )
    ]


def evolve_rated_usage(event: UsageRated | PeriodClosed, view: View) -> Sequence[State | Gone]:
    match event:
        case UsageRated():
            return _rated(event, view)
        case PeriodClosed():
            return _charged(event, view)
        case _:
            assert_never(event)


def _charged(event: PeriodClosed, view: View) -> list[State | Gone]:
    """The sums of the closed period have become charges."""
    account = view.get(Account, event.account_id)
    changes: list[State | Gone] = []
    for subscription_id in account.subscriptions if account else ():
        sums = view.get(UsageSum, subscription_id)
        if sums is None or event.period.start not in sums.periods:
            continue
        left = {start: tallies for start, tallies in sums.periods.items() if start != event.period.start}
        changes.append(
            UsageSum(subscription_id=subscription_id, periods=left) if left else Gone(UsageSum, subscription_id)
        )
    return changes


def _rated(event: UsageRated, view: View) -> list[State]:
    """The sums with the message in them, and the number of the pair."""
    changed: dict[str, dict[date, dict[str, Tally]]] = {}
    copied: dict[tuple[str, date], dict[str, Tally]] = {}
    names: dict[tuple[str, int, str], str] = {}
    get = view.get
    for added in event.sums:
        subscription, start = added.subscription, added.period_start
        tallies = copied.get((subscription, start))
        if tallies is None:
            periods = changed.get(subscription)
            if periods is None:
                known = get(UsageSum, subscription)
                periods = changed[subscription] = known.periods.copy() if known else {}
            held = periods.get(start)
            tallies = copied[subscription, start] = periods[start] = held.copy() if held else {}
        wanted = (added.meter, added.version, added.plan)
        name = names.get(wanted)
        if name is None:
            name = names[wanted] = tally_key(*wanted)
        before = tallies.get(name)
        quantity, records = added.quantity, len(added.indexes)
        tallies[name] = before.plus(quantity, records) if before else Tally(quantity, records)
    states: list[State] = [
        UsageSum(subscription_id=subscription, periods=periods) for subscription, periods in changed.items()
    ]
    if not event.part:
        states.append(PairNumber(source=str(event.source), n=event.n))
    return states


def _check_number(command: RateGuided, view: View) -> None:
    last = view.get(PairNumber, str(command.source))
    expected = last.n + 1 if last else 1
    if command.n != expected:
        raise PairGap(f"usage partition {command.source} sent message {command.n} where {expected} comes next")


def _sums(slots: dict[_Key, _Slot | str]) -> list[RatedSum]:
    return [
        RatedSum(
            account,
            subscription,
            meter,
            slot.plan,
            slot.version,
            slot.period_start,
            day,
            slot.quantity,
            slot.indexes,
        )
        for (account, subscription, meter, day), slot in slots.items()
        if not isinstance(slot, str)
    ]
