"""Retracting, restoring and correcting counted records, each once.

    RetractUsage([(1842, 17)])   counted                   -> UsageRetracted([(1842, 17)])
    RetractUsage([(1842, 17)])   retracted already         -> nothing
    RestoreUsage([(1842, 17)])   retracted, and rated so   -> UsageRestored([(1842, 17)])
    RestoreUsage([(1842, 17)])   rating has not answered   -> refused, retraction_pending
    RestoreUsage([(1842, 17)])   another has its resource  -> UsageRecorded(corrects={0: (1842, 17)}), guided again

A record that was recycled or corrected is followed to where it is counted now. Rating answers each retraction before
the next of the same record, so that it never has to guess in which order they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from services.usage.meter.state import BUILT_IN, Meter
from services.usage.meter.units import CannotConvert, in_unit
from services.usage.quarantine.messages import Place, UsageDiscarded, UsageReturned
from services.usage.quarantine.state import page_name, place_name
from services.usage.record.messages import RecordedColumns, RecordedUsage, UsageRecorded
from services.usage.record.state import NUMBERS, GuidedNumbers, next_numbers
from services.usage.resource.prefixes import CoveringPrefixes
from services.usage.resource.state import Assignment, assigned_at, known_as
from services.usage.retraction.holders import Holders, guided_again
from services.usage.retraction.messages import (
    CorrectUsage,
    RestoreRetraction,
    RestoreUsage,
    RetractBatch,
    RetractedItem,
    RetractionSettled,
    RetractUsage,
    SettleRetraction,
    UsageRestored,
    UsageRetracted,
)
from services.usage.retraction.state import (
    DISCARDED,
    MOVED,
    REFUSED,
    RESTORED,
    RESTORING,
    RETRACTED,
    RETRACTING,
    BatchPage,
    CountedRecord,
    RetractionPage,
    Standing,
)
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection
from shared.kernel.resource_names import canonical

RetractionCommand = RetractUsage | RetractBatch | RestoreUsage | RestoreRetraction | CorrectUsage | SettleRetraction
RetractionEvent = UsageRetracted | UsageRestored | RetractionSettled | UsageRecorded

_DAY_US = 86_400_000_000


def decide_retraction(command: RetractionCommand, view: View, context: Context) -> Sequence[RetractionEvent]:
    match command:
        case RetractUsage():
            items = [*_retracted(command.items, view, strict=True)]
            return () if not items and _is_done(command, view) else (_event(command, items, context),)
        case RetractBatch():
            return _batch_page(command, view, context)
        case RestoreUsage():
            items = [*_restored(command.items, view)]
            restored = UsageRestored(retraction_id=command.retraction_id, items=items, partitions=context.partitions)
            return _counting_again(restored, view, context)
        case RestoreRetraction():
            return _restored_page(command, view, context)
        case CorrectUsage():
            return _corrected(command, view, context)
        case SettleRetraction():
            return (RetractionSettled(seq=command.seq, places=command.places, refused=command.refused),)


def _event(
    command: RetractUsage | CorrectUsage, items: list[RetractedItem], context: Context, *, corrected: bool = False
) -> UsageRetracted:
    return UsageRetracted(
        retraction_id=command.retraction_id,
        items=items,
        reason=command.reason,
        note=command.note,
        corrected=corrected,
        partitions=context.partitions,
    )


def _is_done(command: RetractUsage, view: View) -> bool:
    """Whether it was this retraction that took the records. Where it was another, this one is there without any."""
    standings = view.get_many(Standing, [place_name(*place) for place in command.items])
    return any(standing.retraction_id == command.retraction_id for standing in standings.values())


def _retracted(places: Iterable[Place], view: View, *, strict: bool) -> Iterator[RetractedItem]:
    """Those of the records that count. `strict`: refuse what is not there, or on its way back."""
    places = [*places]
    # Asked for in one go; what was recycled or corrected, which is rare, is followed one by one.
    names = [place_name(*place) for place in places]
    view.get_many(Standing, names)
    view.get_many(CountedRecord, names)
    seen: set[str] = set()
    for place in places:
        name, standing = _followed(place_name(*place), view)
        if name in seen:
            continue
        seen.add(name)
        counted = view.get(CountedRecord, name)
        if counted is None:
            if strict:
                raise _not_found(name)
            continue
        if standing is not None and standing.status == RESTORING and strict:
            raise _pending(name)
        if standing is None or standing.status in (RESTORED, REFUSED):
            yield RetractedItem(*_place(name), counted.parked)


def _batch_page(command: RetractBatch, view: View, context: Context) -> Sequence[UsageRetracted]:
    page = view.get(BatchPage, page_name(command.after, command.batch_id)) or BatchPage(name="")
    # One partition says that it was asked for, also where no record of the batch counts.
    if not page.places and (context.partition != 0 or command.after != (0, -1)):
        return ()
    return (
        UsageRetracted(
            retraction_id=command.retraction_id,
            items=[*_retracted(page.places, view, strict=False)],
            reason=command.reason,
            note=command.note,
            batch_id=command.batch_id,
            partitions=context.partitions,
            more=page.more,
            after=page.places[-1] if page.places else None,
        ),
    )


def _restored(places: Iterable[Place], view: View) -> Iterator[RetractedItem]:
    names = {place_name(*place): place for place in places}
    standings = view.get_many(Standing, names)
    for name, place in names.items():
        standing = standings.get(name)
        if standing is None:
            continue
        if standing.status == RETRACTING:
            raise _pending(name)
        if standing.corrected:
            detail = f"{name} was corrected: it counts as {standing.moved_to}; retract or correct that"
            raise Rejection("record_corrected", detail, status=409)
        if standing.status == RETRACTED:
            yield RetractedItem(*place, standing.parked)


def _counting_again(restored: UsageRestored, view: View, context: Context) -> Sequence[UsageRestored | UsageRecorded]:
    """What was restored; but records whose resource another has by now, or nobody, are guided as new ones are.

    Rating would put them back where they were: to a line that did not have the resource, or that ended before.
    """
    names = {place_name(item.seq, item.index): item for item in restored.items}
    counted = view.get_many(CountedRecord, names)
    holders = Holders(view, (one.record for one in counted.values()))
    moved = {
        (item.seq, item.index): counted[name]
        for name, item in names.items()
        if name in counted and holders.is_misplaced(counted[name].record, item.parked)
    }
    left = [item for item in restored.items if (item.seq, item.index) not in moved]
    kept = (replace(restored, items=left),) if left or restored.more else ()
    recorded = guided_again(moved, view, context, detail="restored")
    return kept if recorded is None else (*kept, recorded)


def _restored_page(command: RestoreRetraction, view: View, context: Context) -> Sequence[UsageRestored | UsageRecorded]:
    page = view.get(RetractionPage, page_name(command.after, command.retraction_id))
    if page is None or not page.places:
        return ()
    restored = UsageRestored(
        retraction_id=command.retraction_id,
        items=[*_restored(page.places, view)],
        partitions=context.partitions,
        more=page.more,
        after=page.places[-1],
    )
    return _counting_again(restored, view, context)


def _corrected(command: CorrectUsage, view: View, context: Context) -> Sequence[UsageRetracted | UsageRecorded]:
    name, standing = _followed(place_name(*command.place), view)
    counted = view.get(CountedRecord, name)
    if counted is None:
        raise _not_found(name)
    if standing is not None and standing.retraction_id == command.retraction_id:
        return ()
    if standing is not None and standing.status in (RETRACTING, RESTORING):
        raise _pending(name)
    if standing is not None and standing.status in (RETRACTED, DISCARDED):
        raise Rejection("record_retracted", f"{name} does not count any more; restore it first", status=409)
    records = RecordedColumns.of([_other(command, counted, view)])
    numbers = view.get(GuidedNumbers, NUMBERS) or GuidedNumbers()
    place = _place(name)
    return (
        _event(command, [RetractedItem(*place, counted.parked)], context, corrected=True),
        UsageRecorded(
            records=records,
            guided=next_numbers(records, numbers, context.partitions),
            partitions=context.partitions,
            corrects={0: place},
        ),
    )


def _other(command: CorrectUsage, counted: CountedRecord, view: View) -> RecordedUsage:
    """The record as it is corrected. Refused where nobody could be charged for it."""
    record = counted.record
    resource_id, meter_id = canonical(command.resource or record.resource), command.meter or record.meter
    started_at = record.started_at if command.started_at is None else command.started_at
    ended_at = command.ended_at
    if ended_at is None:
        ended_at = max(started_at, record.ended_at if command.started_at is None else started_at)
    if ended_at < started_at:
        raise Rejection("out_of_bounds", "ended_at is before started_at", pointer="/ended_at")
    if started_at // _DAY_US != record.started_at // _DAY_US:
        detail = "a record keeps its UTC day, which is part of its identity; retract it and report another"
        raise Rejection("not_allowed", detail, pointer="/started_at")
    quantity = _quantity(command, counted, meter_id, view)
    found = _holder(resource_id, started_at, view)
    return replace(
        record,
        resource=resource_id,
        meter=meter_id,
        quantity=quantity,
        started_at=started_at,
        ended_at=ended_at,
        attributes=record.attributes if command.attributes is None else command.attributes or None,
        account=found.account,
        subscription=found.subscription,
        reason=None,
        detail="corrected",
        counter=None,
    )


def _quantity(command: CorrectUsage, counted: CountedRecord, meter_id: str, view: View) -> int:
    """What it comes to in the unit of its meter; one that was reported in another waited for the meter to say that."""
    meter = BUILT_IN.get(meter_id) or view.get(Meter, meter_id)
    if meter is None:
        raise Rejection("unknown_meter", f"meter {meter_id} is not defined", pointer="/meter")
    if command.quantity is not None:
        return command.quantity
    try:
        return in_unit(counted.record.quantity, counted.unit or meter.unit, meter.unit)
    except CannotConvert as error:
        raise Rejection("invalid", f"{error}; say the quantity", pointer="/quantity") from error


def _holder(resource_id: str, started_at: int, view: View) -> Assignment:
    """Whose usage of the resource is then, as records are guided."""
    resource, prefixes = known_as(resource_id, view), CoveringPrefixes(view, (resource_id,))
    found = None if resource is None else assigned_at(resource.assignments, started_at)
    found = found or prefixes.assigned_at(resource_id, started_at)
    if found is not None:
        return found
    if resource is None and not prefixes.of(resource_id):
        raise Rejection("unknown_resource", f"nobody registered {resource_id}", pointer="/resource")
    detail = f"{resource_id} was not assigned to a subscription at that time"
    raise Rejection("no_subscription", detail, pointer="/resource")


def _followed(name: str, view: View) -> tuple[str, Standing | None]:
    """Where a record that was recycled or corrected is counted now, and what has become of it there."""
    standing = view.get(Standing, name)
    while standing is not None and standing.moved_to is not None:
        name = standing.moved_to
        standing = view.get(Standing, name)
    return name, standing


def _not_found(name: str) -> Rejection:
    return Rejection("usage_record_not_found", f"no record {name} was counted in this partition", status=404)


def _pending(name: str) -> Rejection:
    detail = f"rating has not taken up what was asked of {name} before; ask again in a moment"
    return Rejection("retraction_pending", detail, status=409)


def _place(name: str) -> Place:
    seq, _, index = name.partition("#")
    return int(seq), int(index)


# -- folding -----------------------------------------------------------------------------------------------------------


def evolve_retraction(
    event: UsageRetracted | UsageRestored | RetractionSettled | UsageRecorded | UsageReturned | UsageDiscarded,
    envelope: Envelope,
    view: View,
) -> Iterable[State]:
    match event:
        case UsageRetracted():
            return [
                Standing(
                    name=place_name(item.seq, item.index),
                    status=RETRACTING if item.parked is None else RETRACTED,
                    retraction_id=event.retraction_id,
                    parked=item.parked,
                    corrected=event.corrected,
                )
                for item in event.items
            ]
        case UsageRestored():
            return _restored_states(event, view)
        case RetractionSettled():
            return _settled(event, view)
        case UsageRecorded():
            return _moved(event, envelope, view) if event.recycled or event.corrects else ()
        case UsageReturned():
            return _returned(event, view)
        case UsageDiscarded():
            return [Standing(name=place_name(*place), status=DISCARDED) for place in event.items if place[1] >= 0]


def settled_status(status: str, *, refused: bool) -> str:
    """What a record is once rating has answered: where it refused, what it was before."""
    if status == RETRACTING:
        return REFUSED if refused else RETRACTED
    if status == RESTORING:
        return RETRACTED if refused else RESTORED
    return status


def _settled(event: RetractionSettled, view: View) -> list[State]:
    refused = {place_name(seq, index) for seq, index, _ in event.refused}
    standings = view.get_many(Standing, [place_name(*place) for place in event.places])
    return [
        replace(standing, status=settled_status(standing.status, refused=name in refused))
        for name, standing in standings.items()
    ]


def _restored_states(event: UsageRestored, view: View) -> list[State]:
    """They count again; what is asked in the same batch of one that is back in quarantine is asked of a parked one."""
    parked = {place_name(item.seq, item.index): item.parked for item in event.items}
    back = {name: reason for name, reason in parked.items() if reason is not None}
    counted = view.get_many(CountedRecord, back)
    return [
        *(replace(one, parked=back[name]) for name, one in counted.items()),
        *(
            replace(standing, status=RESTORING if parked[name] is None else RESTORED)
            for name, standing in view.get_many(Standing, parked).items()
        ),
    ]


def _returned(event: UsageReturned, view: View) -> list[State]:
    """They are in quarantine; what is asked of them in the same batch is asked of a parked record."""
    parked = {place_name(event.seq, index): reason for index, reason in event.items}
    retracted = {place_name(event.seq, index): reason for index, reason in event.retracted}
    counted, standings = view.get_many(CountedRecord, parked), view.get_many(Standing, retracted)
    return [
        *(replace(one, parked=parked[name]) for name, one in counted.items()),
        *(replace(standing, parked=retracted[name]) for name, standing in standings.items()),
    ]


def _moved(event: UsageRecorded, envelope: Envelope, view: View) -> list[State]:
    """Where they are counted now; with the records there, which commands of the same batch may ask for."""
    states: list[State] = []
    for index, place in event.recycled.items():
        name = place_name(*place)
        states.append(Standing(name=name, status=MOVED, moved_to=place_name(envelope.seq, index)))
    for index, place in event.corrects.items():
        name = place_name(*place)
        standing = view.get(Standing, name) or Standing(name=name, status=RETRACTED, corrected=True)
        states.append(replace(standing, corrected=True, moved_to=place_name(envelope.seq, index)))
    for index in {*event.recycled, *event.corrects}:
        if index < len(event.records):
            name, record = place_name(envelope.seq, index), event.records[index]
            states.append(CountedRecord(name=name, record=record, parked=record.reason, unit=event.units.get(index)))
    return states
