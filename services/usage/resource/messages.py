"""Resources: the names that equipment knows lines by, and whose usage they meter when.

RegisterResource(resource_id="mac:00:1b:44:11:3a:b7")
RegisterResource(resource_id="ip:10.1.2.0/24")        a prefix: usage of every address in it that has no line of its own
AssignResource(resource_id="mac:00:1b:44:11:3a:b7", account_id="acme", subscription_id="sub-1", valid_from=...)
ReassignResource(resource_id="mac:00:1b:44:11:3a:b7", account_id="bolt", subscription_id="sub-9", valid_from=...)
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from shared.kernel.bounds import Count
from shared.kernel.message import Command, Event
from shared.kernel.resource_names import Family

Length = Annotated[int, Meta(ge=0, le=128)]
"""Of a prefix: bits of an address, digits of a number."""


class RegisterResource(Command, frozen=True, kw_only=True):
    """Make a resource known. Refused: `resource_exists`; of a prefix `invalid_prefix`, `host_bits_set`."""

    KEY_FIELD = "resource_id"

    resource_id: str


class AssignResource(Command, frozen=True, kw_only=True):
    """Let usage of the resource belong to a subscription from `valid_from`. Registers the resource if need be.

    Rating sends it for `subscription:<id>` when a subscription starts. Refused: `assignment_overlap`,
    `reassigned_in_past`.
    """

    KEY_FIELD = "resource_id"

    resource_id: str
    account_id: str
    subscription_id: str
    valid_from: datetime
    valid_to: datetime | None = None
    register: bool = False


class ReassignResource(Command, frozen=True, kw_only=True):
    """In [valid_from, valid_to) the resource was the subscription's, or with `None` nobody's, whoever has it by now.

    The usage that was counted then goes along, under `retraction_id`. Refused: `unknown_aggregate`, `invalid_period`,
    `wrong_account`.
    """

    KEY_FIELD = "resource_id"

    resource_id: str
    retraction_id: str
    account_id: str | None = None
    subscription_id: str | None = None
    valid_from: datetime
    valid_to: datetime | None = None
    note: str | None = None


class NotePrefixLength(Command, frozen=True, kw_only=True):
    """From now on look for prefixes of this length too. A resource that is the first of them sends it."""

    KEY_FIELD = "family"
    REFERENCE: ClassVar[bool] = True

    family: Family
    length: int
    resource_id: str


class EndAssignments(Command, frozen=True, kw_only=True):
    """The subscription ends at `ends_at` (`None`: it does not any more): usage of the resource is not its own after it.

    Rating sends it for all resources of a subscription. Nothing happens where it has none of this one, or knows it.
    """

    KEY_FIELD = "resource_id"

    resource_id: str
    account_id: str
    subscription_id: str
    ends_at: datetime | None = None


class ResourceRegistered(Event, frozen=True, kw_only=True):
    """The equipment's name for a line (`mac:…`, `ip:…`, `subscription:<id>`) is known, or a prefix of such names."""

    KEY_FIELD = "resource_id"

    resource_id: str


class ResourceAssigned(Event, frozen=True, kw_only=True):
    """From `valid_from` on (to `valid_to`, open when `None`) usage of the resource belongs to the subscription.

    An assignment that was open-ended before ends at `valid_from`.
    """

    KEY_FIELD = "resource_id"

    resource_id: str
    account_id: str
    subscription_id: str
    valid_from: datetime
    valid_to: datetime | None = None


class Displaced(msgspec.Struct, frozen=True, array_like=True):
    """An assignment as it was before another took some of its time, or all of it."""

    account_id: str
    subscription_id: str
    valid_from: datetime
    valid_to: datetime | None = None


class ResourceReassigned(Event, frozen=True, kw_only=True):
    """In [valid_from, valid_to) usage of the resource belongs to the subscription, or with `None` to nobody.

    What others had of that time is theirs no longer: `displaced` are their assignments as they were. Usage that was
    counted for them is retracted under `retraction_id`, by every one of `partitions`, and guided again.
    `ends_at`: where the subscription itself ends, if that is known.
    """

    KEY_FIELD = "resource_id"

    resource_id: str
    retraction_id: str
    account_id: str | None = None
    subscription_id: str | None = None
    valid_from: datetime
    valid_to: datetime | None = None
    ends_at: datetime | None = None
    displaced: list[Displaced] = []
    note: str | None = None
    partitions: Count = 1


class PrefixLengthNoted(Event, frozen=True, kw_only=True):
    """There are prefixes of this length in the family: IPv4, IPv6 (bits) or telephone numbers (digits).

    `resource_id` is the first. What was parked before its length was known everywhere comes back once more.
    """

    KEY_FIELD = "family"

    family: Family
    length: Length
    resource_id: str


class AssignmentsEnded(Event, frozen=True, kw_only=True):
    """Usage of the resource from `ends_at` on does not belong to the subscription, whatever its assignment says.

    `None`: the subscription does not end any more, and the assignment counts as it says.
    """

    KEY_FIELD = "resource_id"

    resource_id: str
    account_id: str
    subscription_id: str
    ends_at: datetime | None = None


class AssignmentGuided(Event, frozen=True, kw_only=True):
    """Rating is told whose the resource is, in the partition of the account: from `valid_from` (to `valid_to`)."""

    account_id: str
    resource_id: str
    subscription_id: str
    valid_from: datetime
    valid_to: datetime | None = None

    @property
    def key(self) -> str:
        return self.account_id
