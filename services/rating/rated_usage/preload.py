"""Which states a guided message will ask for: all but the few plans, which stay cached."""

from __future__ import annotations

from services.rating.account.state import Account
from services.rating.rated_usage.state import PairNumber, UsageSum
from services.rating.spend_alert.state import ALL, AlertedAccounts
from services.rating.subscription.state import Subscription
from services.usage.record.messages import GuidedUsage
from shared.kernel.decider import Asked


def preload_guided(message: GuidedUsage) -> list[Asked]:
    holders = message.records.holder.values
    subscriptions = {subscription for _, subscription in holders}
    return [
        (PairNumber, str(message.source)),
        (AlertedAccounts, ALL),
        (Account, {account for account, _ in holders}),
        (Subscription, subscriptions),
        (UsageSum, subscriptions),
    ]
