"""Which states a new subscription, or a change of one, will ask for."""

from __future__ import annotations

from services.rating.account.state import Account
from services.rating.plan.state import Plan
from services.rating.plan_migration.state import SubscriptionIndex
from services.rating.rated_usage.state import UsageSum
from services.rating.subscription.messages import (
    CancelChange,
    ChangeOfSubscription,
    ChangePlan,
    NoteContractEnding,
    StartSubscription,
    TerminateSubscription,
)
from services.rating.subscription.state import Subscription
from shared.kernel.decider import State


def preload_subscription(
    command: StartSubscription | ChangeOfSubscription | CancelChange | NoteContractEnding,
) -> list[tuple[type[State], str]]:
    wanted: list[tuple[type[State], str]] = [
        (Account, command.account_id),
        (Subscription, command.subscription_id),
    ]
    if isinstance(command, StartSubscription | ChangePlan):
        wanted.append((Plan, command.plan_id))
    if isinstance(command, StartSubscription):
        wanted.append((SubscriptionIndex, SubscriptionIndex.KEY))
    if isinstance(command, StartSubscription) and command.parent_id is not None:
        wanted.append((Subscription, command.parent_id))
    if isinstance(command, ChangePlan | TerminateSubscription):
        wanted.append((UsageSum, command.subscription_id))
    return wanted
