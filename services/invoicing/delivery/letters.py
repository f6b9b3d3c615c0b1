"""By which ways a letter goes out: those that somebody named, as far as the account has them, else as it gets its
documents, else by e-mail. Pure.

    ("email", "webhook"), no webhook        email
    ("webhook",), no webhook, on paper      print
    nothing named, its webhook is gone      email

A letter that no way carries would be refused where nobody reads it.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.delivery.messages import Channel
from services.invoicing.delivery.state import Preferences, preferences_of
from shared.kernel.decider import View


def ways(account_id: str, view: View, named: Sequence[Channel] = ()) -> list[Channel]:
    wanted = preferences_of(view, account_id)
    return _there(named, wanted) or _there(wanted.preferences.channels, wanted) or ["email"]


def _there(channels: Sequence[Channel], wanted: Preferences) -> list[Channel]:
    has_webhook = wanted.preferences.webhook is not None and not wanted.webhook_gone
    return [channel for channel in channels if channel != "webhook" or has_webhook]
