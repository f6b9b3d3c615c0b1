"""What usage of a message means for the bandwidth of its lines: only for plans with fair-use steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.rating.account.state import Account
from services.rating.allowance.messages import BandwidthProfileAsked
from services.rating.buckets.fair_use import profiles_asked, shares, watched
from services.rating.rated_usage.messages import UsageRated, in_time
from shared.kernel.calendar import local_date
from shared.kernel.decider import View


def asked_for(
    event: UsageRated, subscriptions: Mapping[str, str], view: View, now: datetime
) -> list[BandwidthProfileAsked]:
    """The profiles that lines get with the message's usage of the running period. `subscriptions`: id to account.

    Where one of them shares an allowance, the other lines of its account are looked at too.
    """
    asked: list[BandwidthProfileAsked] = []
    by_account: dict[str, list[str]] = {}
    for subscription_id, account_id in sorted(subscriptions.items()):
        by_account.setdefault(account_id, []).append(subscription_id)
    for account_id, used in by_account.items():
        account = view.get(Account, account_id)
        if account is None:
            continue
        running = account.period_on(local_date(now, account.terms.time_zone))
        lines = watched(view, account, used)
        if any(shares(line, running) for line in lines):
            lines = watched(view, account, account.subscriptions)
        more: dict[tuple[str, str], int] = {}
        for added in in_time(event):
            if added.account == account_id and added.period_start == running.start:
                key = (added.subscription, added.meter)
                more[key] = more.get(key, 0) + added.quantity
        asked += profiles_asked(account, lines, running, more=more)
    return asked
