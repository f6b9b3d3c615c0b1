"""Which states a command to an account will ask for, but for those of its subscriptions, which it does not name."""

from __future__ import annotations

from services.rating.account.messages import (
    ChangeAccount,
    ChangeAccountCycle,
    CloseAccount,
    HoldAccount,
    OpenAccount,
    ReleaseAccount,
    ReopenAccount,
)
from services.rating.account.state import Account, GroupPlace
from services.rating.billing_cycle.state import BillingCycle
from shared.kernel.decider import State

AccountCommand = (
    OpenAccount | ChangeAccount | ChangeAccountCycle | HoldAccount | ReleaseAccount | CloseAccount | ReopenAccount
)


def preload_account(command: AccountCommand) -> list[tuple[type[State], str]]:
    wanted: list[tuple[type[State], str]] = [(Account, command.account_id)]
    if isinstance(command, OpenAccount | ChangeAccountCycle):
        wanted.append((BillingCycle, command.cycle_id))
    if (parent_id := _parent_of(command)) is not None:
        wanted += ((GroupPlace, parent_id), (GroupPlace, command.account_id))
    return wanted


def _parent_of(command: AccountCommand) -> str | None:
    match command:
        case OpenAccount():
            return command.parent_id
        case ChangeAccount(parent=parent) if parent is not None:
            return parent.parent_id
        case _:
            return None
