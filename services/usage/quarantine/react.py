"""An assignment brings a resource's parked records back, wherever they are parked; so does the definition of a source.

UsageRecalled("mac:00:1b")                   ->   RecycleResource to every partition
ResourceRecycled("mac:00:1b", more=True)     ->   RecycleResource(after=...) to the same partition
"""

from __future__ import annotations

from collections.abc import Iterable

from services.usage.quarantine.messages import (
    RecycleResource,
    RecycleSource,
    ResourceRecycled,
    SourceRecalled,
    SourceRecycled,
    UsageRecalled,
)
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope

RecycledEvent = UsageRecalled | ResourceRecycled | SourceRecalled | SourceRecycled


def react_quarantine(event: RecycledEvent, envelope: Envelope, view: View) -> Iterable[Send]:
    match event:
        case UsageRecalled():
            command = RecycleResource(resource_id=event.resource_id)
            return [Send(command, "usage", partition) for partition in range(event.partitions)]
        case ResourceRecycled() if event.more:
            command = RecycleResource(resource_id=event.resource_id, after=event.after)
            return [Send(command, "usage", envelope.partition)]
        case SourceRecalled():
            again = RecycleSource(source_id=event.source_id)
            return [Send(again, "usage", partition) for partition in range(event.partitions)]
        case SourceRecycled() if event.more:
            again = RecycleSource(source_id=event.source_id, after=event.after)
            return [Send(again, "usage", envelope.partition)]
        case _:
            return ()
