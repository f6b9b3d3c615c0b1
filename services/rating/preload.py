"""Which states an input will ask for, so that the runtime loads those of a whole batch in one round trip.

Only what the input itself tells is named here; the few plans behind the subscriptions are loaded when they are asked
for and stay cached.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.rating.commands import ClosePeriod, OpenAccount, StartSubscription
from services.rating.domain.state import Account, BillingCycle, PairNumber, Plan, Subscription, UsageSum
from services.usage.record.messages import GuidedUsage
from shared.kernel.decider import State
from shared.kernel.message import Message

Wanted = tuple[type[State], str]


def preload(message: Message) -> Sequence[Wanted]:
    match message:
        case GuidedUsage():
            return _of_records(message)
        case ClosePeriod():
            wanted: list[Wanted] = [(Account, message.account_id)]
            for subscription in message.subscriptions:
                wanted += ((Subscription, subscription), (UsageSum, subscription))
            return wanted
        case OpenAccount():
            return ((Account, message.account_id), (BillingCycle, message.cycle_id))
        case StartSubscription():
            return (
                (Account, message.account_id),
                (Subscription, message.subscription_id),
                (Plan, message.plan_id),
            )
        case _:
            return ()


def _of_records(message: GuidedUsage) -> Sequence[Wanted]:
    accounts = {record.account for record in message.records}
    subscriptions = {record.subscription for record in message.records}
    return [
        (PairNumber, str(message.source)),
        *((Account, account) for account in accounts),
        *((Subscription, subscription) for subscription in subscriptions),
        *((UsageSum, subscription) for subscription in subscriptions),
    ]
