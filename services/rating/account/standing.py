"""Whether an account is billed: active, on hold, closed.

hold      billing runs pass it by; periods close and drafts are made all the same
close     no more subscriptions; the open period is billed as the last one
"""

from __future__ import annotations

from datetime import date

from services.rating.account.messages import (
    AccountClosed,
    AccountHeld,
    AccountReleased,
    AccountReopened,
    CloseAccount,
    HoldAccount,
    ReleaseAccount,
    ReopenAccount,
)
from services.rating.account.state import Account, GroupPlace
from services.rating.rated_usage.state import UsageSum
from services.rating.subscription.state import Subscription
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection

StandingCommand = HoldAccount | ReleaseAccount | CloseAccount | ReopenAccount
StandingEvent = AccountHeld | AccountReleased | AccountClosed | AccountReopened


def decide_standing(command: StandingCommand, account: Account, view: View, context: Context) -> list[StandingEvent]:
    context.check_version(account.version)
    version = account.version + 1
    today = local_date(context.now, account.terms.time_zone)
    match command:
        case HoldAccount():
            _check_hold(command, account, today)
            return [
                AccountHeld(account_id=account.account_id, reason=command.reason, until=command.until, version=version)
            ]
        case ReleaseAccount():
            if account.hold is None:
                raise Rejection("account_not_on_hold", f"account {account.account_id} is not on hold", status=409)
            return [AccountReleased(account_id=account.account_id, version=version)]
        case CloseAccount():
            _check_close(account, view, today)
            return [AccountClosed(account_id=account.account_id, closed_on=today, version=version)]
        case ReopenAccount():
            if account.closed_on is None:
                raise Rejection("account_not_closed", f"account {account.account_id} is not closed", status=409)
            return [AccountReopened(account_id=account.account_id, version=version)]


def _check_hold(command: HoldAccount, account: Account, today: date) -> None:
    account.check_open()
    if account.hold is not None and account.hold.on(today):
        detail = f"account {account.account_id} is on hold: {account.hold.reason}; release it first"
        raise Rejection("account_on_hold", detail, status=409)
    if command.until is not None and command.until <= today:
        raise Rejection(
            "invalid_period", f"a hold until {command.until} would be over; today is {today}", pointer="/until"
        )


def _check_close(account: Account, view: View, today: date) -> None:
    account.check_open()
    check_pays_for_none(account.account_id, view)
    known = view.get_many(Subscription, account.subscriptions)
    active = [key for key, found in known.items() if found.end is None or found.end > today]
    if active:
        detail = f"{_some(active)} of account {account.account_id} go on; end them first"
        raise Rejection("subscriptions_active", detail, status=409)
    unbilled = list(view.get_many(UsageSum, account.subscriptions))
    if unbilled:
        period = account.open_period
        until = "" if period is None else f"; the period to {period.end} bills it once it is closed"
        detail = f"usage of {_some(unbilled)} is not billed yet{until}"
        raise Rejection("usage_unbilled", detail, status=409)


def check_pays_for_none(account_id: str, view: View) -> None:
    """Raises `pays_for_others`."""
    place = view.get(GroupPlace, account_id)
    if place is not None and place.pays_for:
        detail = f"{account_id} pays for {place.pays_for} other accounts; let them be billed by another first"
        raise Rejection("pays_for_others", detail, status=409)


def _some(names: list[str]) -> str:
    """Some of the names, and how many there are: an account may have thousands."""
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
