"""Subscriptions: what starts one, what is refused, and how the timeline and the charged days follow from events.

A start in a period that is closed is refused; one from before the open period moves that back, while none was closed.
Changes are decided in changes.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, assert_never

import msgspec

from services.rating.account.messages import AccountCycleChanged
from services.rating.account.state import Account
from services.rating.correction.messages import CorrectionAdded
from services.rating.period.messages import ChargeFixed
from services.rating.plan.state import Plan
from services.rating.subscription.changes import ChangeCommand, decide_change
from services.rating.subscription.changing import QUANTITY_MAX, YEARS_AHEAD_MAX
from services.rating.subscription.charged import with_charge, with_correction
from services.rating.subscription.contract import resolved
from services.rating.subscription.messages import (
    CancelChange,
    ChangeCancelled,
    ChangePlan,
    ChangeQuantity,
    ContractEnding,
    ContractTerm,
    NoteContractEnding,
    PauseSubscription,
    ResumeSubscription,
    StartSubscription,
    SubscriptionChange,
    SubscriptionStarted,
    SubscriptionTerminated,
    SuspendSubscription,
    TerminateSubscription,
    subscription_exists,
)
from services.rating.subscription.notice import decide_notice, noticed, with_notice
from services.rating.subscription.sold import check_plan, check_sold, check_version_sold
from services.rating.subscription.state import Change, Subscription, Term
from services.rating.subscription.timeline import Contract, change_of, terms_of, with_change
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent, unknown_aggregate, unsupported
from shared.kernel.message import Event
from shared.kernel.period import Period

# A start outside these bounds is a typing error, and would open a backlog of hundreds of periods.
YEARS_BACK_MAX: Final = 10

SubscriptionCommand = StartSubscription | ChangeCommand | NoteContractEnding
SubscriptionEvent = SubscriptionStarted | SubscriptionChange | ChangeCancelled | ContractEnding


def decide_subscription(command: SubscriptionCommand, view: View, context: Context) -> list[Event]:
    match command:
        case StartSubscription():
            return [*_start(command, view, context)]
        case NoteContractEnding():
            return [*decide_notice(command, view, context)]
        case (
            ChangePlan()
            | ChangeQuantity()
            | SuspendSubscription()
            | PauseSubscription()
            | ResumeSubscription()
            | TerminateSubscription()
            | CancelChange()
        ):
            return [*decide_change(command, view, context)]
        case _:
            assert_never(command)


def evolve_subscription(
    event: SubscriptionEvent | ChargeFixed | CorrectionAdded, envelope: Envelope, view: View
) -> list[State | Gone]:
    if isinstance(event, SubscriptionStarted):
        return with_notice(_started(event), view)
    if isinstance(event, ContractEnding):
        return noticed(event, view)
    subscription = view.get(Subscription, event.subscription_id)
    if isinstance(event, ChargeFixed):
        if event.meter is not None or not event.subscription_id:
            return []
        if subscription is None:
            raise NeverBegan(f"charge {event.charge_id} is for {event.subscription_id}, which never started")
        return [with_charge(subscription, event)]
    if subscription is None:
        raise NeverBegan(f"{event.subscription_id} was changed, which never started")
    if isinstance(event, CorrectionAdded):
        return [with_correction(subscription, event)]
    return with_notice(_changed(subscription, event), view, subscription)


def _start(
    command: StartSubscription, view: View, context: Context
) -> Iterator[AccountCycleChanged | SubscriptionStarted]:
    account = view.get(Account, command.account_id)
    if account is None:
        raise absent("account", command.account_id, pointer="/account_id")
    account.check_open()
    if view.get(Subscription, command.subscription_id) is not None:
        raise subscription_exists(command.subscription_id)
    _check_days(command, context)
    if not 1 <= command.quantity <= QUANTITY_MAX:
        raise Rejection("invalid", f"a quantity is 1 to {QUANTITY_MAX}", pointer="/quantity")
    plan = view.get(Plan, command.plan_id)
    check_plan(plan, command.plan_id, command.plan_version, command.start, account)
    check_sold(plan, command.start)
    check_version_sold(plan, command.plan_version, command.start)
    _check_parent(command, view)
    anchored = _anniversary(account, command.start)
    if anchored is not None:
        account = msgspec.structs.replace(account, terms=anchored.cycle)
        yield anchored
    yield SubscriptionStarted(
        subscription_id=command.subscription_id,
        account_id=account.account_id,
        plan_id=command.plan_id,
        start=command.start,
        end=command.end,
        period=_open_period_with(account, command.start),
        plan_version=command.plan_version,
        quantity=command.quantity,
        trial_until=command.trial_until,
        parent_id=command.parent_id,
        term=_term_of(command, plan),
    )


def _term_of(command: StartSubscription, plan: Plan | None) -> ContractTerm | None:
    """As asked, else as the plan's version says that it begins with."""
    term = command.term
    if term is None and plan is not None:
        version = plan.version_in_force(command.start)
        if command.plan_version is not None:
            version = plan.versions[command.plan_version - 1]
        term = version.terms.term if version else None
    return None if term is None else resolved(term, command.start)


def _started(event: SubscriptionStarted) -> Subscription:
    first = Term(
        start=event.start,
        plan_id=event.plan_id,
        plan_version=event.plan_version,
        quantity=event.quantity,
        trial=event.trial_until is not None,
        contract=Contract.of(event.term, event.start),
    )
    changes: tuple[Change, ...] = ()
    if event.trial_until is not None:
        changes = (Change(change_id=TRIAL_END, kind="trial_end", effective_on=event.trial_until),)
    return Subscription(
        subscription_id=event.subscription_id,
        account_id=event.account_id,
        start=event.start,
        first=first,
        changes=changes,
        terms=terms_of(first, changes) if changes else (),
        end=event.end,
        parent_id=event.parent_id,
    )


TRIAL_END: Final = "trial_end"
"""The id of the change at the end of a trial: it was there from the start, and can't be cancelled."""


def _changed(subscription: Subscription, event: SubscriptionChange | ChangeCancelled) -> Subscription:
    """The subscription with its timeline after the event."""
    end, end_change, end_before = subscription.end, subscription.end_change, subscription.end_before
    match event:
        case SubscriptionTerminated():
            end_before = end if end_change is None else end_before
            end, end_change = event.effective_on, event.change_id
            changes = subscription.changes
        case ChangeCancelled() if event.change_id == end_change:
            end, end_change, end_before = end_before, None, None
            changes = subscription.changes
        case ChangeCancelled():
            changes = tuple(change for change in subscription.changes if change.change_id != event.change_id)
        case _:
            changes = with_change(subscription.changes, change_of(event))
    return msgspec.structs.replace(
        subscription,
        changes=changes,
        terms=terms_of(subscription.first, changes) if changes else (),
        end=end,
        end_change=end_change,
        end_before=end_before,
        version=subscription.version + 1,
    )


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
    if command.trial_until is not None and not command.start < command.trial_until <= latest:
        detail = f"a trial until {command.trial_until} is not between the start {command.start} and {latest}"
        raise Rejection("invalid_period", detail, pointer="/trial_until")


def _check_parent(command: StartSubscription, view: View) -> None:
    """An add-on belongs to a subscription of its account, which is no add-on, and in whose days it begins."""
    if command.parent_id is None:
        return
    parent = view.get(Subscription, command.parent_id)
    if parent is None or parent.account_id != command.account_id:
        raise unknown_aggregate("subscription", command.parent_id)
    if parent.parent_id is not None:
        raise unsupported("an add-on of an add-on", pointer="/parent_id")
    if parent.terms_on(command.start) is None:
        detail = f"{parent.subscription_id} is not there on {command.start}; it starts on {parent.start}"
        raise Rejection("subscription_ended", f"{detail}, and ends on {parent.end}" if parent.end else detail)
