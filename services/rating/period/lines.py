"""The subscriptions of an account with all that prices them, and which of its periods are not closed. Pure.

lines = lines_of(account, [september], view)
covers_of(account, lines, open_periods(account, lines, today))     # what buckets pay for, period after period
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from services.rating.account.state import Account
from services.rating.allowance.state import AllowanceBalance
from services.rating.buckets.granting import LineOfAccount
from services.rating.buckets.settling import NOTHING_COVERED, Covers, Settled, settle
from services.rating.period.charging import LateUsage, plans_of
from services.rating.period.flat_charges import Corrected
from services.rating.pricing import Price
from services.rating.pricing_context import pricing_context
from services.rating.rerating.late_prices import late_price
from services.rating.subscription.state import Subscription
from services.rating.used import late_by, used_by
from shared.kernel.decider import View
from shared.kernel.errors import NeverBegan
from shared.kernel.period import Period


def lines_of(account: Account, periods: Iterable[Period] | None, view: View) -> list[LineOfAccount]:
    """Every subscription with its usage of those periods (`None`: of all that are open) and what came late."""
    balances = view.get_many(AllowanceBalance, account.subscriptions)
    wanted = None if periods is None else list(periods)
    return [
        _line(account, subscription_id, wanted, balances.get(subscription_id), view)
        for subscription_id in account.subscriptions
    ]


def _line(
    account: Account,
    subscription_id: str,
    periods: list[Period] | None,
    balance: AllowanceBalance | None,
    view: View,
) -> LineOfAccount:
    subscription = view.get(Subscription, subscription_id)
    if subscription is None:
        raise NeverBegan(f"account {account.account_id} names {subscription_id}, which never started")
    return LineOfAccount(
        subscription=subscription,
        plans=plans_of(subscription, view),
        used=used_by(subscription_id, periods, view),
        late=late_by(subscription_id, account.closed, view),
        balance=balance or AllowanceBalance(subscription_id=subscription_id),
    )


def late_usage(account: Account, line: LineOfAccount, view: View) -> list[LateUsage]:
    """What came late of a subscription, period by period, at the prices that hold for it now."""

    corrected = corrected_price(account, view)
    return [LateUsage(used, pricing_context(account, used.period, view), corrected) for used in line.late]


def corrected_price(account: Account, view: View) -> Corrected:
    """What reratings have put in the places of prices that an account was charged."""

    def corrected(subscription_id: str, plan_id: str, version: int, index: int, period: Period) -> Price | None:
        return late_price(account.account_id, subscription_id, plan_id, version, index, period, view)

    return corrected


def covers_of(account: Account, lines: Sequence[LineOfAccount], periods: Iterable[Period]) -> Covers:
    """What buckets pay for in periods that are not closed, one after the other, and of what came late."""
    covers = NOTHING_COVERED
    for period in periods:
        settled = settle(account, lines, period)
        covers = covers.and_also(settled.covers)
        lines = carried(lines, settled.balances)
    return covers


def live(account: Account, lines: Sequence[LineOfAccount], today: date) -> tuple[Period, Settled]:
    """What today's period takes of the buckets so far, once those before it that are still open are settled."""
    period = account.first_period(today)
    settled = settle(account, (), period)
    for period in open_periods(account, lines, today):
        settled = settle(account, lines, period)
        lines = carried(lines, settled.balances)
        if period.end > today:
            break
    return period, settled


def carried(lines: Iterable[LineOfAccount], balances: Mapping[str, AllowanceBalance]) -> list[LineOfAccount]:
    """The same lines in the period after: with what is left of their buckets, and nothing late any more."""
    return [replace(line, balance=balances.get(line.id, line.balance), late=()) for line in lines]


def open_periods(account: Account, lines: Iterable[LineOfAccount], today: date) -> list[Period]:
    """From the open period to the one with today in it, and those ahead that have usage already."""
    if account.open_period is None:
        return []
    last = max([today, *(start for line in lines for start in line.used.periods)])
    found: list[Period] = []
    for period in account.open_periods():
        if period.start > last:
            break
        found.append(period)
    return found or [account.open_period]
