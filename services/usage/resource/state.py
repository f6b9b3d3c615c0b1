"""What is known of resources: in the partition of their id, read everywhere.

Resource("mac:00:1b:44:11:3a:b7", assignments=(Assignment(1 September, None, "acme", "sub-1"),))
"""

from __future__ import annotations

from typing import ClassVar, Final

import msgspec

from shared.kernel.decider import Home, State

SUBSCRIPTION: Final = "subscription:"
"""What the id of a subscription's own resource begins with."""

ID_LENGTH_MAX: Final = 255
"""Characters of a resource's id; at least one, all printable."""


class Assignment(msgspec.Struct, frozen=True, array_like=True):
    """Usage that starts in [valid_from, valid_to) belongs to the subscription; open-ended when `None`.

    Instants are microseconds since the epoch, as in the records they are compared with.
    """

    valid_from: int
    valid_to: int | None
    account: str
    subscription: str


class Resource(State, frozen=True, kw_only=True):
    """The equipment's name for a line; `assignments` are in order of time and do not overlap."""

    KEY_FIELD = "resource_id"
    HOME: ClassVar[Home] = Home.KEYED

    resource_id: str
    assignments: tuple[Assignment, ...] = ()
    version: int = 1
