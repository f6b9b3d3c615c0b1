"""Whose a resource is when, as usage tells; for outages of equipment."""

from __future__ import annotations

from typing import Final

from services.rating.assigned_resource import rows
from services.rating.assigned_resource.decide import decide_assignment, react_assignment
from services.rating.assigned_resource.loading import resources_of_lines
from services.rating.assigned_resource.messages import AssignmentKnown
from services.rating.assigned_resource.state import ResourcesOfLine
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_assignment,),
    unfolded=(AssignmentKnown,),
    follows=(react_assignment,),
    states=(ResourcesOfLine,),
    loaders={ResourcesOfLine: resources_of_lines},
    project=rows.project,
)
