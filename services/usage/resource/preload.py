"""What a command tells of the resources that it will ask for."""

from __future__ import annotations

from collections.abc import Sequence

from services.usage.resource.messages import AssignResource
from services.usage.resource.state import SUBSCRIPTION, Resource
from shared.kernel.decider import State


def preload_resource(command: AssignResource) -> Sequence[tuple[type[State], str]]:
    return ((Resource, command.resource_id), (Resource, SUBSCRIPTION + command.subscription_id))
