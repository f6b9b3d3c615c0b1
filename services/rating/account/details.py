"""What an account says of its customer, and what a group (group/) has decided of its place.

billed by head from now on    open until 1 October, today 12 September   -> from 1 October
the same                      open until 1 October, today 3 October      -> from 1 November: October has begun
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from services.rating.account.messages import (
    AccountDetailsChanged,
    AccountParentChanged,
    AccountPayerChanged,
    ChangeAccount,
    FollowGroup,
)
from services.rating.account.state import Account, GroupPlace
from shared.kernel.calendar import local_date
from shared.kernel.currency import Currency
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection, absent

LEVELS_MAX: Final = 5
"""How deep a group may be, its head counted."""
PAYER: Final = "/billed_by"


def decide_change(command: ChangeAccount, account: Account, context: Context) -> list[AccountDetailsChanged]:
    context.check_version(account.version)
    if command.based_on != account.version:
        detail = f"account {account.account_id} has changed since it was read; read it again"
        raise Rejection("version_mismatch", detail, status=412)
    if command.customer is None or not command.customer.changed:
        return []
    return [
        AccountDetailsChanged(
            account_id=account.account_id,
            name=command.customer.name,
            details=command.customer.details,
            changed=command.customer.changed,
            version=account.version + 1,
        )
    ]


def decide_followed(
    command: FollowGroup, account: Account, context: Context
) -> list[AccountParentChanged | AccountPayerChanged]:
    """What is other than it was."""
    events: list[AccountParentChanged | AccountPayerChanged] = []
    version = account.version
    if command.parent is not None and command.parent.parent_id != account.parent_id:
        version += 1
        parent_id = command.parent.parent_id
        events.append(AccountParentChanged(account_id=account.account_id, parent_id=parent_id, version=version))
    if command.payer is not None and command.payer.billed_by != account.billed_by:
        events.append(
            AccountPayerChanged(
                account_id=account.account_id,
                version=version + 1,
                billed_by=command.payer.billed_by,
                effective_on=_next_period(account, context),
            )
        )
    return events


def _next_period(account: Account, context: Context) -> date | None:
    """Where the next period begins that has not begun by the calendar; `None` while no period is open."""
    today = local_date(context.now, account.terms.time_zone)
    return next((period.end for period in account.open_periods() if period.end > today), None)


def check_parent(
    account_id: str, currency: Currency, parent_id: str, view: View, *, above: Sequence[str] | None = None
) -> None:
    """Refuse a parent that is absent, pays in another currency, is below the account, or too deep in its group.

    `above`: those above the parent, where more is known of them than the tables say.
    """
    places = view.get_many(GroupPlace, [parent_id, account_id])
    parent = places.get(parent_id)
    if above is None:
        above = parent.above if parent is not None else ()
    if account_id == parent_id or account_id in above:
        detail = f"{parent_id} is {account_id} itself or below it, so it can't be above it"
        raise Rejection("group_cycle", detail, pointer="/parent_id")
    if parent is None:
        raise absent("account", parent_id, pointer="/parent_id")
    if parent.currency != currency:
        detail = f"{parent_id} pays in {parent.currency}, {account_id} in {currency}; a group has one currency"
        raise Rejection("currency_mismatch", detail, pointer="/parent_id")
    own = places.get(account_id)
    levels = len(above) + 2 + (own.levels_below if own else 0)
    if levels > LEVELS_MAX:
        detail = f"the group would have {levels} levels; {LEVELS_MAX} are the most"
        raise Rejection("group_too_deep", detail, pointer="/parent_id")


def check_payer(place: GroupPlace, payer_id: str, view: View) -> None:
    """Refuse a payer whose invoices the account's charges can't stand on. Raises `Rejection`."""
    payer = view.get(GroupPlace, payer_id)
    if payer is None:
        raise absent("account", payer_id, pointer=PAYER)
    if payer.closed:
        raise Rejection("account_closed", f"account {payer_id} is closed; reopen it first", pointer=PAYER, status=409)
    if payer.currency != place.currency:
        detail = f"{payer_id} pays in {payer.currency}, {place.account_id} in {place.currency}; choose one of the same"
        raise Rejection("currency_mismatch", detail, pointer=PAYER)
    if place.terms != payer.terms or place.moving or payer.moving:
        detail = f"{payer_id} and {place.account_id} differ in cycle or time zone, or are about to"
        raise Rejection("cycle_mismatch", f"{detail}; move one of them to the other's cycle first", pointer=PAYER)
