"""SubscriptionStarted -> usage that names `subscription:<id>` belongs to it from its first day.
SubscriptionTerminated, or an end that is cancelled -> up to which instant usage of each of its resources is its own.

So usage after an end waits in quarantine where it comes in; rating gives back what was on its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from services.rating.account.state import Account
from services.rating.assigned_resource.state import ResourcesOfLine
from services.rating.subscription.messages import ChangeCancelled, SubscriptionStarted, SubscriptionTerminated
from services.rating.subscription.state import Subscription
from services.usage.resource.messages import AssignResource, EndAssignments
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


def react_end(event: SubscriptionTerminated | ChangeCancelled, envelope: Envelope, view: View) -> Iterator[Send]:
    """Its end as it is after the event; where another change than an end was cancelled, usage learns nothing new."""
    account, subscription = view.get(Account, event.account_id), view.get(Subscription, event.subscription_id)
    if account is None or subscription is None:
        return
    found = view.get(ResourcesOfLine, event.subscription_id)
    ends_at = None if subscription.end is None else midnight(subscription.end, account.terms.time_zone)
    for resource_id in (f"{SUBSCRIPTION}{event.subscription_id}", *(found.resources if found else ())):
        message = EndAssignments(
            resource_id=resource_id,
            account_id=event.account_id,
            subscription_id=event.subscription_id,
            ends_at=ends_at,
        )
        yield Send(message, to="usage")
