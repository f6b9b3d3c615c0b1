"""What usage retracts is taken, and usage is told what has become of it.

GuidedRetraction  -> TakeRetraction, here
RetractionRated   -> SettleRetraction to the usage partition it came from
"""

from __future__ import annotations

from services.rating.usage_retraction.messages import RetractionRated, TakeRetraction
from services.usage.record.messages import GuidedRetraction
from services.usage.retraction.messages import SettleRetraction
from shared.kernel.decider import Do, Send, View
from shared.kernel.envelope import Envelope


def react_guided_retraction(event: GuidedRetraction, envelope: Envelope, view: View) -> tuple[Do]:
    return (
        Do(
            TakeRetraction(
                source=event.source,
                seq=event.seq,
                places=event.places,
                records=event.records,
                origins=event.origins,
                restored=event.restored,
            )
        ),
    )


def react_retraction_rated(event: RetractionRated, envelope: Envelope, view: View) -> tuple[Send]:
    refused = [(*event.places[place], reason) for place, reason in event.refused if place < len(event.places)]
    message = SettleRetraction(seq=event.seq, places=event.places, refused=refused)
    return (Send(message, to="usage", partition=event.source),)
