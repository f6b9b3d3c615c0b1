"""Accounts, what they subscribe to, and which of their periods is open.

The billing periods of an account follow its cycle. The first one that will be closed contains the earlier of the day
the account was opened and the first day of a subscription; a subscription from before it moves it back, as long as
nothing was closed. Closing moves it on.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import msgspec

from services.rating.calendar import cycle_of
from services.rating.commands import COMMANDS, ClosePeriod, OpenAccount, StartSubscription
from services.rating.domain.reference import check_currency
from services.rating.domain.state import Account, BillingCycle, Plan, Subscription
from services.rating.events import GRACE_OF_OLD_S, AccountOpened, SubscriptionStarted
from services.rating.refusals import subscription_exists
from shared.kernel.calendar import local_date, midnight, period_containing
from shared.kernel.decider import Context, Due, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent
from shared.kernel.instants import later
from shared.kernel.message import encode
from shared.kernel.period import Period

# A start outside these bounds is a typing error, and would open a backlog of hundreds of periods.
YEARS_BACK_MAX: Final = 10
YEARS_AHEAD_MAX: Final = 10


def open_account(command: OpenAccount, view: View, context: Context) -> list[AccountOpened]:
    if view.get(Account, command.account_id) is not None:
        raise Rejection(
            "account_exists",
            f"account {command.account_id} was opened already; choose another id",
            pointer="/id",
            status=409,
        )
    check_currency(command.currency)
    if not 0 <= command.tax_rate <= 100:
        raise Rejection("invalid", f"a tax rate is 0 to 100 percent, not {command.tax_rate}", pointer="/tax_rate")
    cycle = view.get(BillingCycle, command.cycle_id)
    if cycle is None:
        raise absent("cycle", command.cycle_id, pointer="/cycle_id")
    return [
        AccountOpened(
            account_id=command.account_id,
            name=command.name,
            currency=command.currency,
            cycle=cycle.terms,
            tax_rate=command.tax_rate,
            opened_on=local_date(context.now, cycle.terms.time_zone),
            details=command.details,
            collection_grace_s=GRACE_OF_OLD_S if command.collection_grace_s is None else command.collection_grace_s,
        )
    ]


def start_subscription(command: StartSubscription, view: View, context: Context) -> list[SubscriptionStarted]:
    account = view.get(Account, command.account_id)
    if account is None:
        raise absent("account", command.account_id, pointer="/account_id")
    if view.get(Subscription, command.subscription_id) is not None:
        raise subscription_exists(command.subscription_id)
    _check_days(command, context)
    _check_plan(command, account, view)
    return [
        SubscriptionStarted(
            subscription_id=command.subscription_id,
            account_id=account.account_id,
            plan_id=command.plan_id,
            start=command.start,
            end=command.end,
            period=_open_period_with(account, command.start),
        )
    ]


def account_opened(event: AccountOpened) -> list[State]:
    grace_s = GRACE_OF_OLD_S if event.collection_grace_s is None else event.collection_grace_s
    return [
        Account(
            account_id=event.account_id,
            currency=event.currency,
            terms=event.cycle,
            opened_on=event.opened_on,
            collection_grace_s=grace_s,
        )
    ]


def subscription_started(event: SubscriptionStarted, envelope: Envelope, view: View) -> list[State | Gone]:
    account = view.get(Account, event.account_id)
    if account is None:
        raise NeverBegan(f"{envelope.citation}: account {event.account_id} was never opened")
    before = account.open_period
    reaches_in = account.known_at is None or event.start < event.period.end
    account = msgspec.structs.replace(
        account,
        open_period=event.period,
        known_at=envelope.recorded_at if reaches_in else account.known_at,
        subscriptions=tuple(sorted((*account.subscriptions, event.subscription_id))),
    )
    subscription = Subscription(
        subscription_id=event.subscription_id,
        account_id=event.account_id,
        plan_id=event.plan_id,
        start=event.start,
        end=event.end,
    )
    return [subscription, *with_timer(account, before=before)]


def with_timer(account: Account, *, before: Period | None) -> list[State | Gone]:
    """The account with the timer that closes its open period, in place of that of the period open `before`.

    It is due once all usage up to the period's end, and the collection grace beyond, has been counted; for a period
    that was over when its subscription became known, the grace counts from then.
    """
    period, known_at = account.open_period, account.known_at
    if period is None or known_at is None:
        return [account]
    gone = [Gone(Due, timer_name(account, before))] if before is not None and before != period else []
    due_at = later(max(midnight(period.end, account.terms.time_zone), known_at), account.collection_grace)
    command = ClosePeriod(
        account_id=account.account_id, period=period, due_at=due_at, subscriptions=account.subscriptions
    )
    timer = Due(
        name=timer_name(account, period),
        due_at=due_at,
        gate="intake",
        command_type=COMMANDS.name_of(command),
        command=msgspec.Raw(encode(command)),
    )
    return [msgspec.structs.replace(account, close_due=due_at), timer, *gone]


def timer_name(account: Account, period: Period) -> str:
    """Each period has a timer of its own: those of a backlog are due at the same instant."""
    return f"close/{account.account_id}/{period.start}"


def first_period(account: Account, first_day: date) -> Period:
    """The period an account starts with, when the first day something of it can be billed is `first_day`."""
    return period_containing(cycle_of(account.terms), min(account.opened_on, first_day))


def _open_period_with(account: Account, start: date) -> Period:
    """The open period once a subscription from `start` is there. Refused for a start in a closed period."""
    if account.open_period is None:
        return first_period(account, start)
    if start >= account.open_period.start:
        return account.open_period
    if account.any_closed:
        raise Rejection(
            "period_closed",
            f"{start} lies in a period that is closed; the earliest start is {account.open_period.start}",
            pointer="/start",
        )
    return first_period(account, start)


def _check_days(command: StartSubscription, context: Context) -> None:
    today = context.now.date()
    earliest, latest = today - timedelta(days=366 * YEARS_BACK_MAX), today + timedelta(days=366 * YEARS_AHEAD_MAX)
    if not earliest <= command.start <= latest:
        raise Rejection("out_of_range", f"{command.start} is not between {earliest} and {latest}", pointer="/start")
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
