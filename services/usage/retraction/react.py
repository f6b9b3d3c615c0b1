"""What is retracted or restored goes on to the partitions of its accounts, behind the records; then the next page.

UsageRetracted(seq 1907 of partition 3)        ->   GuidedRetraction(source=3, seq=1907, ...) to each account partition
UsageRetracted(batch_id=..., more=True)        ->   RetractBatch(after=...) to the same partition
"""

from __future__ import annotations

from services.usage.meter.state import BUILT_IN
from services.usage.quarantine.state import place_name
from services.usage.record.messages import GuidedRecord, GuidedRetraction
from services.usage.record.react import not_summed
from services.usage.retraction.messages import RestoreRetraction, RetractBatch, UsageRestored, UsageRetracted
from services.usage.retraction.state import CountedRecord
from services.usage.topics import GUIDED
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.partition import partition_of
from shared.kernel.sealed_attributes import without_sealed


def react_retraction(event: UsageRetracted | UsageRestored, envelope: Envelope, view: View) -> list[Send]:
    sends = [Send(message, GUIDED, target) for target, message in _guided(event, envelope, view).items()]
    following = _next_page(event)
    return [*sends, Send(following, "usage", envelope.partition)] if following else sends


def _guided(event: UsageRetracted | UsageRestored, envelope: Envelope, view: View) -> dict[int, GuidedRetraction]:
    """The records that rating has, by account partition."""
    items = [item for item in event.items if item.parked is None]
    names = {place_name(item.seq, item.index): (item.seq, item.index) for item in items}
    counted = view.get_many(CountedRecord, names)
    apart = not_summed({held.record.meter for held in counted.values()} - BUILT_IN.keys(), view)
    found: dict[int, GuidedRetraction] = {}
    for name, place in names.items():
        record = counted[name].record if name in counted else None
        if record is None or record.account is None:
            continue
        target = partition_of(record.account, event.partitions)
        message = found.setdefault(
            target,
            GuidedRetraction(
                source=envelope.partition,
                seq=envelope.seq,
                places=[],
                records=[],
                origins={},
                restored=isinstance(event, UsageRestored),
            ),
        )
        index = len(message.places)
        message.places.append(place)
        if record.attributes or record.meter in apart:
            message.origins[index] = (record.source, record.id)
        message.records.append(
            GuidedRecord(
                index,
                record.account,
                record.subscription or "",
                record.meter,
                record.quantity,
                record.started_at,
                record.ended_at,
                without_sealed(record.attributes) if record.attributes is not None else None,
            )
        )
    return found


def _next_page(event: UsageRetracted | UsageRestored) -> RetractBatch | RestoreRetraction | None:
    if not event.more or event.after is None:
        return None
    if isinstance(event, UsageRestored):
        return RestoreRetraction(retraction_id=event.retraction_id, after=event.after)
    if event.batch_id is None:
        return None
    return RetractBatch(
        retraction_id=event.retraction_id,
        batch_id=event.batch_id,
        reason=event.reason,  # type: ignore[arg-type]  # as its command had it
        note=event.note,
        after=event.after,
    )
