"""What follows from guided usage, and from what was rated of it.

GuidedUsage  -> RateGuided, here
UsageRated   -> what it returned goes back to the usage partition it came from
"""

from __future__ import annotations

from services.rating.rated_usage.messages import RateGuided, UsageRated
from services.usage.quarantine.messages import ReturnUsage
from services.usage.record.messages import GuidedUsage
from shared.kernel.decider import Do, Send, View
from shared.kernel.envelope import Envelope


def react_guided(event: GuidedUsage, envelope: Envelope, view: View) -> tuple[Do]:
    return (
        Do(
            RateGuided(
                source=event.source,
                n=event.n,
                seq=event.seq,
                records=event.records,
                part=event.part,
                origins=event.origins,
            )
        ),
    )


def react_rated(event: UsageRated, envelope: Envelope, view: View) -> tuple[Send, ...]:
    return (_give_back(event),) if event.returned else ()


def _give_back(event: UsageRated) -> Send:
    accounts = {account for _, _, account in event.returned}
    message = ReturnUsage(
        seq=event.usage_seq,
        items=[(index, reason) for index, reason, _ in event.returned],
        account_id=accounts.pop() if len(accounts) == 1 else None,
    )
    return Send(message, to="usage", partition=event.source)
