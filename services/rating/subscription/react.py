"""SubscriptionStarted -> usage that names `subscription:<id>` belongs to it from its first day."""

from __future__ import annotations

from typing import Final

from services.rating.account.state import Account
from services.rating.subscription.messages import SubscriptionStarted
from services.usage.resource.messages import AssignResource
from shared.kernel.calendar import midnight
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope

SUBSCRIPTION: Final = "subscription:"
"""What the id of a subscription's own resource begins with."""


def react_subscription(event: SubscriptionStarted, envelope: Envelope, view: View) -> tuple[Send]:
    account = view.get(Account, event.account_id)
    if account is None:
        raise LookupError(f"subscription {event.subscription_id} started in {event.account_id}, which was never opened")
    zone = account.terms.time_zone
    message = AssignResource(
        resource_id=f"{SUBSCRIPTION}{event.subscription_id}",
        account_id=event.account_id,
        subscription_id=event.subscription_id,
        valid_from=midnight(event.start, zone),
        valid_to=None if event.end is None else midnight(event.end, zone),
        register=True,
    )
    return (Send(message, to="usage"),)
