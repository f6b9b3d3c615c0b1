"""Which states a guided message will ask for: all but the few plans, which stay cached."""

from __future__ import annotations

from services.rating.account.state import Account
from services.rating.rated_usage.state import PairNumber, UsageSum
from services.rating.spend_alert.state import ALL, AlertedAccounts
from services.rating.subscription.state import Subscription
from services.usage.record.messages import GuidedUsage
from shared.kernel.decider import Asked


def preload_guided(message: GuidedUsage) -> list[Asked]:
    subscriptions = {record.subscription for record in message.records}
    return [
        (PairNumber, str(message.source)),
        (AlertedAccounts, ALL),
        (Account, {record.account for record in message.records}),
        (Subscription, subscriptions),
        (UsageSum, subscriptions),
    ]
