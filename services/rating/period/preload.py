"""Which states a close will ask for: all but the few plans, which stay cached."""

from __future__ import annotations

from services.rating.account.state import Account
from services.rating.allowance.state import AllowanceBalance
from services.rating.correction.state import PendingCorrections
from services.rating.one_time_charge.state import PendingCharges
from services.rating.period.daily import tells_days
from services.rating.period.messages import ClosePeriod
from services.rating.rated_usage.state import BilledUsage, UsageOfPeriod, UsageSum, of_period_key
from services.rating.spend_alert.state import ALL, AlertedAccounts
from services.rating.subscription.state import Subscription
from services.rating.usage_retraction.state import WAITING, WaitingRetractions
from shared.kernel.decider import State


def preload_close(command: ClosePeriod) -> list[tuple[type[State], str]]:
    wanted: list[tuple[type[State], str]] = [
        (Account, command.account_id),
        (PendingCharges, command.account_id),
        (PendingCorrections, command.account_id),
        (AlertedAccounts, ALL),
        (WaitingRetractions, WAITING),
    ]
    if tells_days(command.period):
        wanted += [(UsageOfPeriod, of_period_key(one, command.period)) for one in command.subscriptions]
    for subscription in command.subscriptions:
        kinds = (Subscription, UsageSum, BilledUsage, AllowanceBalance)
        wanted += [(kind, subscription) for kind in kinds]
    return wanted
