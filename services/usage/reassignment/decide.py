"""A reassigned resource's usage is retracted where it was counted, and counted for whoever has the resource now.

    ReassignUsage("mac:00:1b")         -> UsageReassigned: every partition looks for what it counted
    RetractReassigned("mac:00:1b")     -> UsageRetracted(corrected), a page; also where there is nothing, to say so
    GuideAgain([(1842, 17)])           -> UsageRecorded(corrects={0: (1842, 17)})

Rating answers in between: what it cannot take out of a bill any more stays where it is, and is not billed twice. Each
step looks at what is so by now, not at what was reassigned: done again it does nothing, and of two reassignments the
later counts, in whatever order their pages come.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from services.usage.quarantine.state import place_name
from services.usage.reassignment.messages import (
    GuideAgain,
    ReassignUsage,
    RetractMisplaced,
    RetractReassigned,
    UsageReassigned,
)
from services.usage.reassignment.state import Asked, CountedPage
from services.usage.record.messages import UsageRecorded
from services.usage.resource.messages import ResourceReassigned
from services.usage.resource.state import micros_of
from services.usage.retraction.holders import guided_again, misplaced
from services.usage.retraction.messages import Reassigned, UsageRetracted
from services.usage.retraction.state import RETRACTED, CountedRecord, Standing
from shared.kernel.decider import Context, Due, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import encode, type_name
from shared.kernel.same_fields import same_fields

REASON = "reassigned"

ReassignmentCommand = ReassignUsage | RetractReassigned | RetractMisplaced | GuideAgain
ReassignmentEvent = UsageReassigned | UsageRetracted | UsageRecorded


def decide_reassignment(command: ReassignmentCommand, view: View, context: Context) -> Sequence[ReassignmentEvent]:
    match command:
        case ReassignUsage():
            return (same_fields(UsageReassigned, command, partitions=context.partitions),)
        case RetractReassigned():
            return _page(command, view, context)
        case RetractMisplaced():
            items = [*misplaced(command.places, view)]
            retracted = UsageRetracted(
                retraction_id=command.retraction_id,
                items=items,
                reason=REASON,
                corrected=True,
                partitions=context.partitions,
            )
            return (retracted,) if items else ()
        case GuideAgain():
            recorded = guided_again(_retracted(command, view), view, context, detail=REASON)
            return () if recorded is None else (recorded,)


def _page(command: RetractReassigned, view: View, context: Context) -> tuple[UsageRetracted]:
    until = None if command.valid_to is None else micros_of(command.valid_to)
    asked = Asked(command.after, micros_of(command.valid_from), until, command.resource_id)
    page = view.get(CountedPage, asked.name) or CountedPage(name=asked.name)
    return (
        UsageRetracted(
            retraction_id=command.retraction_id,
            items=[*misplaced(page.places, view, also=command.resource_id)],
            reason=REASON,
            note=command.note,
            corrected=True,
            partitions=context.partitions,
            more=page.more,
            after=page.after if page.more else None,
            reassigned=same_fields(Reassigned, command),
        ),
    )


def _retracted(command: GuideAgain, view: View) -> dict[tuple[int, int], CountedRecord]:
    """Those that nothing counts in the place of yet."""
    names = {place_name(*place): place for place in command.places}
    standings = view.get_many(Standing, names)
    waiting = [
        name for name, standing in standings.items() if standing.status == RETRACTED and standing.moved_to is None
    ]
    counted = view.get_many(CountedRecord, waiting)
    return {names[name]: counted[name] for name in waiting if name in counted}


def evolve_reassignment(
    event: ResourceReassigned | UsageReassigned, envelope: Envelope, view: View
) -> Iterable[State | Gone]:
    match event:
        case ResourceReassigned():
            # By a timer and not at once: every partition then reads the assignment in its tables.
            command = same_fields(ReassignUsage, event)
            due = Due(
                name=_due(event.retraction_id),
                due_at=envelope.recorded_at,
                command_type=type_name("usage", ReassignUsage),
                command=msgspec.Raw(encode(command)),
            )
            return (due,)
        case UsageReassigned():
            return (Gone(Due, _due(event.retraction_id)),)


def _due(retraction_id: str) -> str:
    return f"reassign {retraction_id}"
