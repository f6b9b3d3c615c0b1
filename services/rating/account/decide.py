"""Accounts, and which of their periods is open.

The billing periods of an account follow its cycle. The first one that will be closed contains the earlier of the day
the account was opened and the first day of a subscription; a subscription from before it moves it back, as long as
nothing was closed. Closing moves it on. A timer waits for the end of the open period.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, assert_never

import msgspec

from services.rating.account.details import check_parent, check_payer, decide_change, decide_followed
from services.rating.account.messages import (
    GRACE_OF_OLD_S,
    AccountClosed,
    AccountCycleChanged,
    AccountDetailsChanged,
    AccountHeld,
    AccountOpened,
    AccountParentChanged,
    AccountPayerChanged,
    AccountReleased,
    AccountReopened,
    ChangeAccount,
    ChangeAccountCycle,
    CloseAccount,
    CycleChangeScheduled,
    FollowGroup,
    HoldAccount,
    OpenAccount,
    ReleaseAccount,
    ReopenAccount,
)
from services.rating.account.standing import StandingCommand, StandingEvent, decide_standing
from services.rating.account.state import Account, EarlierTerms, GroupPlace, Hold, NextCycle, Payer, open_to_late
from services.rating.billing_cycle.state import BillingCycle
from services.rating.cycle_change.planning import decide_cycle_change
from services.rating.period.messages import ClosePeriod, PeriodClosed
from services.rating.subscription.messages import SubscriptionStarted
from services.rating.unbilled_watch.messages import UnbilledWatched
from shared.kernel.calendar import local_date, midnight
from shared.kernel.currency import check_currency
from shared.kernel.decider import Context, Due, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent
from shared.kernel.instants import later
from shared.kernel.message import Event, encode, type_name
from shared.kernel.period import Period

AccountCommand = OpenAccount | ChangeAccount | FollowGroup | ChangeAccountCycle | StandingCommand
AccountChange = (
    AccountDetailsChanged
    | AccountParentChanged
    | AccountPayerChanged
    | CycleChangeScheduled
    | AccountCycleChanged
    | StandingEvent
)
AccountEvent = AccountOpened | AccountChange | SubscriptionStarted | PeriodClosed | UnbilledWatched


def decide_account(command: AccountCommand, view: View, context: Context) -> Sequence[Event]:
    match command:
        case OpenAccount():
            return _open(command, view, context)
        case ChangeAccount():
            return decide_change(command, _known(command.account_id, view), context)
        case FollowGroup():
            return decide_followed(command, _known(command.account_id, view), context)
        case ChangeAccountCycle():
            return decide_cycle_change(command, _known(command.account_id, view), view, context)
        case HoldAccount() | ReleaseAccount() | CloseAccount() | ReopenAccount():
            return decide_standing(command, _known(command.account_id, view), view, context)
        case _:
            assert_never(command)


def _known(account_id: str, view: View) -> Account:
    account = view.get(Account, account_id)
    if account is None:
        raise absent("account", account_id)
    return account


def _open(command: OpenAccount, view: View, context: Context) -> list[AccountOpened | AccountParentChanged]:
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
    if command.parent_id is not None:
        check_parent(command.account_id, command.currency, command.parent_id, view)
    terms = cycle.terms
    if command.time_zone is not None:
        terms = msgspec.structs.replace(terms, time_zone=command.time_zone)
    if command.billed_by is not None:
        place = GroupPlace(account_id=command.account_id, currency=command.currency, terms=terms)
        check_payer(place, command.billed_by, view)
    return [
        AccountOpened(
            account_id=command.account_id,
            name=command.name,
            currency=command.currency,
            cycle=terms,
            tax_rate=command.tax_rate,
            opened_on=local_date(context.now, terms.time_zone),
            details=command.details,
            collection_grace_s=GRACE_OF_OLD_S if command.collection_grace_s is None else command.collection_grace_s,
            legal_entity=command.legal_entity,
        ),
        *_below(command),
    ]


def _below(command: OpenAccount) -> list[AccountParentChanged]:
    if command.parent_id is None:
        return []
    return [AccountParentChanged(account_id=command.account_id, parent_id=command.parent_id, version=1)]


def evolve_account(event: AccountEvent, envelope: Envelope, view: View) -> list[State | Gone]:
    match event:
        case AccountOpened():
            return [_opened(event)]
        case SubscriptionStarted():
            return _with_subscription(event, envelope, view)
        case PeriodClosed():
            return _in_next_period(event, view)
        case AccountReopened():
            return _reopened(event, view)
        case UnbilledWatched():
            return [msgspec.structs.replace(_begun(event.account_id, view), unbilled_watched=event.watched)]
        case _:
            return [_changed(event, view)]


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


def _changed(event: AccountChange, view: View) -> Account:
    """What people decided. The customer's name and details are in no state: nothing is decided by them."""
    account = _begun(event.account_id, view)
    changes: dict[str, Any] = {"version": event.version}
    match event:
        case AccountParentChanged():
            changes["parent_id"] = event.parent_id
        case AccountPayerChanged():
            changes["payers"] = account.with_payer(Payer(billed_by=event.billed_by, since=event.effective_on))
        case CycleChangeScheduled():
            changes["next_cycle"] = NextCycle.of(event)
        case AccountCycleChanged():
            changes |= {"terms": event.cycle, "next_cycle": None}
            if event.effective_on is not None:
                earlier = EarlierTerms(terms=account.terms, until=event.effective_on)
                changes["earlier"] = (*account.earlier, earlier)
        case AccountHeld():
            changes["hold"] = Hold(reason=event.reason, until=event.until)
        case AccountReleased():
            changes["hold"] = None
        case AccountClosed():
            changes["closed_on"] = event.closed_on
    return msgspec.structs.replace(account, **changes)


def _in_next_period(event: PeriodClosed, view: View) -> list[State | Gone]:
    account = _begun(event.account_id, view)
    closed = open_to_late(account.closed, event.period)
    account = msgspec.structs.replace(account, open_period=event.next_period, any_closed=True, closed=closed)
    if account.closed_on is not None:
        # That was the last one. What is open stands still until the account is reopened.
        return [msgspec.structs.replace(account, close_due=None), Gone(Due, timer_name(account, event.period))]
    return _with_timer(account, before=event.period)


def _reopened(event: AccountReopened, view: View) -> list[State | Gone]:
    account = _begun(event.account_id, view)
    account = msgspec.structs.replace(account, closed_on=None, version=event.version)
    return [account] if account.close_due is not None else _with_timer(account, before=None)


def _begun(account_id: str, view: View) -> Account:
    account = view.get(Account, account_id)
    if account is None:
        raise NeverBegan(f"account {account_id} was never opened")
    return account


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
