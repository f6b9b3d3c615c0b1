"""The resources that a subscription has or had, out of their table, for the one batch that asks.

    ResourcesOfLine("sub-1", ["mac:00:1b:44:11:3a:b7", "olt-3/port-7"])

It is as of the batch before: usage of a resource that is assigned in the very batch in which its subscription ends is
given back by rating, as all usage behind an end is that finds its way here.
"""

from __future__ import annotations

from typing import ClassVar, Final

from shared.kernel.decider import State

RESOURCES_MAX: Final = 1_000


class ResourcesOfLine(State, frozen=True, kw_only=True):
    """At most 1,000 of them, by name."""

    KEY_FIELD: ClassVar[str] = "subscription_id"
    STORED: ClassVar[bool] = False

    subscription_id: str
    resources: list[str]
