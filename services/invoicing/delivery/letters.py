"""How a letter goes out that the account did not choose a way for: as it gets its documents, else by e-mail. Pure."""

from __future__ import annotations

from services.invoicing.delivery.messages import Channel
from services.invoicing.delivery.state import preferences_of
from shared.kernel.decider import View


def ways(account_id: str, view: View) -> list[Channel]:
    """A webhook that is gone (410) carries no letter; by e-mail it may still come."""
    wanted = preferences_of(view, account_id)
    there = [way for way in wanted.preferences.channels if way != "webhook" or not wanted.webhook_gone]
    return there or ["email"]
