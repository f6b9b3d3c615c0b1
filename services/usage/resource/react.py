"""Rating learns whose a resource is, for outages that name equipment; guiding, which lengths prefixes have.

ResourceAssigned("olt-3/port-7", sub-1)  ->  AssignmentGuided, in the partition of the account of usage.guided
ResourceRegistered("ip:10.1.2.0/24")     ->  NotePrefixLength("ip4", 24), unless that is known

The assignment before, which ends where this one begins, is told again with its end. `subscription:<id>` says by itself
whose it is, and is not told.
"""

from __future__ import annotations

from datetime import datetime

from services.usage.resource.messages import AssignmentGuided, NotePrefixLength, ResourceAssigned, ResourceRegistered
from services.usage.resource.state import LENGTHS, SUBSCRIPTION, Assignment, PrefixLengths, Resource
from services.usage.topics import GUIDED
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.instants import clamped
from shared.kernel.resource_names import prefix_of


def react_resource(event: ResourceRegistered | ResourceAssigned, envelope: Envelope, view: View) -> list[Send]:
    if event.resource_id.startswith(SUBSCRIPTION):
        return []
    noted = _length_noted(event.resource_id, view)
    return noted if isinstance(event, ResourceRegistered) else [*noted, *_told(event, view)]


def _length_noted(resource_id: str, view: View) -> list[Send]:
    """Also where it is assigned: it may have been registered before prefixes were looked for."""
    prefix = prefix_of(resource_id)
    if prefix is None:
        return []
    known = view.get(PrefixLengths, LENGTHS) or PrefixLengths()
    if prefix.length in known.of(prefix.family):
        return []
    note = NotePrefixLength(family=prefix.family, length=prefix.length, resource_id=resource_id)
    return [Send(note, "usage")]


def _told(event: ResourceAssigned, view: View) -> list[Send]:
    resource = view.get(Resource, event.resource_id)
    since = event.valid_from
    known = () if resource is None else resource.assignments
    told = [one for one in known if since in (_instant(one.valid_from), _instant(one.valid_to))]
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
