"""Which states a one-time charge will ask for."""

from __future__ import annotations

from services.rating.account.state import Account
from services.rating.one_time_charge.messages import AddOneTimeCharge, CancelOneTimeCharge
from services.rating.one_time_charge.state import PendingCharges
from services.rating.subscription.state import Subscription
from shared.kernel.decider import State


def preload_one_time_charge(command: AddOneTimeCharge | CancelOneTimeCharge) -> list[tuple[type[State], str]]:
    wanted: list[tuple[type[State], str]] = [(Account, command.account_id), (PendingCharges, command.account_id)]
    if isinstance(command, AddOneTimeCharge) and command.subscription_id is not None:
        wanted.append((Subscription, command.subscription_id))
    return wanted
