"""Time that was another line's, or nobody's, is somebody's after all: what becomes of a resource's assignments.

    acme   1 September ->                                     ReassignResource(bolt, 10 to 20 September)
    acme   1 September -> 10 September
    bolt  10 September -> 20 September
    acme  20 September ->

With nobody in the place of bolt the ten days are left out. The usage that was counted then follows (reassignment/).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from services.usage.resource.messages import Displaced, ReassignResource, ResourceReassigned
from services.usage.resource.state import Assignment, Resource, micros_of, outside
from shared.kernel.errors import Rejection
from shared.kernel.instants import clamped
from shared.kernel.same_fields import same_fields


def reassign(
    command: ReassignResource, resource: Resource, ends_at: int | None, partitions: int
) -> Sequence[ResourceReassigned]:
    """Nothing where all of the time is the subscription's already, or nobody's. Refused: `invalid_period`."""
    if command.valid_to is not None and command.valid_to <= command.valid_from:
        raise Rejection("invalid_period", "an assignment ends after it starts", pointer="/to")
    since, until = _span(command)
    event = same_fields(
        ResourceReassigned,
        command,
        ends_at=None if ends_at is None else clamped(ends_at),
        displaced=[_displaced(a) for a in resource.assignments if [*outside(a, since, until)] != [a]],
        partitions=partitions,
    )
    changed = _joined(reassigned(event, resource).assignments) != _joined(resource.assignments)
    return (event,) if changed else ()


def reassigned(event: ResourceReassigned, resource: Resource | None) -> Resource:
    """The resource with the assignment, and with what the others have outside of its time."""
    known = resource or Resource(resource_id=event.resource_id, version=0)
    since, until = _span(event)
    kept = [part for a in known.assignments for part in outside(a, since, until)]
    if event.account_id is not None and event.subscription_id is not None:
        ends_at = None if event.ends_at is None else micros_of(event.ends_at)
        kept.append(Assignment(since, until, event.account_id, event.subscription_id, ends_at))
    ordered = tuple(sorted(kept, key=lambda a: a.valid_from))
    return Resource(resource_id=known.resource_id, assignments=ordered, version=known.version + 1)


def _joined(assignments: Sequence[Assignment]) -> list[Assignment]:
    """The same without seams: what a subscription has without a break is one assignment."""
    joined: list[Assignment] = []
    for one in assignments:
        last = joined[-1] if joined else None
        if last is not None and last.valid_to == one.valid_from and _is_same(last, one):
            joined[-1] = replace(last, valid_to=one.valid_to)
        else:
            joined.append(one)
    return joined


def _is_same(one: Assignment, other: Assignment) -> bool:
    return (one.account, one.subscription, one.ends_at) == (other.account, other.subscription, other.ends_at)


def _span(message: ReassignResource | ResourceReassigned) -> tuple[int, int | None]:
    return micros_of(message.valid_from), None if message.valid_to is None else micros_of(message.valid_to)


def _displaced(assignment: Assignment) -> Displaced:
    valid_to = None if assignment.valid_to is None else clamped(assignment.valid_to)
    return Displaced(assignment.account, assignment.subscription, clamped(assignment.valid_from), valid_to)
