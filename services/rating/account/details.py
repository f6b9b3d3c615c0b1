"""What an account says of its customer, and its place in a group.

A group is a tree: head office, branches, their branches. Every account in it still pays its own invoices.
"""

from __future__ import annotations

from typing import Final

from services.rating.account.messages import AccountDetailsChanged, AccountParentChanged, ChangeAccount
from services.rating.account.state import Account, GroupPlace
from shared.kernel.currency import Currency
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection, absent

LEVELS_MAX: Final = 5
"""How deep a group may be, its head counted."""


def decide_change(
    command: ChangeAccount, account: Account, view: View, context: Context
) -> list[AccountDetailsChanged | AccountParentChanged]:
    context.check_version(account.version)
    if command.based_on != account.version:
        detail = f"account {account.account_id} has changed since it was read; read it again"
        raise Rejection("version_mismatch", detail, status=412)
    events: list[AccountDetailsChanged | AccountParentChanged] = []
    version = account.version
    if command.customer is not None and command.customer.changed:
        version += 1
        events.append(
            AccountDetailsChanged(
                account_id=account.account_id,
                name=command.customer.name,
                details=command.customer.details,
                changed=command.customer.changed,
                version=version,
            )
        )
    if command.parent is not None and command.parent.parent_id != account.parent_id:
        if command.parent.parent_id is not None:
            check_parent(account.account_id, account.currency, command.parent.parent_id, view)
        parent_id = command.parent.parent_id
        events.append(AccountParentChanged(account_id=account.account_id, parent_id=parent_id, version=version + 1))
    return events


def check_parent(account_id: str, currency: Currency, parent_id: str, view: View) -> None:
    """Refuse a parent that is absent, pays in another currency, is below the account, or too deep in its group."""
    places = view.get_many(GroupPlace, [parent_id, account_id])
    parent = places.get(parent_id)
    if account_id == parent_id or (parent is not None and account_id in parent.above):
        detail = f"{parent_id} is {account_id} itself or below it, so it can't be above it"
        raise Rejection("group_cycle", detail, pointer="/parent_id")
    if parent is None:
        raise absent("account", parent_id, pointer="/parent_id")
    if parent.currency != currency:
        detail = f"{parent_id} pays in {parent.currency}, {account_id} in {currency}; a group has one currency"
        raise Rejection("currency_mismatch", detail, pointer="/parent_id")
    own = places.get(account_id)
    levels = len(parent.above) + 2 + (own.levels_below if own else 0)
    if levels > LEVELS_MAX:
        detail = f"the group would have {levels} levels; {LEVELS_MAX} are the most"
        raise Rejection("group_too_deep", detail, pointer="/parent_id")
