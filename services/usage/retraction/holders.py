"""Whose records are by now: as they would be guided if they came again.

misplaced(["1842#17"])      counted for acme, whose the resource was not          -> 1842#17
guided_again(["1842#17"])   bolt has had it then, or nobody                       -> the record, guided or parked
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from services.usage.quarantine.messages import Place
from services.usage.quarantine.state import RECALLED, place_name
from services.usage.record.messages import RecordedColumns, RecordedUsage, UsageRecorded
from services.usage.record.state import NUMBERS, GuidedNumbers, next_numbers
from services.usage.resource.prefixes import CoveringPrefixes
from services.usage.resource.state import Assignment, assigned_at, known_as
from services.usage.retraction.messages import RetractedItem
from services.usage.retraction.state import REFUSED, RESTORED, CountedRecord, Standing
from shared.kernel.decider import Context, View

NOBODY = "no_subscription"


class Holders:
    """Who has the resources of records, each looked up once. `also` is a prefix that was reassigned, if it is one."""

    def __init__(self, view: View, records: Iterable[RecordedUsage], also: str | None = None) -> None:
        self._view = view
        self._prefixes = CoveringPrefixes(view, [record.resource for record in records], also=also)
        self._own: dict[str, tuple[Assignment, ...]] = {}

    def of(self, record: RecordedUsage) -> Assignment | None:
        """As usage is guided: by the resource's own assignment then, else by the longest prefix that has one (R19)."""
        own = self._own.get(record.resource)
        if own is None:
            known = known_as(record.resource, self._view)
            own = self._own[record.resource] = () if known is None else known.assignments
        found = assigned_at(own, record.started_at)
        return found or self._prefixes.assigned_at(record.resource, record.started_at)

    def is_misplaced(self, record: RecordedUsage, parked: str | None) -> bool:
        """Whether it is with another than who has its resource. What has no holder yet comes back by itself."""
        if record.account is None or (parked is not None and parked in RECALLED):
            return False
        found = self.of(record)
        return found is None or (found.account, found.subscription) != (record.account, record.subscription)


def misplaced(places: Iterable[Place], view: View, also: str | None = None) -> Iterator[RetractedItem]:
    """Those of the records that count, and do so for another than who has their resource."""
    names = {place_name(*place): place for place in places}
    standings, counted = view.get_many(Standing, names), view.get_many(CountedRecord, names)
    holders = Holders(view, (one.record for one in counted.values()), also)
    for name, place in names.items():
        standing = standings.get(name)
        counts = standing is None or standing.status in (RESTORED, REFUSED)
        held = counted.get(name) if counts else None
        if held is not None and holders.is_misplaced(held.record, held.parked):
            yield RetractedItem(*place, held.parked)


def guided_again(
    counted: Mapping[Place, CountedRecord], view: View, context: Context, detail: str
) -> UsageRecorded | None:
    """What counts in the place of these records, which count no longer: for whoever has their resource now."""
    if not counted:
        return None
    holders = Holders(view, (one.record for one in counted.values()))
    records = RecordedColumns.of([_guided(one.record, holders, detail) for one in counted.values()])
    numbers = view.get(GuidedNumbers, NUMBERS) or GuidedNumbers()
    return UsageRecorded(
        records=records,
        guided=next_numbers(records, numbers, context.partitions),
        partitions=context.partitions,
        corrects=dict(enumerate(counted)),
    )


def _guided(record: RecordedUsage, holders: Holders, detail: str) -> RecordedUsage:
    found = holders.of(record)
    if found is None:
        said = f"{record.resource} was not assigned to a subscription at that time"
        return replace(record, account=None, subscription=None, reason=NOBODY, detail=said, counter=None)
    account, subscription = found.account, found.subscription
    return replace(record, account=account, subscription=subscription, reason=None, detail=detail, counter=None)
