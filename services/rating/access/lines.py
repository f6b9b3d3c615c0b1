"""The lines of an account, and how usage is told what one of them is to have.

running(account, today, view)                                        ["sub-1", "sub-2"]
said("sub-1", "fair_use", [AccessStep(at=…, state="throttled")])      Send(SetAccess("subscription:sub-1", …))
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from services.rating.account.state import Account
from services.rating.subscription.state import Subscription
from services.usage.access.messages import AccessStep, SetAccess
from shared.kernel.decider import Send, View


def running(account: Account, today: date, view: View) -> Iterable[str]:
    """Its subscriptions that have not ended."""
    found = view.get_many(Subscription, account.subscriptions)
    return [s for s in account.subscriptions if s in found and not _ended(found[s], today)]


def said(subscription_id: str, cause: str, steps: list[AccessStep]) -> Send:
    """All that the cause asks for from now on; without steps nothing any more."""
    return Send(SetAccess(resource_id=line(subscription_id), cause=cause, steps=steps), to="usage")


def line(subscription_id: str) -> str:
    return f"subscription:{subscription_id}"


def _ended(subscription: Subscription, today: date) -> bool:
    return subscription.end is not None and subscription.end <= today
