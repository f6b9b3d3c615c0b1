"""Rating learns whose a resource is, for outages that name equipment; guiding, which lengths prefixes have.

ResourceAssigned("olt-3/port-7", sub-1)  ->  AssignmentGuided, in the partition of the account of usage.guided
ResourceRegistered("ip:10.1.2.0/24")     ->  NotePrefixLength("ip4", 24), unless that is known

The assignment before, which ends where this one begins, is told again with its end; of a reassignment also what is left
behind it, and what has no time left, which ends where it begins. `subscription:<id>` says by itself whose it is, and is
not told.
"""

from __future__ import annotations

from datetime import datetime

from services.usage.resource.messages import (
    AssignmentGuided,
    NotePrefixLength,
    ResourceAssigned,
    ResourceReassigned,
    ResourceRegistered,
)
from services.usage.resource.state import LENGTHS, SUBSCRIPTION, Assignment, PrefixLengths, Resource
from services.usage.topics import GUIDED
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.instants import clamped
from shared.kernel.resource_names import prefix_of


def react_resource(
    event: ResourceRegistered | ResourceAssigned | ResourceReassigned, envelope: Envelope, view: View
) -> list[Send]:
    if event.resource_id.startswith(SUBSCRIPTION):
        return []
    noted = _length_noted(event.resource_id, view)
    match event:
        case ResourceRegistered():
            return noted
        case ResourceAssigned():
            return [*noted, *_told(event.resource_id, view, event.valid_from)]
        case ResourceReassigned():
            return [*noted, *_without_time(event, view), *_told(event.resource_id, view, *_ends(event))]


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


def _told(resource_id: str, view: View, *seams: datetime) -> list[Send]:
    """The assignments that begin or end at one of the instants."""
    told = [
        one
        for one in _assignments(resource_id, view)
        if not {_instant(one.valid_from), _instant(one.valid_to)}.isdisjoint(seams)
    ]
    return [Send(_guided(resource_id, one), GUIDED) for one in told]


def _without_time(event: ResourceReassigned, view: View) -> list[Send]:
    left = {(_instant(one.valid_from), one.account) for one in _assignments(event.resource_id, view)}
    return [
        Send(
            AssignmentGuided(
                account_id=one.account_id,
                resource_id=event.resource_id,
                subscription_id=one.subscription_id,
                valid_from=one.valid_from,
                valid_to=one.valid_from,
            ),
            GUIDED,
        )
        for one in event.displaced
        if (one.valid_from, one.account_id) not in left
    ]


def _ends(event: ResourceReassigned) -> tuple[datetime, ...]:
    return (event.valid_from,) if event.valid_to is None else (event.valid_from, event.valid_to)


def _assignments(resource_id: str, view: View) -> tuple[Assignment, ...]:
    resource = view.get(Resource, resource_id)
    return () if resource is None else resource.assignments


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
