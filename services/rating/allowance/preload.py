"""Which states a top-up will ask for."""

from __future__ import annotations

from services.rating.account.state import Account
from services.rating.allowance.messages import AddTopUp, CancelTopUp
from services.rating.allowance.state import AllowanceBalance
from services.rating.one_time_charge.state import PendingCharges
from services.rating.subscription.state import Subscription
from shared.kernel.decider import State


def preload_allowance(command: AddTopUp | CancelTopUp) -> list[tuple[type[State], str]]:
    return [
        (Account, command.account_id),
        (PendingCharges, command.account_id),
        (Subscription, command.subscription_id),
        (AllowanceBalance, command.subscription_id),
    ]
