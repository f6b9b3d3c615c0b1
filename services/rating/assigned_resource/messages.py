"""What rating knows of resources, which usage assigns: whose line an outage of equipment was.

usage.AssignmentGuided -> KnowAssignment(resource_id="olt-3/port-7", subscription_id="sub-1", ...) -> AssignmentKnown
"""

from __future__ import annotations

from datetime import datetime

from shared.kernel.message import Command, Event


class KnowAssignment(Command, frozen=True, kw_only=True):
    """Keep whose a resource is in [valid_from, valid_to), open-ended when `None`. Told again, it is kept again."""

    account_id: str
    resource_id: str
    subscription_id: str
    valid_from: datetime
    valid_to: datetime | None = None


class AssignmentKnown(Event, frozen=True, kw_only=True):
    """From `valid_from` on (to `valid_to`, open when `None`) the resource is the subscription's."""

    account_id: str
    resource_id: str
    subscription_id: str
    valid_from: datetime
    valid_to: datetime | None = None
