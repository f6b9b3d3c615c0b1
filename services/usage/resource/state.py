"""What is known of resources: in the partition of their id, read everywhere.

Resource("mac:00:1b:44:11:3a:b7", assignments=(Assignment(1 September, None, "acme", "sub-1"),))
PrefixLengths({"ip4": (16, 24)})      which prefixes are worth looking for; reference data
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Final

import msgspec
from msgspec.structs import replace

from shared.kernel.decider import Home, State, View
from shared.kernel.instants import EPOCH
from shared.kernel.resource_names import Family, spellings

SUBSCRIPTION: Final = "subscription:"
"""What the id of a subscription's own resource begins with."""

ID_LENGTH_MAX: Final = 255
"""Characters of a resource's id; at least one, all printable."""


class Assignment(msgspec.Struct, frozen=True, array_like=True):
    """Usage that starts in [valid_from, valid_to) belongs to the subscription; open-ended when `None`.

    `ends_at`: where the subscription itself ends, from when on none is its own. Instants
    are microseconds since the epoch, as in the records they are compared with.
    """

    valid_from: int
    valid_to: int | None
    account: str
    subscription: str
    ends_at: int | None = None

    @property
    def until(self) -> int | None:
        """The first instant whose usage is not the subscription's; `None` without an end."""
        ends = [end for end in (self.valid_to, self.ends_at) if end is not None]
        return min(ends, default=None)


class Resource(State, frozen=True, kw_only=True):
    """The equipment's name for a line; `assignments` are in order of time and do not overlap."""

    KEY_FIELD = "resource_id"
    HOME: ClassVar[Home] = Home.KEYED

    resource_id: str
    assignments: tuple[Assignment, ...] = ()
    version: int = 1


LENGTHS: Final = "lengths"


class PrefixLengths(State, frozen=True, kw_only=True):
    """The lengths that prefixes have, by family, in rising order. One that was in use once stays."""

    HOME: ClassVar[Home] = Home.REFERENCE

    lengths: Mapping[Family, tuple[int, ...]] = {}

    @property
    def key(self) -> str:
        return LENGTHS

    def of(self, family: Family) -> tuple[int, ...]:
        return self.lengths.get(family, ())


def known_as(resource_id: str, view: View) -> Resource | None:
    """The resource; an address also where it was registered in another spelling, before there was one form."""
    found = view.get(Resource, resource_id)
    others = spellings(resource_id)[1:] if found is None else ()
    known = view.get_many(Resource, others) if others else {}
    return next((known[spelling] for spelling in others if spelling in known), found)


def in_effect(assignments: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    """The same with `valid_to` where their subscriptions end, for who compares with that alone."""
    for one in assignments:
        if one.ends_at is not None:
            return tuple(Assignment(a.valid_from, a.until, a.account, a.subscription) for a in assignments)
    return assignments


def assigned_at(assignments: Iterable[Assignment], started_at: int) -> Assignment | None:
    """Whose usage it is that starts at that instant, in microseconds since the epoch."""
    for assignment in assignments:
        until = assignment.until
        if assignment.valid_from <= started_at and (until is None or started_at < until):
            return assignment
    return None


def outside(assignment: Assignment, since: int, until: int | None) -> Iterator[Assignment]:
    """What is left of an assignment without [since, until): all of it, a part before, one behind, or nothing."""
    end = assignment.valid_to
    if assignment.valid_from < since:
        before = since if end is None else min(end, since)
        yield replace(assignment, valid_to=before)
    if until is not None and (end is None or until < end):
        yield replace(assignment, valid_from=max(assignment.valid_from, until))


def micros_of(instant: datetime) -> int:
    """Microseconds since the epoch, as assignments and records have them."""
    return (instant - EPOCH) // timedelta(microseconds=1)
