"""Resources, and who a resource belonged to when.

    RegisterResource("mac:00:1b")                                     -> ResourceRegistered
    AssignResource("mac:00:1b", "acme", "sub-1", from 1 September)    -> ResourceAssigned, open-ended
    AssignResource("mac:00:1b", "bolt", "sub-9", from 1 October)      -> ResourceAssigned; acme's ends there

    RegisterResource("ip:10.1.2.0/24")                                -> ResourceRegistered; PrefixLengthNoted follows
    EndAssignments("mac:00:1b", "sub-1", at 20 September)             -> AssignmentsEnded: there sub-1's ends
    ReassignResource("mac:00:1b", "sub-9", 10 to 20 September)        -> ResourceReassigned (reassigning.py)

Assignments of a resource never overlap: usage belongs to one subscription. A prefix and what it covers have assignments
of their own, and the longest wins (prefixes.py). Rating assigns `subscription:<id>` when a subscription
starts, and so usage knows which subscriptions there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, assert_never

from services.usage.resource.messages import (
    AssignmentsEnded,
    AssignResource,
    EndAssignments,
    NotePrefixLength,
    PrefixLengthNoted,
    ReassignResource,
    RegisterResource,
    ResourceAssigned,
    ResourceReassigned,
    ResourceRegistered,
)
from services.usage.resource.prefixes import CoveringPrefixes
from services.usage.resource.reassigning import reassign, reassigned
from services.usage.resource.state import LENGTHS, SUBSCRIPTION, Assignment, PrefixLengths, Resource, micros_of
from shared.kernel.decider import Context, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, unknown_aggregate
from shared.kernel.instants import EPOCH
from shared.kernel.resource_names import check_prefix

UNNOTICED_US: Final = 300_000_000
"""Of another line's time so much may be taken that is over: who says "from now on" says it in whole minutes, and
equipment reports every five."""

ResourceCommand = RegisterResource | AssignResource | ReassignResource | EndAssignments | NotePrefixLength
ResourceEvent = ResourceRegistered | ResourceAssigned | ResourceReassigned | PrefixLengthNoted | AssignmentsEnded


def decide_resource(command: ResourceCommand, view: View, context: Context) -> Sequence[ResourceEvent]:
    match command:
        case RegisterResource():
            return _register(command, view)
        case AssignResource():
            return _assign(command, view, context)
        case ReassignResource():
            return _reassign(command, view, context)
        case NotePrefixLength():
            return _note_length(command, view)
        case EndAssignments():
            return _end(command, view)
        case _:
            assert_never(command)


def evolve_resource(event: ResourceEvent, envelope: Envelope, view: View) -> Sequence[Resource | PrefixLengths]:
    match event:
        case ResourceRegistered():
            return (Resource(resource_id=event.resource_id),)
        case ResourceAssigned():
            return (_assigned(event, view.get(Resource, event.resource_id)),)
        case ResourceReassigned():
            return (reassigned(event, view.get(Resource, event.resource_id)),)
        case PrefixLengthNoted():
            return (_noted(event, _lengths(view)),)
        case AssignmentsEnded():
            known = view.get(Resource, event.resource_id)
            return () if known is None else (_ended(event, known),)
        case _:
            assert_never(event)


def _register(command: RegisterResource, view: View) -> Sequence[ResourceRegistered]:
    check_prefix(command.resource_id)
    if view.get(Resource, command.resource_id) is not None:
        detail = f"{command.resource_id} is registered already; assign it"
        raise Rejection("resource_exists", detail, pointer="/id", status=409)
    return (ResourceRegistered(resource_id=command.resource_id),)


def _assign(command: AssignResource, view: View, context: Context) -> Sequence[ResourceRegistered | ResourceAssigned]:
    """Refused: an interval that ends before it starts, that another assignment covers in part, or that is over and was
    another line's.

    Asked again for an assignment that is in force already, it changes nothing.
    """
    resource = view.get(Resource, command.resource_id)
    if resource is None and not command.register:
        raise unknown_aggregate("resource", command.resource_id)
    if resource is not None:
        context.check_version(resource.version)
    if command.valid_to is not None and command.valid_to <= command.valid_from:
        raise Rejection("invalid_period", "an assignment ends after it starts", pointer="/to")
    if not command.register:
        _check_subscription(command.account_id, command.subscription_id, view)
    wanted = _assignment_of(command)
    if resource is not None and wanted in resource.assignments:
        return ()
    for other in resource.assignments if resource is not None else ():
        if _overlap(other, wanted):
            since = _day(other.valid_from)
            detail = f"{command.resource_id} belongs to subscription {other.subscription} since {since}, which overlaps"
            raise Rejection("assignment_overlap", detail, pointer="/from", status=409)
    if not command.register:
        _check_past(command.resource_id, wanted, resource, view, context)
    assigned = ResourceAssigned(
        resource_id=command.resource_id,
        account_id=command.account_id,
        subscription_id=command.subscription_id,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
    )
    return (assigned,) if resource is not None else (ResourceRegistered(resource_id=command.resource_id), assigned)


def _check_past(resource_id: str, wanted: Assignment, resource: Resource | None, view: View, context: Context) -> None:
    """Refuse to take time that is over from another line: what was used then was counted there, and stays there."""
    prefixes = CoveringPrefixes(view, (resource_id,)).of(resource_id)
    past = micros_of(context.now) - UNNOTICED_US
    until = past if wanted.valid_to is None else min(past, wanted.valid_to)
    for held in (*((resource,) if resource is not None else ()), *prefixes):
        for other in held.assignments:
            since, end = max(other.valid_from, wanted.valid_from), until
            end = end if other.until is None else min(end, other.until)
            if other.subscription != wanted.subscription and since < end:
                whose = f"subscription {other.subscription}, by {held.resource_id}"
                detail = f"usage since {_day(since)} was counted for {whose}; assign it from now on, or reassign it"
                raise Rejection("reassigned_in_past", detail, pointer="/from", status=409)


def _reassign(command: ReassignResource, view: View, context: Context) -> Sequence[ResourceReassigned]:
    resource = view.get(Resource, command.resource_id)
    if resource is None:
        raise unknown_aggregate("resource", command.resource_id)
    context.check_version(resource.version)
    ends_at = None
    if command.subscription_id is not None:
        ends_at = _check_subscription(command.account_id, command.subscription_id, view).ends_at
    return reassign(command, resource, ends_at, context.partitions)


def _note_length(command: NotePrefixLength, view: View) -> Sequence[PrefixLengthNoted]:
    if command.length in _lengths(view).of(command.family):
        return ()
    return (PrefixLengthNoted(family=command.family, length=command.length, resource_id=command.resource_id),)


def _noted(event: PrefixLengthNoted, known: PrefixLengths) -> PrefixLengths:
    lengths = tuple(sorted({*known.of(event.family), event.length}))
    return PrefixLengths(lengths={**known.lengths, event.family: lengths})


def _lengths(view: View) -> PrefixLengths:
    return view.get(PrefixLengths, LENGTHS) or PrefixLengths()


def _assigned(event: ResourceAssigned, resource: Resource | None) -> Resource:
    """The resource with one more assignment; an open-ended one before it ends where it starts."""
    known = resource or Resource(resource_id=event.resource_id, version=0)
    new = _assignment_of(event)
    others = [
        Assignment(a.valid_from, new.valid_from, a.account, a.subscription, a.ends_at) if _is_succeeded(a, new) else a
        for a in known.assignments
    ]
    ordered = tuple(sorted([*others, new], key=lambda a: a.valid_from))
    return Resource(resource_id=known.resource_id, assignments=ordered, version=known.version + 1)


def _end(command: EndAssignments, view: View) -> Sequence[AssignmentsEnded]:
    resource = view.get(Resource, command.resource_id)
    if resource is None:
        return ()
    ended = AssignmentsEnded(
        resource_id=resource.resource_id,
        account_id=command.account_id,
        subscription_id=command.subscription_id,
        ends_at=command.ends_at,
    )
    return () if _ended(ended, resource).assignments == resource.assignments else (ended,)


def _ended(event: AssignmentsEnded, resource: Resource) -> Resource:
    """The resource with what the subscription has of it, which ends with that."""
    at = None if event.ends_at is None else micros_of(event.ends_at)
    assignments = tuple(
        Assignment(a.valid_from, a.valid_to, a.account, a.subscription, at)
        if (a.account, a.subscription) == (event.account_id, event.subscription_id)
        else a
        for a in resource.assignments
    )
    return Resource(resource_id=resource.resource_id, assignments=assignments, version=resource.version + 1)


def _assignment_of(message: AssignResource | ResourceAssigned) -> Assignment:
    return Assignment(
        micros_of(message.valid_from),
        None if message.valid_to is None else micros_of(message.valid_to),
        message.account_id,
        message.subscription_id,
    )


def _check_subscription(account_id: str | None, subscription_id: str, view: View) -> Assignment:
    """The subscription's own. Refused: one that there is not, or that is another account's."""
    subscription = view.get(Resource, SUBSCRIPTION + subscription_id)
    if subscription is None or not subscription.assignments:
        raise unknown_aggregate("subscription", subscription_id, pointer="/subscription_id")
    own = subscription.assignments[-1]
    if own.account != account_id:
        detail = f"subscription {subscription_id} is not one of account {account_id}"
        raise Rejection("wrong_account", detail, pointer="/account_id")
    return own


def _is_succeeded(earlier: Assignment, new: Assignment) -> bool:
    """Whether an open-ended assignment simply ends where the new one begins."""
    return earlier.valid_to is None and earlier.valid_from < new.valid_from


def _overlap(a: Assignment, b: Assignment) -> bool:
    if _is_succeeded(a, b):
        return False
    return (b.valid_to is None or a.valid_from < b.valid_to) and (a.valid_to is None or b.valid_from < a.valid_to)


def _day(micros: int) -> str:
    return (EPOCH + timedelta(microseconds=micros)).date().isoformat()
