"""An assignment brings a resource's parked records back, wherever they are parked; so does the definition of a source.

UsageRecalled("mac:00:1b")                   ->   RecycleResource to every partition
ResourceRecycled("mac:00:1b", more=True)     ->   RecycleResource(after=...) to the same partition
UsageReturned([(17, "no_subscription")])     ->   RecycleUsage, where another has the resource then by now

What comes to quarantine behind the assignment that would have brought it back is not found by its pages.
"""

from __future__ import annotations

from collections.abc import Iterable

from services.usage.quarantine.messages import (
    ITEMS_MAX,
    Place,
    RecycleResource,
    RecycleSource,
    RecycleUsage,
    ResourceRecycled,
    SourceRecalled,
    SourceRecycled,
    UsageRecalled,
    UsageReturned,
)
from services.usage.quarantine.state import RECALLED, place_name
from services.usage.retraction.holders import Holders
from services.usage.retraction.messages import UsageRestored
from services.usage.retraction.state import CountedRecord
from shared.kernel.decider import Do, Send, View
from shared.kernel.envelope import Envelope

RecycledEvent = UsageRecalled | ResourceRecycled | SourceRecalled | SourceRecycled | UsageReturned | UsageRestored


def react_quarantine(event: RecycledEvent, envelope: Envelope, view: View) -> Iterable[Do | Send]:
    match event:
        case UsageReturned():
            return _elsewhere([(event.seq, index) for index, reason in event.items if reason in RECALLED], view)
        case UsageRestored():
            return _elsewhere([(one.seq, one.index) for one in event.items if one.parked in RECALLED], view)
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


def _elsewhere(places: Iterable[Place], view: View) -> Iterable[Do]:
    """Try those once more whose resource is another's by now than who they were counted for."""
    names = {place_name(*place): place for place in places}
    counted = view.get_many(CountedRecord, names)
    holders = Holders(view, (one.record for one in counted.values()))
    again: list[Place] = []
    for name, one in counted.items():
        found = holders.of(one.record)
        if found is not None and (found.account, found.subscription) != (one.record.account, one.record.subscription):
            again.append(names[name])
    for first in range(0, len(again), ITEMS_MAX):
        yield Do(RecycleUsage(items=again[first : first + ITEMS_MAX]))
