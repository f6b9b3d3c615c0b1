"""Which states opening an account will ask for."""

from __future__ import annotations

from services.rating.account.messages import OpenAccount
from services.rating.account.state import Account
from services.rating.billing_cycle.state import BillingCycle
from shared.kernel.decider import State


def preload_account(command: OpenAccount) -> list[tuple[type[State], str]]:
    return [(Account, command.account_id), (BillingCycle, command.cycle_id)]
