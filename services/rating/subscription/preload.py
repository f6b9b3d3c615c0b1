"""Which states a new subscription will ask for."""

from __future__ import annotations

from services.rating.account.state import Account
from services.rating.plan.state import Plan
from services.rating.subscription.messages import StartSubscription
from services.rating.subscription.state import Subscription
from shared.kernel.decider import State


def preload_subscription(command: StartSubscription) -> list[tuple[type[State], str]]:
    return [
        (Account, command.account_id),
        (Subscription, command.subscription_id),
        (Plan, command.plan_id),
    ]
