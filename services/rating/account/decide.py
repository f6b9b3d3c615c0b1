"""Accounts, and which of their periods is open.

The billing periods of an account follow its cycle. The first one that will be closed contains the earlier of the day
the account was opened and the first day of a subscription; a subscription from before it moves it back, as long as
nothing was closed. Closing moves it on. A timer waits for the end of the open period.
"""

from __future__ import annotations

from typing import assert_never

import msgspec

from services.rating.account.messages import GRACE_OF_OLD_S, AccountOpened, OpenAccount
from services.rating.account.state import Account, open_to_late
from services.rating.billing_cycle.state import BillingCycle
from services.rating.period.messages import ClosePeriod, PeriodClosed
from services.rating.subscription.messages import SubscriptionStarted
from shared.kernel.calendar import local_date, midnight
from shared.kernel.currency import check_currency
from shared.kernel.decider import Context, Due, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent
from shared.kernel.instants import later
from shared.kernel.message import encode, type_name
from shared.kernel.period import Period

AccountEvent = AccountOpened | SubscriptionStarted | PeriodClosed


def decide_account(command: OpenAccount, view: View, context: Context) -> list[AccountOpened]:
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


def evolve_account(event: AccountEvent, envelope: Envelope, view: View) -> list[State | Gone]:
    match event:
        case AccountOpened():
            return [_opened(event)]
        case SubscriptionStarted():
            return _with_subscription(event, envelope, view)
        case PeriodClosed():
            return _in_next_period(event, view)
        case _:
            assert_never(event)


def timer_name(account: Account, period: Period) -> str:
    """Each period has a timer of its own: those of a backlog are due at the same instant."""
    return f"close/{account.account_id}/{period.start}"


def _opened(event: AccountOpened) -> Account:
    grace_s = GRACE_OF_OLD_S if event.collection_grace_s is None else event.collection_grace_s
    return Account(
        account_id=event.account_id,
        currency=event.currency,
        terms=event.cycle,
        opened_on=event.opened_on,
        collection_grace_s=grace_s,
    )


def _with_subscription(event: SubscriptionStarted, envelope: Envelope, view: View) -> list[State | Gone]:
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
    return _with_timer(account, before=before)


def _in_next_period(event: PeriodClosed, view: View) -> list[State | Gone]:
    account = view.get(Account, event.account_id)
    if account is None:
        raise NeverBegan(f"a period of {event.account_id} was closed, which was never opened")
    account = msgspec.structs.replace(
        account,
        open_period=event.next_period,
        any_closed=True,
        closed=open_to_late(account.closed, event.period),
    )
    return _with_timer(account, before=event.period)


def _with_timer(account: Account, *, before: Period | None) -> list[State | Gone]:
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
        command_type=type_name("rating", ClosePeriod),
        command=msgspec.Raw(encode(command)),
    )
    return [msgspec.structs.replace(account, close_due=due_at), timer, *gone]
