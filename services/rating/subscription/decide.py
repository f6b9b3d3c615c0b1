"""Subscriptions: what is refused, and how far a flat price of one is charged.

A start in a period that is closed is refused; one from before the open period moves that back, while none was closed.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, assert_never

import msgspec

from services.rating.account.messages import AccountCycleChanged
from services.rating.account.state import Account
from services.rating.period.messages import ChargeFixed
from services.rating.plan.state import Plan
from services.rating.pricing.engine.lines import CREDIT
from services.rating.subscription.messages import StartSubscription, SubscriptionStarted, subscription_exists
from services.rating.subscription.state import Subscription, charged_key
from shared.kernel.decider import Context, State, View
from shared.kernel.errors import NeverBegan, Rejection, absent
from shared.kernel.period import Period

# A start outside these bounds is a typing error, and would open a backlog of hundreds of periods.
YEARS_BACK_MAX: Final = 10
YEARS_AHEAD_MAX: Final = 10


def decide_subscription(
    command: StartSubscription, view: View, context: Context
) -> list[AccountCycleChanged | SubscriptionStarted]:
    account = view.get(Account, command.account_id)
    if account is None:
        raise absent("account", command.account_id, pointer="/account_id")
    account.check_open()
    if view.get(Subscription, command.subscription_id) is not None:
        raise subscription_exists(command.subscription_id)
    _check_days(command, context)
    _check_plan(command, account, view)
    anchored = _anniversary(account, command.start)
    if anchored is not None:
        account = msgspec.structs.replace(account, terms=anchored.cycle)
    return [
        *([] if anchored is None else [anchored]),
        SubscriptionStarted(
            subscription_id=command.subscription_id,
            account_id=account.account_id,
            plan_id=command.plan_id,
            start=command.start,
            end=command.end,
            period=_open_period_with(account, command.start),
        ),
    ]


def evolve_subscription(event: SubscriptionStarted | ChargeFixed, view: View) -> list[State]:
    match event:
        case SubscriptionStarted():
            return [_started(event)]
        case ChargeFixed():
            return _charged(event, view)
        case _:
            assert_never(event)


def _started(event: SubscriptionStarted) -> Subscription:
    return Subscription(
        subscription_id=event.subscription_id,
        account_id=event.account_id,
        plan_id=event.plan_id,
        start=event.start,
        end=event.end,
    )


def _charged(event: ChargeFixed, view: View) -> list[State]:
    """A flat price is charged through the end of its line; a credit takes that back to where the credit begins."""
    if event.meter is not None:
        return []
    subscription = view.get(Subscription, event.subscription_id)
    if subscription is None:
        raise NeverBegan(f"charge {event.charge_id} is for {event.subscription_id}, which never started")
    key = charged_key(event.plan_version, event.price_index)
    through = event.period.start if event.kind == CREDIT else event.period.end
    if event.kind != CREDIT:
        through = max(through, subscription.charged_through.get(key, through))
    return [msgspec.structs.replace(subscription, charged_through={**subscription.charged_through, key: through})]


def _anniversary(account: Account, start: date) -> AccountCycleChanged | None:
    """The days of an anniversary cycle, once the first subscription says which they are."""
    terms = account.terms.anchored_at(start)
    if terms == account.terms or account.open_period is not None:
        return None
    return AccountCycleChanged(account_id=account.account_id, cycle=terms, version=account.version + 1)


def _open_period_with(account: Account, start: date) -> Period:
    """The open period once a subscription from `start` is there. Refused for a start in a closed period."""
    if account.open_period is None:
        return account.first_period(start)
    if start >= account.open_period.start:
        return account.open_period
    if account.any_closed:
        raise Rejection(
            "period_closed",
            f"{start} lies in a period that is closed; the earliest start is {account.open_period.start}",
            pointer="/start",
        )
    return account.first_period(start)


def _check_days(command: StartSubscription, context: Context) -> None:
    today = context.now.date()
    earliest, latest = today - timedelta(days=366 * YEARS_BACK_MAX), today + timedelta(days=366 * YEARS_AHEAD_MAX)
    if not earliest <= command.start <= latest:
        raise Rejection("out_of_bounds", f"{command.start} is not between {earliest} and {latest}", pointer="/start")
    if command.end is not None and command.end <= command.start:
        raise Rejection(
            "invalid_period", f"the end {command.end} is not after the start {command.start}", pointer="/end"
        )


def _check_plan(command: StartSubscription, account: Account, view: View) -> None:
    plan = view.get(Plan, command.plan_id)
    if plan is None:
        raise absent("plan", command.plan_id, pointer="/plan_id")
    if plan.currency != account.currency:
        raise Rejection(
            "currency_mismatch",
            f"plan {plan.plan_id} is in {plan.currency}, account {account.account_id} in {account.currency}",
            pointer="/plan_id",
        )
    if plan.version_in_force(command.start) is None:
        raise Rejection(
            "no_version_in_force",
            f"no published version of {plan.plan_id} is in force on {command.start}; publish one or start later",
            pointer="/plan_id",
        )
