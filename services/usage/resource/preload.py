"""What a command tells of the resources that it will ask for."""

from __future__ import annotations

from collections.abc import Sequence

from services.usage.resource.messages import AssignResource, EndAssignments, ReassignResource
from services.usage.resource.state import SUBSCRIPTION, Resource
from shared.kernel.decider import State


def preload_resource(
    command: AssignResource | EndAssignments | ReassignResource,
) -> Sequence[tuple[type[State], str]]:
    if isinstance(command, EndAssignments) or command.subscription_id is None:
        return ((Resource, command.resource_id),)
    return ((Resource, command.resource_id), (Resource, SUBSCRIPTION + command.subscription_id))
