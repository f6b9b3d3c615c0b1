"""When an account's spend is looked at: with its usage, once a minute at most, and with what else adds to its bill.

    UsageRated            -> those of its accounts that have alerts and were not looked at for a minute
    SpendAlertSet, SpendAlertChanged, OneTimeChargeAdded, PeriodClosed                 -> the account, at once

Accounts without alerts cost nothing: one look-up for a message of usage tells that none of its partition has any.
There is no timer and no event: that an account was looked at is folded from the usage that made it so. What comes
within the minute is seen with the usage after it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import msgspec

from services.rating.one_time_charge.messages import OneTimeChargeAdded
from services.rating.period.messages import PeriodClosed
from services.rating.rated_usage.messages import UsageRated
from services.rating.spend_alert.messages import CheckSpend, SpendAlertChanged, SpendAlertSet
from services.rating.spend_alert.state import ALL, AlertedAccounts, SpendAlerts
from shared.kernel.decider import Do, View
from shared.kernel.envelope import Envelope

PAUSE: Final = timedelta(minutes=1)


def watched(event: UsageRated, envelope: Envelope, view: View) -> list[SpendAlerts]:
    """The alerts that are to be looked at because of this usage, marked so."""
    return [
        msgspec.structs.replace(alerts, checked_at=envelope.recorded_at, checked_by=envelope.seq)
        for alerts in _of_accounts(event, view)
        if alerts.checked_at is None or envelope.recorded_at >= alerts.checked_at + PAUSE
    ]


def react_spend(event: UsageRated, envelope: Envelope, view: View) -> list[Do]:
    """Look at those that `watched` has marked."""
    return [
        Do(CheckSpend(account_id=alerts.account_id))
        for alerts in _of_accounts(event, view)
        if alerts.checked_by == envelope.seq
    ]


def react_bill(
    event: SpendAlertSet | SpendAlertChanged | OneTimeChargeAdded | PeriodClosed, envelope: Envelope, view: View
) -> list[Do]:
    """Look at the account, where it has alerts."""
    known = view.get(AlertedAccounts, ALL)
    if known is None or event.account_id not in known.accounts:
        return []
    return [Do(CheckSpend(account_id=event.account_id))]


def _of_accounts(event: UsageRated, view: View) -> list[SpendAlerts]:
    known = view.get(AlertedAccounts, ALL)
    if known is None:
        return []
    alerted = known.accounts.keys() & event.sums.accounts
    # One question for all of them.
    found = view.get_many(SpendAlerts, alerted) if alerted else {}
    return [found[account_id] for account_id in sorted(found)]
