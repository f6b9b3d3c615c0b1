"""What follows in rating from what has happened.

GuidedUsage           -> RateGuided, here
MeterDefined          -> KnowMeter, here: its lines are described by its name
UsageRated            -> what it returned goes back to the usage partition it came from
SubscriptionStarted   -> usage that names `subscription:<id>` belongs to it from its first day
"""

from __future__ import annotations

from collections.abc import Iterable

from services.rating.commands import KnowMeter, RateGuided
from services.rating.domain.state import Account
from services.rating.events import SubscriptionStarted, UsageRated
from services.usage.meter.messages import MeterDefined
from services.usage.quarantine.messages import ReturnUsage
from services.usage.record.messages import GuidedUsage
from services.usage.resource.messages import AssignResource
from shared.kernel.calendar import midnight
from shared.kernel.decider import Do, Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event


def react(event: Event, envelope: Envelope, view: View) -> Iterable[Do | Send]:
    match event:
        case GuidedUsage():
            command = RateGuided(source=event.source, n=event.n, seq=event.seq, records=event.records, part=event.part)
            return (Do(command),)
        case MeterDefined():
            return (Do(KnowMeter(meter_id=event.meter_id, name=event.name or event.meter_id, unit=event.unit)),)
        case UsageRated():
            return (_give_back(event),) if event.returned else ()
        case SubscriptionStarted():
            return (_assign(event, view),)
        case _:
            return ()


def _give_back(event: UsageRated) -> Send:
    accounts = {account for _, _, account in event.returned}
    message = ReturnUsage(
        seq=event.usage_seq,
        items=[(index, reason) for index, reason, _ in event.returned],
        account_id=accounts.pop() if len(accounts) == 1 else None,
    )
    return Send(message, to="usage", partition=event.source)


def _assign(event: SubscriptionStarted, view: View) -> Send:
    account = view.get(Account, event.account_id)
    if account is None:
        raise LookupError(f"subscription {event.subscription_id} started in {event.account_id}, which was never opened")
    zone = account.terms.time_zone
    message = AssignResource(
        resource_id=f"subscription:{event.subscription_id}",
        account_id=event.account_id,
        subscription_id=event.subscription_id,
        valid_from=midnight(event.start, zone),
        valid_to=None if event.end is None else midnight(event.end, zone),
        register=True,
    )
    return Send(message, to="usage")
