"""Whose a resource without an assignment of its own is: that of the longest prefix over it that is assigned then (R19).

    ip:10.1.0.0/16 -> bolt      ip:10.1.2.0/24 -> acme      ip:10.1.2.7 -> eve, until 1 October
    ip:10.1.2.7, in September -> eve       in October -> acme       ip:10.1.3.1 -> bolt

A batch asks once for all of its resources, and only for prefixes of the lengths in use; so what nobody registered
costs no question a record. A resource with an assignment of its own never comes here.
"""

from __future__ import annotations

from collections.abc import Iterable

from services.usage.resource.state import LENGTHS, Assignment, PrefixLengths, Resource, assigned_at
from shared.kernel.decider import View
from shared.kernel.resource_names import covering, family_of, prefix_of


class CoveringPrefixes:
    """Prefixes over the resources of one command, given by their canonical names.

    `also` is one more prefix that is looked for, though its length may not be known here yet: the one whose assignment
    is the reason to ask.
    """

    def __init__(self, view: View, resources: Iterable[str], also: str | None = None) -> None:
        self._view = view
        self._resources = resources
        self._also = also
        self._covering: dict[str, tuple[Resource, ...]] | None = None

    def of(self, resource: str) -> tuple[Resource, ...]:
        """The registered prefixes that cover it, the longest first."""
        if self._covering is None:
            self._covering = self._found(self._resources)
        found = self._covering.get(resource)
        if found is None:
            found = self._covering[resource] = self._found((resource,))[resource]
        return found

    def assigned_at(self, resource: str, started_at: int) -> Assignment | None:
        """Whose usage of it is that starts at that instant, in microseconds since the epoch."""
        held = (assigned_at(prefix.assignments, started_at) for prefix in self.of(resource))
        return next((assignment for assignment in held if assignment is not None), None)

    def _found(self, resources: Iterable[str]) -> dict[str, tuple[Resource, ...]]:
        names = {resource: self._names(resource) for resource in dict.fromkeys(resources)}
        wanted = {name for covered in names.values() for name in covered}
        known = self._view.get_many(Resource, sorted(wanted)) if wanted else {}
        return {
            resource: tuple(known[name] for name in covered if name in known) for resource, covered in names.items()
        }

    def _names(self, resource: str) -> tuple[str, ...]:
        family = family_of(resource)
        if family is None:
            return ()
        known = self._view.get(PrefixLengths, LENGTHS) or PrefixLengths()
        lengths = known.of(family)
        also = prefix_of(self._also) if self._also is not None else None
        if also is not None and also.family == family and also.length not in lengths:
            lengths = (*lengths, also.length)
        return covering(resource, lengths) if lengths else ()
