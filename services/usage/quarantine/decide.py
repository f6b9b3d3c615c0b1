"""Quarantine: what rating gives back is taken, what is mended is counted, what is given up is said so.

    RecycleUsage([(1842, 17)])   the resource is assigned now   -> UsageRecorded(recycled={0: (1842, 17)})
    RecycleUsage([(1842, 17)])   it still is not                -> nothing, it stays
    DiscardUsage([(1842, 17)])                                  -> UsageDiscarded

A record is recycled once: behind the event that counts it, it is no longer parked. One that rating gave back is tried
as its resource is assigned now; one without a price goes to the same account again. What a counter or a session could
not tell, and what was too late, no second try mends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final, TypeVar

import msgspec
from msgspec.structs import replace

from services.usage.meter.state import BUILT_IN, SUM, Meter
from services.usage.meter.units import CannotConvert, in_unit
from services.usage.quarantine.messages import (
    DiscardUsage,
    RecallSource,
    RecallUsage,
    RecycleResource,
    RecycleSource,
    RecycleUsage,
    ResourceRecycled,
    ReturnUsage,
    SourceRecalled,
    SourceRecycled,
    UsageDiscarded,
    UsageRecalled,
    UsageReturned,
)
from services.usage.quarantine.state import PAGE, ParkedPage, ParkedRecord, ParkedSourcePage, page_name, place_name
from services.usage.record.messages import RecordedColumns, RecordedUsage, UsageRecorded
from services.usage.record.state import AHEAD_MAX_US, NUMBERS, GuidedNumbers, next_numbers
from services.usage.resource.messages import AssignmentsEnded, PrefixLengthNoted, ResourceAssigned, ResourceReassigned
from services.usage.resource.prefixes import CoveringPrefixes
from services.usage.resource.state import SUBSCRIPTION, Resource, assigned_at, known_as
from services.usage.retraction.messages import UsageRestored, UsageRetracted
from services.usage.retraction.state import CountedRecord, Standing
from services.usage.source.messages import SourceDefined
from services.usage.source.state import Source
from shared.kernel.decider import Context, Due, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection
from shared.kernel.instants import later
from shared.kernel.message import Command, encode, type_name
from shared.kernel.same_fields import same_fields

QuarantineCommand = (
    ReturnUsage | RecycleUsage | RecallUsage | RecycleResource | RecallSource | RecycleSource | DiscardUsage
)
QuarantineEvent = (
    UsageReturned | UsageRecorded | UsageRecalled | ResourceRecycled | SourceRecalled | SourceRecycled | UsageDiscarded
)
R = TypeVar("R", ResourceRecycled, SourceRecycled)

_TOLD_APART: Final = 1_000_000
"""Events of one instant, a microsecond each."""


def decide_quarantine(command: QuarantineCommand, view: View, context: Context) -> Sequence[QuarantineEvent]:
    match command:
        case ReturnUsage():
            return (_returned(command, view),)
        case RecycleUsage():
            return _recycled(command.items, view, context)
        case RecallUsage():
            return (UsageRecalled(resource_id=command.resource_id, partitions=context.partitions),)
        case RecycleResource():
            page = view.get(ParkedPage, page_name(command.after, command.resource_id))
            return _recycled_page(page, ResourceRecycled, command, view, context)
        case RecallSource():
            return (SourceRecalled(source_id=command.source_id, partitions=context.partitions),)
        case RecycleSource():
            of_source = view.get(ParkedSourcePage, page_name(command.after, command.source_id))
            return _recycled_page(of_source, SourceRecycled, command, view, context)
        case DiscardUsage():
            return _discarded(command, view)


def evolve_quarantine(
    event: ResourceAssigned
    | ResourceReassigned
    | PrefixLengthNoted
    | AssignmentsEnded
    | UsageRecalled
    | SourceDefined
    | SourceRecalled
    | UsageRecorded
    | UsageDiscarded
    | UsageRetracted,
    envelope: Envelope,
    view: View,
) -> Iterable[State | Gone]:
    match event:
        case AssignmentsEnded() if event.ends_at is not None:
            return ()
        case ResourceAssigned() | ResourceReassigned() | AssignmentsEnded():
            # By a timer and not at once: every partition then reads the assignment in its tables.
            if event.resource_id.startswith(SUBSCRIPTION):
                return ()
            return (_due(_recall_name(event.resource_id), RecallUsage(resource_id=event.resource_id), envelope),)
        case PrefixLengthNoted():
            return (_due(_recall_name(event.resource_id), RecallUsage(resource_id=event.resource_id), envelope),)
        case UsageRecalled():
            return (Gone(Due, _recall_name(event.resource_id)),)
        case SourceDefined():
            return (_due(_source_name(event.source_id), RecallSource(source_id=event.source_id), envelope),)
        case SourceRecalled():
            return (Gone(Due, _source_name(event.source_id)),)
        case UsageRecorded():
            return [Gone(ParkedRecord, place_name(*place)) for place in event.recycled.values()]
        case UsageDiscarded():
            return [Gone(ParkedRecord, place_name(*place)) for place in event.items]
        case UsageRetracted():
            parked = (item for item in event.items if item.parked is not None)
            return [Gone(ParkedRecord, place_name(item.seq, item.index)) for item in parked]


def evolve_parked_again(event: UsageReturned | UsageRestored, envelope: Envelope, view: View) -> list[State]:
    """As their rows will say: commands of the same batch may ask for them."""
    if isinstance(event, UsageReturned):
        reasons = {place_name(event.seq, index): reason for index, reason in event.items}
    else:
        reasons = {place_name(one.seq, one.index): one.parked for one in event.items if one.parked is not None}
    counted = view.get_many(CountedRecord, reasons)
    return [
        ParkedRecord(name=name, reason=reasons[name], record=one.record, unit=one.unit) for name, one in counted.items()
    ]


def _returned(command: ReturnUsage, view: View) -> UsageReturned:
    """What was retracted while rating looked at it stays retracted."""
    names = {place_name(command.seq, index): index for index, _ in command.items}
    standings = view.get_many(Standing, names)
    gone = {names[name] for name, standing in standings.items() if standing.is_retracted}
    return UsageReturned(
        seq=command.seq,
        items=[item for item in command.items if item[0] not in gone],
        account_id=command.account_id,
        retracted=[item for item in command.items if item[0] in gone],
    )


def _recycled(
    places: Iterable[tuple[int, int]], view: View, context: Context, prefix: str | None = None
) -> tuple[UsageRecorded, ...]:
    """One event for those that can be taken now. `prefix` is what was assigned, if it is one."""
    names = {place_name(*place): place for place in places}
    parked = view.get_many(ParkedRecord, names)
    resources = [one.record.resource for one in parked.values() if one.record is not None]
    again = _SecondTry(view, context, CoveringPrefixes(view, resources, also=prefix))
    recorded: list[RecordedUsage] = []
    recycled: dict[int, tuple[int, int]] = {}
    for name, place in names.items():
        record = again.taken(parked[name]) if name in parked else None
        if record is not None:
            recycled[len(recorded)] = place
            recorded.append(record)
    if not recorded:
        return ()
    numbers = view.get(GuidedNumbers, NUMBERS) or GuidedNumbers()
    columns = RecordedColumns.of(recorded)
    guided = next_numbers(columns, numbers, context.partitions)
    return (UsageRecorded(records=columns, guided=guided, partitions=context.partitions, recycled=recycled),)


def _recycled_page(
    page: ParkedPage | ParkedSourcePage | None, done: type[R], command: Command, view: View, context: Context
) -> tuple[UsageRecorded | R, ...]:
    places: Sequence[tuple[int, int]] = () if page is None else page.places
    if not places:
        return ()
    more = len(places) >= PAGE
    said = same_fields(done, command, partition=context.partition, after=places[-1], more=more)
    assigned: str | None = command.resource_id if isinstance(command, RecycleResource) else None
    return (*_recycled(places, view, context, prefix=assigned), said)


def _discarded(command: DiscardUsage, view: View) -> tuple[UsageDiscarded, ...]:
    parked = view.get_many(ParkedRecord, [place_name(*place) for place in command.items])
    items = [place for place in dict.fromkeys(command.items) if place_name(*place) in parked]
    if not items:
        raise Rejection("not_quarantined", "none of these records is in quarantine", status=409)
    return (UsageDiscarded(items=items, reason=command.reason),)


class _SecondTry:
    """What a parked record becomes with what is known now."""

    def __init__(self, view: View, context: Context, prefixes: CoveringPrefixes) -> None:
        self._view = view
        self._prefixes = prefixes
        self._latest_start = int(context.now.timestamp()) * 1_000_000 + AHEAD_MAX_US
        self._resources: dict[str, Resource | None] = {}

    def taken(self, parked: ParkedRecord) -> RecordedUsage | None:
        record = self._in_meter_unit(parked)
        if record is None or record.started_at > self._latest_start:
            return None
        match parked.reason:
            case "no_price":
                return None if record.account is None else replace(record, reason=None, detail="recycled", counter=None)
            case "unknown_resource" | "no_subscription":
                return self._guided(record)
            case "unknown_meter" | "in_future":
                return self._guided(record) if self._fits(record) else None
            case "unknown_source":
                is_known = self._view.get(Source, record.source) is not None
                return self._guided(record) if is_known and self._fits(record) else None
            case _:
                return None

    def _guided(self, record: RecordedUsage) -> RecordedUsage | None:
        if record.resource not in self._resources:
            self._resources[record.resource] = known_as(record.resource, self._view)
        resource = self._resources[record.resource]
        found = None if resource is None else assigned_at(resource.assignments, record.started_at)
        found = found or self._prefixes.assigned_at(record.resource, record.started_at)
        if found is None:
            return None
        account, subscription = found.account, found.subscription
        return replace(record, account=account, subscription=subscription, reason=None, detail="recycled", counter=None)

    def _in_meter_unit(self, parked: ParkedRecord) -> RecordedUsage | None:
        """The record with its quantity in the unit of its meter, if that can be told now."""
        record, unit = parked.record, parked.unit
        if record is None or unit is None:
            return record
        meter = BUILT_IN.get(record.meter) or self._view.get(Meter, record.meter)
        try:
            return None if meter is None else replace(record, quantity=in_unit(record.quantity, unit, meter.unit))
        except CannotConvert:
            return None

    def _fits(self, record: RecordedUsage) -> bool:
        """A counter's and a session's readings were told and not kept: there is no quantity to count."""
        meter = BUILT_IN.get(record.meter) or self._view.get(Meter, record.meter)
        if meter is None or record.kind in ("counter", "session"):
            return False
        return record.kind != "sample" or meter.aggregation != SUM


def _due(name: str, command: Command, envelope: Envelope) -> Due:
    # A timer of the same name and instant is the same timer, and fires once: where a test clock stands still, the
    # second assignment of a resource tells itself from the first by its place in the log.
    return Due(
        name=name,
        due_at=later(envelope.recorded_at, timedelta(microseconds=-(envelope.seq % _TOLD_APART))),
        command_type=type_name("usage", type(command)),
        command=msgspec.Raw(encode(command)),
    )


def _recall_name(resource_id: str) -> str:
    return f"recall {resource_id}"


def _source_name(source_id: str) -> str:
    return f"recall source {source_id}"
