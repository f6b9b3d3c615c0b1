"""What may change of a subscription: each kind of change is decided where it is told, and a scheduled one forgotten.

    ChangePlan, ChangeQuantity                                        plan_change.py
    SuspendSubscription, PauseSubscription, ResumeSubscription        resting.py
    TerminateSubscription                                             ending.py

What all of them ask of their day is in changing.py, which plans can be had in sold.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from services.rating.account.state import Account
from services.rating.subscription.changing import Changing
from services.rating.subscription.ending import terminate, without_end
from services.rating.subscription.messages import (
    CancelChange,
    ChangePlan,
    ChangeQuantity,
    PauseSubscription,
    ResumeSubscription,
    SuspendSubscription,
    TerminateSubscription,
)
from services.rating.subscription.plan_change import change_plan, change_quantity
from services.rating.subscription.resting import rest, resume
from services.rating.subscription.state import Subscription
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection, unknown_aggregate
from shared.kernel.message import Event

ChangeCommand = (
    ChangePlan
    | ChangeQuantity
    | SuspendSubscription
    | PauseSubscription
    | ResumeSubscription
    | TerminateSubscription
    | CancelChange
)


def decide_change(command: ChangeCommand, view: View, context: Context) -> Sequence[Event]:
    account = view.get(Account, command.account_id)
    subscription = view.get(Subscription, command.subscription_id)
    if account is None or subscription is None or subscription.account_id != command.account_id:
        raise unknown_aggregate("subscription", command.subscription_id)
    context.check_version(subscription.version)
    changing = Changing(account, subscription, view, context)
    match command:
        case ChangePlan():
            return [*change_plan(changing, command)]
        case ChangeQuantity():
            return [change_quantity(changing, command)]
        case SuspendSubscription() | PauseSubscription():
            return [*rest(changing, command)]
        case ResumeSubscription():
            return [*resume(changing, command)]
        case TerminateSubscription():
            return [*terminate(changing, command)]
        case CancelChange():
            return [*_cancel(changing, command)]
        case _:
            assert_never(command)


def _cancel(changing: Changing, command: CancelChange) -> Iterator[Event]:
    """The resumption that a cancelled suspension was to end with is cancelled too."""
    held = changing.subscription
    days = {change.change_id: change.effective_on for change in held.changes if change.kind != "trial_end"}
    if held.end_change is not None and held.end is not None:
        days[held.end_change] = held.end
    day = days.get(command.change_id)
    if day is None:
        raise unknown_aggregate("change", command.change_id)
    if day <= changing.today:
        detail = f"it took effect on {day}; make the opposite change from today on"
        raise Rejection("already_effective", detail, status=409)
    if command.change_id == held.end_change:
        yield from without_end(changing, command.change_id)
        return
    yield changing.cancelled(command.change_id)
    yield from changing.without_moot([change for change in held.changes if change.change_id != command.change_id])
