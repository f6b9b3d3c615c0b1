"""Rating learns whose a resource is, for outages that name equipment.

ResourceAssigned("olt-3/port-7", sub-1)  ->  AssignmentGuided, in the partition of the account of usage.guided

The one before, which ends where this one begins, is told again with its end. `subscription:<id>` says by itself whose
it is, and is not told.
"""

from __future__ import annotations

from datetime import datetime

from services.usage.resource.messages import AssignmentGuided, ResourceAssigned
from services.usage.resource.state import SUBSCRIPTION, Assignment, Resource
from services.usage.topics import GUIDED
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.instants import clamped


def react_resource(event: ResourceAssigned, envelope: Envelope, view: View) -> list[Send]:
    resource = view.get(Resource, event.resource_id)
    if resource is None or event.resource_id.startswith(SUBSCRIPTION):
        return []
    since = event.valid_from
    told = [one for one in resource.assignments if since in (_instant(one.valid_from), _instant(one.valid_to))]
    return [Send(_guided(event.resource_id, one), GUIDED) for one in told]


def _guided(resource_id: str, one: Assignment) -> AssignmentGuided:
    return AssignmentGuided(
        account_id=one.account,
        resource_id=resource_id,
        subscription_id=one.subscription,
        valid_from=clamped(one.valid_from),
        valid_to=_instant(one.valid_to),
    )


def _instant(micros: int | None) -> datetime | None:
    return None if micros is None else clamped(micros)
