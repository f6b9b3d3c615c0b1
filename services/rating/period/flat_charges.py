"""What a subscription costs by the time: the flat prices of its timeline against what is charged of them. Pure.

A price is in force on the days of the terms that have its plan and version, so many of it as there are then:

    1 September fiber × 3 | 10 September suspended, free | 20 September active | 1 October fiber-pro × 3

    fiber, version 1, price 0, × 3        [September 1, 10), [September 20, October 1)
    fiber-pro, version 2, price 0, × 3    [October 1, ...)

What of that is not charged is charged, and what is charged and not in force comes back (recurring/settling.py). The
same functions close a period, show live spend and preview a change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from services.rating.account.state import Account
from services.rating.period.messages import RESTING_FEE, SET_UP
from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing import Price, parse_price
from services.rating.recurring.calendar import cycle_of_price, price_spans
from services.rating.recurring.once import once_line
from services.rating.recurring.settling import Calendars, Paid, Run, Settled, last_day_counts, settle, whole_of
from services.rating.subscription.state import ChargedLine, Subscription, Term, set_up_key
from shared.kernel.calendar import Cycle
from shared.kernel.decimals import format_decimal
from shared.kernel.period import Period


class FlatKey(NamedTuple):
    """Which flat price, and how many of it; with `fee` the fee in place of the plan's prices."""

    plan_id: str
    plan_version: int
    price_index: int
    quantity: int
    fee: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatCharge:
    """A line that is due. `whole` is the period that its fraction is a share of; a credit names its charge."""

    key: FlatKey
    plan: Plan
    line: Settled
    item: str | None


Corrected = Callable[[str, str, int, int, Period], Price | None]
"""The price that a rerating has put in the place (subscription, plan, version, price) for what was charged of a period;
`None` where it is the published one."""


def as_published(subscription_id: str, plan_id: str, version: int, index: int, period: Period) -> None:
    return None


def flat_charges(
    account: Account,
    subscription: Subscription,
    plans: Mapping[str, Plan],
    *,
    target: date,
    corrected: Corrected = as_published,
) -> Iterator[FlatCharge]:
    """All flat lines due by `target`, in the order of their keys."""
    yield from _set_up_charges(account, subscription, plans, target)
    runs: dict[FlatKey, list[Run]] = {}
    first = account.open_period.start if account.open_period else subscription.start
    for key, run in _in_force(subscription, plans, first):
        runs.setdefault(key, []).append(run)
    charged: dict[FlatKey, list[ChargedLine]] = {}
    for line in subscription.charged:
        key = FlatKey(line.plan_id, line.plan_version, line.price_index, line.quantity, line.fee)
        charged.setdefault(key, []).append(line)
    for key in {**runs, **charged}:
        plan = plans[key.plan_id]
        price = _price(plan, key)
        calendars = _calendars(account, price, subscription.start)
        paid = [_paid(line, key, calendars, subscription.subscription_id, corrected) for line in charged.get(key, ())]
        for settled in settle(
            price,
            runs.get(key, ()),
            paid,
            currency=account.currency,
            calendars=calendars,
            first=first,
            target=target,
            quantity=key.quantity,
            price_index=key.price_index,
            ended=_ended(subscription, price),
        ):
            if settled.line.amount:
                yield FlatCharge(key=key, plan=plan, line=settled, item=None if key.fee is None else RESTING_FEE)


def _paid(line: ChargedLine, key: FlatKey, calendars: Calendars, subscription_id: str, corrected: Corrected) -> Paid:
    price = None if key.fee is not None else corrected(subscription_id, *key[:3], line.days[0])
    whole = line.whole or whole_of(calendars, line.days[0].start)
    return Paid(line.charge_id, whole, line.days, line.net, price, line.outages)


def _ended(subscription: Subscription, price: Price) -> date | None:
    """The first day that the price is not in force any more since service ended."""
    if subscription.end is not None and _counts_last_day(price):
        return subscription.end + timedelta(days=1)
    return subscription.end


def _calendars(account: Account, price: Price, first_day: date) -> Calendars:
    """The calendars of a price of the account, one after the other where it goes over to another cycle."""
    terms = price.recurring_terms

    def of(start: date) -> Iterator[tuple[Cycle, date, date | None]]:
        for part in price_spans(account.calendars, terms, first_day=first_day, start=start):
            yield cycle_of_price(part.terms, terms.interval, first_day), part.start, part.end

    return of


def _set_up_charges(
    account: Account, subscription: Subscription, plans: Mapping[str, Plan], target: date
) -> Iterator[FlatCharge]:
    """The prices that a plan charges once, on the first day that the subscription has it; not for each of several."""
    seen: set[str] = set()
    for term, day, _ in subscription.spans():
        plan = plans[term.plan_id]
        version = None if plan.plan_id in seen or day > target else term.version_of(plan, day)
        seen.add(plan.plan_id)
        for index, price in enumerate(version.prices if version else ()):
            if not (price.recurring and price.once) or set_up_key(plan.plan_id, index) in subscription.set_up:
                continue
            line = once_line(price, currency=account.currency, on=day, price_index=index)
            if line.amount and line.period and version:
                key = FlatKey(plan.plan_id, version.version, index, 1, None)
                yield FlatCharge(key=key, plan=plan, line=Settled(line, line.period), item=SET_UP)


class VersionDays(NamedTuple):
    """A version of a plan and the days of a subscription on which it is in force."""

    plan: Plan
    version: PlanVersion
    start: date
    end: date | None


def version_days(term: Term, start: date, end: date | None, plan: Plan) -> Iterator[VersionDays]:
    """The versions of a term from `start` to `end`: the one that it is pinned to, or each in turn."""
    if term.plan_version is not None:
        yield VersionDays(plan, plan.versions[term.plan_version - 1], start, end)
        return
    for span in plan.spans():
        begins = max(start, span.start)
        ends = min((day for day in (end, span.end) if day is not None), default=None)
        if ends is None or begins < ends:
            yield VersionDays(plan, span.version, begins, ends)


class UsageDays(NamedTuple):
    """A version of a plan and the part of a period in which it was in force; `None` without any."""

    plan: Plan
    version: PlanVersion
    part: Period | None


def usage_days(subscription: Subscription, plans: Mapping[str, Plan], period: Period) -> list[UsageDays]:
    """Every version that may have rated usage of the period, with its days in force.

    A version that was in force twice is there once, from the first day to the last: its usage is one sum (R16).
    """
    found: dict[tuple[str, int], Period] = {}
    for term, start, end in subscription.spans():
        for days in version_days(term, start, end, plans[term.plan_id]):
            first, last = max(period.start, days.start), min(period.end, days.end or period.end)
            if first < last:
                key = (term.plan_id, days.version.version)
                held = found.get(key)
                found[key] = Period(held.start if held else first, last)
    return [
        UsageDays(plan, version, found.get((plan.plan_id, version.version)))
        for plan in plans.values()
        for version in plan.versions
        if version.effective_from is not None
    ]


def _in_force(subscription: Subscription, plans: Mapping[str, Plan], first: date) -> Iterator[tuple[FlatKey, Run]]:
    """The flat prices with the days on which they are in force, of terms that may still change.

    A term that was over long before `first` can have a price of a year that is not: it is asked too.
    """
    for term, start, end in subscription.spans():
        if term.trial or term.free:
            continue
        for days in version_days(term, start, end, plans[term.plan_id]):
            version = days.version
            if term.fee is not None:
                yield FlatKey(term.plan_id, version.version, 0, 1, term.fee), Run(days.start, days.end)
                continue
            for index, price in enumerate(version.prices):
                if price.recurring and not price.once:
                    run = Run(days.start, days.end)
                    if run.end is not None and run.end == subscription.end and _counts_last_day(price):
                        run = last_day_counts(run)
                    yield FlatKey(term.plan_id, version.version, index, term.quantity, None), run


def _counts_last_day(price: Price) -> bool:
    return price.recurring_terms.proration == "inclusive"


def _price(plan: Plan, key: FlatKey) -> Price:
    if key.fee is not None:
        return _fee_price(key.fee)
    return plan.versions[key.plan_version - 1].prices[key.price_index]


@lru_cache(maxsize=256)
def _fee_price(fee: Decimal) -> Price:
    """A fee for each whole period of the account, by its days, when it is over: nobody knows how long service rests."""
    return parse_price({"model": "flat", "amount": format_decimal(fee), "bill": "arrears"})


def days_text(charge: FlatCharge) -> str | None:
    """How a part of a period is told: "17 of 31 days"; `None` for a whole one.

    A share of the price's own counting (30/360, by the second) is told in days of the calendar all the same.
    """
    days = charge.line.line.period
    if days is None or days == charge.line.whole:
        return None
    return f"{days.days} of {charge.line.whole.days} days"
