"""Which states a command to an account will ask for, but for those of its subscriptions, which it does not name."""

from __future__ import annotations

from services.rating.account.decide import AccountCommand
from services.rating.account.messages import (
    ChangeAccountCycle,
    CloseAccount,
    OpenAccount,
)
from services.rating.account.state import Account, GroupPlace
from services.rating.billing_cycle.state import BillingCycle
from shared.kernel.decider import State


def preload_account(command: AccountCommand) -> list[tuple[type[State], str]]:
    wanted: list[tuple[type[State], str]] = [(Account, command.account_id)]
    if isinstance(command, OpenAccount | ChangeAccountCycle):
        wanted.append((BillingCycle, command.cycle_id))
    if isinstance(command, ChangeAccountCycle | CloseAccount):
        wanted.append((GroupPlace, command.account_id))
    if isinstance(command, OpenAccount) and command.parent_id is not None:
        wanted += ((GroupPlace, command.parent_id), (GroupPlace, command.account_id))
    if isinstance(command, OpenAccount) and command.billed_by is not None:
        wanted.append((GroupPlace, command.billed_by))
    return wanted
