"""What begins while an account is restricted is restricted, too; and accounts that it pays for, where it is said.

SubscriptionStarted                       RestrictServices       in place, for its own debts and for those of its payer
ServicesRestricted, ServicesRestored      RestrictServices, RestoreServices    to each account that it pays for
ServicesRestored, restricted for another  RestrictServices       in place: what is given back is taken for that
AccountPayerChanged                       ExtendRestriction to the new payer, RestoreServices in place for the old one
"""

from __future__ import annotations

from collections.abc import Iterator

from services.rating.account.messages import AccountPayerChanged
from services.rating.service_restriction.messages import (
    ExtendRestriction,
    RestoreServices,
    RestrictServices,
    ServicesRestored,
    ServicesRestricted,
)
from services.rating.service_restriction.state import PayersRestriction, ServiceRestriction
from services.rating.subscription.messages import SubscriptionStarted
from shared.kernel.decider import Do, Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields

KINDS = (ServiceRestriction, PayersRestriction)


def react(event: SubscriptionStarted, envelope: Envelope, view: View) -> Iterator[Do]:
    for kind in KINDS:
        held = view.get(kind, event.account_id)
        if held is not None:
            yield Do(same_fields(RestrictServices, held))


def react_members(event: ServicesRestricted | ServicesRestored, envelope: Envelope, view: View) -> Iterator[Do | Send]:
    """Who is restricted for his own debts stays so when his payer pays, and the other way round."""
    if isinstance(event, ServicesRestored):
        other = view.get(PayersRestriction if event.payer_id is None else ServiceRestriction, event.account_id)
        if other is not None:
            yield Do(same_fields(RestrictServices, other))
    for member in event.members:
        asked = {"account_id": member, "payer_id": event.account_id}
        if isinstance(event, ServicesRestored):
            yield Send(same_fields(RestoreServices, event, **asked), to="rating")
        else:
            yield Send(same_fields(RestrictServices, event, paid_for=False, **asked), to="rating")


def react_payer(event: AccountPayerChanged, envelope: Envelope, view: View) -> Iterator[Do | Send]:
    held = view.get(PayersRestriction, event.account_id)
    if held is not None and held.payer_id != event.billed_by:
        yield Do(same_fields(RestoreServices, held))
    if event.billed_by is not None:
        yield Send(ExtendRestriction(account_id=event.billed_by, member=event.account_id), to="rating")
