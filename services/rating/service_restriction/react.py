"""A subscription that begins while the account is restricted is restricted, too."""

from __future__ import annotations

from collections.abc import Iterator

from services.rating.service_restriction.messages import RestrictServices
from services.rating.service_restriction.state import ServiceRestriction
from services.rating.subscription.messages import SubscriptionStarted
from shared.kernel.decider import Do, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def react(event: SubscriptionStarted, envelope: Envelope, view: View) -> Iterator[Do]:
    held = view.get(ServiceRestriction, event.account_id)
    if held is not None:
        yield Do(same_fields(RestrictServices, held))
