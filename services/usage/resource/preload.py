"""What a command tells of the resources that it will ask for."""

from __future__ import annotations

from collections.abc import Sequence

from services.usage.resource.messages import AssignResource, EndAssignments
from services.usage.resource.state import SUBSCRIPTION, Resource
from shared.kernel.decider import State


def preload_resource(command: AssignResource | EndAssignments) -> Sequence[tuple[type[State], str]]:
    if isinstance(command, EndAssignments):
        return ((Resource, command.resource_id),)
    return ((Resource, command.resource_id), (Resource, SUBSCRIPTION + command.subscription_id))
