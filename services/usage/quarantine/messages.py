"""Quarantine: records that wait for a person, each with its reason. Those that rating gives back come here too.

ReturnUsage(seq=1842, items=[(17, "too_late")])      rating asks
UsageReturned(seq=1842, items=[(17, "too_late")])    usage/3/1842#17 is quarantined, no longer accepted

RecycleUsage(items=[(1842, 17)])                     try these once more
UsageRecorded(records=[...], recycled={0: (1842, 17)})   what could be taken, counted here and no longer there

ResourceAssigned("mac:00:1b")  ->  timer: RecallUsage   ->  UsageRecalled   ->  RecycleResource to every partition
SourceDefined("olt-12")        ->  timer: RecallSource  ->  SourceRecalled  ->  RecycleSource to every partition
DiscardUsage(items=[(1842, 18)], reason="test traffic")  ->  UsageDiscarded
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Final

from msgspec import Meta

from shared.kernel.bounds import Count, Index, Seq
from shared.kernel.message import Command, Event

ITEMS_MAX: Final = 500
"""Records that one command recycles or discards."""

Item = Annotated[int, Meta(ge=-1_000_000, le=1_000_000)]
"""An index in an event's records; -1, -2, ... in what it set aside."""

Place = tuple[Seq, Index]
"""Where a record stands in its partition: the number of its event, and its index in that."""


class ReturnUsage(Command, frozen=True, kw_only=True):
    """Rating gives records back: `[index, reason]` into event `seq` of this partition. They go to quarantine."""

    KEY_FIELD = "seq"

    seq: int
    items: list[tuple[int, str]]
    account_id: str | None = None


class RecycleUsage(Command, frozen=True, kw_only=True):
    """Try these records of the partition, `(seq, index)`, once more, at most 500. Those that can't be taken stay."""

    KEY_FIELD = ""

    items: list[tuple[int, int]]


class RecallUsage(Command, frozen=True, kw_only=True):
    """A resource was assigned: its parked records are to come back. Its timer sends it."""

    KEY_FIELD = "resource_id"

    resource_id: str


class RecycleResource(Command, frozen=True, kw_only=True):
    """Try the parked records of a resource once more that stand behind `after` in this partition, a page of them."""

    KEY_FIELD = "resource_id"
    HOT: ClassVar[bool] = True

    resource_id: str
    after: tuple[int, int] = (0, 0)


class RecallSource(Command, frozen=True, kw_only=True):
    """A source was defined: what was parked because nobody had is to come back. Its timer sends it."""

    KEY_FIELD = "source_id"
    REFERENCE: ClassVar[bool] = True

    source_id: str


class RecycleSource(Command, frozen=True, kw_only=True):
    """Try the parked records of a source once more that stand behind `after` in this partition, a page of them."""

    KEY_FIELD = "source_id"
    HOT: ClassVar[bool] = True

    source_id: str
    after: tuple[int, int] = (0, 0)


class DiscardUsage(Command, frozen=True, kw_only=True):
    """Give these parked records of the partition up: `(seq, item)`, at most 500; below zero: malformed.

    Refused: `not_quarantined`.
    """

    KEY_FIELD = ""

    items: list[tuple[int, int]]
    reason: str


class UsageReturned(Event, frozen=True, kw_only=True):
    """Records that rating could not take back in quarantine: `[index, reason]` into the event numbered `seq` here.

    Reasons: `too_late` (the period is closed), `no_subscription`. Those that are `retracted` meanwhile do not go there:
    only once they are restored.
    """

    KEY_FIELD = "seq"

    seq: Seq
    items: list[tuple[Index, str]]
    account_id: str | None = None
    retracted: list[tuple[Index, str]] = []


class UsageRecalled(Event, frozen=True, kw_only=True):
    """All partitions are asked for the parked records of a resource."""

    KEY_FIELD = "resource_id"

    resource_id: str
    partitions: Count


class ResourceRecycled(Event, frozen=True, kw_only=True):
    """A page of a resource's parked records was tried once more; `more` stand behind `after`."""

    KEY_FIELD = "resource_id"

    resource_id: str
    partition: Count
    after: tuple[Seq, Item]
    more: bool = False


class SourceRecalled(Event, frozen=True, kw_only=True):
    """All partitions are asked for the records of a source that were parked because nobody had defined it."""

    KEY_FIELD = "source_id"

    source_id: str
    partitions: Count


class SourceRecycled(Event, frozen=True, kw_only=True):
    """A page of a source's parked records was tried once more; `more` stand behind `after`."""

    KEY_FIELD = "source_id"

    source_id: str
    partition: Count
    after: tuple[Seq, int]
    more: bool = False


class UsageDiscarded(Event, frozen=True, kw_only=True):
    """Parked records that nobody will bill: `(seq, item)` here, and why."""

    KEY_FIELD = ""

    items: list[tuple[Seq, Item]]
    reason: str
