"""Usage follows its resource: what was counted for whoever had it is retracted, and guided again.

ResourceReassigned("mac:00:1b")        ->  timer: ReassignUsage  ->  UsageReassigned  ->  RetractReassigned, everywhere
RetractReassigned(after=(1842, 17))    ->  UsageRetracted, one page of the resource's records after the other
RetractionSettled                      ->  GuideAgain  ->  UsageRecorded(corrects={0: (1842, 17)})
"""

from __future__ import annotations

from datetime import datetime

from shared.kernel.bounds import Count
from shared.kernel.message import Command, Event


class ReassignUsage(Command, frozen=True, kw_only=True):
    """A resource was reassigned: its usage in [valid_from, valid_to) is to follow. Its timer sends it."""

    KEY_FIELD = "resource_id"

    resource_id: str
    retraction_id: str
    valid_from: datetime
    valid_to: datetime | None = None
    note: str | None = None


class RetractReassigned(Command, frozen=True, kw_only=True):
    """Retract what was counted of the resource's usage for another than who has it now, behind `after` here, a page."""

    KEY_FIELD = "retraction_id"

    resource_id: str
    retraction_id: str
    valid_from: datetime
    valid_to: datetime | None = None
    note: str | None = None
    after: tuple[int, int] = (0, -1)


class RetractMisplaced(Command, frozen=True, kw_only=True):
    """Retract those of the records that were restored while their resource was reassigned."""

    KEY_FIELD = "retraction_id"

    retraction_id: str
    places: list[tuple[int, int]]


class GuideAgain(Command, frozen=True, kw_only=True):
    """Count these retracted records for whoever has their resource now; for nobody, they go to quarantine."""

    KEY_FIELD = "retraction_id"

    retraction_id: str
    places: list[tuple[int, int]]


class UsageReassigned(Event, frozen=True, kw_only=True):
    """All partitions are asked for what they counted of a resource that was reassigned."""

    KEY_FIELD = "resource_id"

    resource_id: str
    retraction_id: str
    valid_from: datetime
    valid_to: datetime | None = None
    note: str | None = None
    partitions: Count = 1
