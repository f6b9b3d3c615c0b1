"""Every partition is asked for its pages; what rating has taken out is guided again.

UsageReassigned("mac:00:1b")                  ->  RetractReassigned to every partition
UsageRetracted(reassigned=..., more=True)     ->  RetractReassigned(after=...) to the same partition
UsageRetracted with parked records            ->  GuideAgain, here: rating does not have them
RetractionSettled                             ->  GuideAgain, here
"""

from __future__ import annotations

from collections.abc import Iterable

from services.usage.quarantine.messages import Place
from services.usage.quarantine.state import place_name
from services.usage.reassignment.messages import GuideAgain, RetractMisplaced, RetractReassigned, UsageReassigned
from services.usage.retraction.messages import RetractionSettled, UsageRetracted
from services.usage.retraction.state import RESTORED, RETRACTED, Standing
from shared.kernel.decider import Do, Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def react_reassignment(
    event: UsageReassigned | UsageRetracted | RetractionSettled, envelope: Envelope, view: View
) -> Iterable[Do | Send]:
    match event:
        case UsageReassigned():
            command = same_fields(RetractReassigned, event)
            return [Send(command, "usage", partition) for partition in range(event.partitions)]
        case UsageRetracted():
            return _retracted(event, envelope)
        case RetractionSettled():
            return _settled(event, view)


def _retracted(event: UsageRetracted, envelope: Envelope) -> Iterable[Do | Send]:
    if event.reassigned is None:
        return
    parked = [(item.seq, item.index) for item in event.items if item.parked is not None]
    if parked:
        yield Do(GuideAgain(retraction_id=event.retraction_id, places=parked))
    if event.more and event.after is not None:
        following = same_fields(
            RetractReassigned,
            event.reassigned,
            retraction_id=event.retraction_id,
            note=event.note,
            after=event.after,
        )
        yield Send(following, "usage", envelope.partition)


def _settled(event: RetractionSettled, view: View) -> Iterable[Do]:
    """A correction has counted another in the place of its record at once, a reassignment waits for this."""
    names = {place_name(*place): place for place in event.places}
    again: dict[str, list[Place]] = {}
    restored: dict[str, list[Place]] = {}
    for name, standing in view.get_many(Standing, names).items():
        if standing.status == RETRACTED and standing.corrected and standing.moved_to is None:
            again.setdefault(standing.retraction_id, []).append(names[name])
        elif standing.status == RESTORED:
            restored.setdefault(standing.retraction_id, []).append(names[name])
    for retraction_id in sorted(again):
        yield Do(GuideAgain(retraction_id=retraction_id, places=sorted(again[retraction_id])))
    for retraction_id in sorted(restored):
        yield Do(RetractMisplaced(retraction_id=retraction_id, places=sorted(restored[retraction_id])))
