"""What usage tells of assignments is kept as it is told. Decisions ask for it by its table: no state is kept."""

from __future__ import annotations

from services.rating.assigned_resource.messages import AssignmentKnown, KnowAssignment
from services.usage.resource.messages import AssignmentGuided
from shared.kernel.decider import Context, Do, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def decide_assignment(command: KnowAssignment, view: View, context: Context) -> list[AssignmentKnown]:
    return [same_fields(AssignmentKnown, command)]


def react_assignment(event: AssignmentGuided, envelope: Envelope, view: View) -> tuple[Do]:
    return (Do(same_fields(KnowAssignment, event)),)
