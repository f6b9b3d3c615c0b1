"""Which states a spend alert will ask for; what pricing asks beyond them is loaded when it does."""

from __future__ import annotations

from services.rating.account.state import Account
from services.rating.spend_alert.messages import ChangeSpendAlert, CheckSpend, RemoveSpendAlert, SetSpendAlert
from services.rating.spend_alert.state import ALL, AlertedAccounts, SpendAlerts
from shared.kernel.decider import State


def preload_spend_alert(
    command: SetSpendAlert | ChangeSpendAlert | RemoveSpendAlert | CheckSpend,
) -> list[tuple[type[State], str]]:
    return [(Account, command.account_id), (SpendAlerts, command.account_id), (AlertedAccounts, ALL)]
