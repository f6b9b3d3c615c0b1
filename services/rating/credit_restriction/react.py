"""What the network is told, line by line.

CreditRestricted           cause credit: blocked, for every line that has not ended
CreditRestrictionLifted    that cause asks for nothing any more
SubscriptionStarted        one that begins meanwhile is blocked, too
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from services.rating.access.lines import running, said
from services.rating.account.state import Account
from services.rating.credit_restriction.messages import CreditRestricted, CreditRestrictionLifted
from services.rating.credit_restriction.state import CreditRestriction
from services.rating.subscription.messages import SubscriptionStarted
from services.usage.access.messages import AccessStep
from shared.kernel.calendar import local_date
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope

CREDIT: Final = "credit"


def react(event: CreditRestricted | CreditRestrictionLifted, envelope: Envelope, view: View) -> Iterator[Send]:
    account = view.get(Account, event.account_id)
    if account is None:
        return
    steps = [_blocked(envelope)] if isinstance(event, CreditRestricted) else []
    for subscription_id in running(account, local_date(envelope.recorded_at, account.terms.time_zone), view):
        yield said(subscription_id, CREDIT, steps)


def react_started(event: SubscriptionStarted, envelope: Envelope, view: View) -> Iterator[Send]:
    if view.get(CreditRestriction, event.account_id) is not None:
        yield said(event.subscription_id, CREDIT, [_blocked(envelope)])


def _blocked(envelope: Envelope) -> AccessStep:
    return AccessStep(at=envelope.recorded_at, state="blocked", why=CREDIT)
