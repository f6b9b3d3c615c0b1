"""What usage of a message means for the bandwidth of its lines: only for plans with fair-use steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.rating.account.state import Account
from services.rating.allowance.messages import BandwidthProfileAsked
from services.rating.buckets.fair_use import profile_asked, watched
from services.rating.rated_usage.messages import UsageRated, in_time
from shared.kernel.calendar import local_date
from shared.kernel.decider import View


def asked_for(
    event: UsageRated, subscriptions: Mapping[str, str], view: View, now: datetime
) -> list[BandwidthProfileAsked]:
    """The profiles that lines get with the message's usage of the running period. `subscriptions`: id to account."""
    asked: list[BandwidthProfileAsked] = []
    for subscription_id, account_id in sorted(subscriptions.items()):
        account = view.get(Account, account_id)
        if account is None:
            continue
        running = account.period_on(local_date(now, account.terms.time_zone))
        more: dict[str, int] = {}
        for added in in_time(event):
            if (added.subscription, added.period_start) == (subscription_id, running.start):
                more[added.meter] = more.get(added.meter, 0) + added.quantity
        found = profile_asked(account, watched(view, account, subscription_id), running, more=more)
        asked += [found] if found else []
    return asked
