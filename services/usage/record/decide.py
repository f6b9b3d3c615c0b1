"""Counting records once: drop what was recorded, set aside what is doubled or malformed, guide the rest to its account.

    RecordUsage(records=[...1,000...])
      -> UsageRecorded(records=[accepted and quarantined], set_aside=[duplicate, conflict, malformed], taken, guided)
      -> DedupeKey, ..., Counter, ..., ReportedPositions, GuidedNumbers

This is the hot path: nearly all commands are counted by columns (by_columns.py), the others record by record.
A record is decided in this order: delivered again (dropped without a trace), same identity as before (duplicate, or
conflict if it says something else, R23), a source nobody defined where only defined ones count, far in the future, too
long ago for its dedupe key to be kept,
unknown meter, sample of a meter that sums up, counter arithmetic, guiding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from services.usage.record.by_columns import counted_by_columns
from services.usage.record.columns import AdmittedColumns, RecordedColumns
from services.usage.record.counters import delta_of, reading_of, with_readings
from services.usage.record.counting import Counting, day_of
from services.usage.record.messages import (
    AdmittedRecord,
    DedupeKeysDropped,
    RecordedUsage,
    RecordUsage,
    SetAside,
    UsageRecorded,
)
from services.usage.record.state import (
    HORIZON_DAYS,
    NUMBERS,
    POSITIONS,
    Counter,
    DedupeDay,
    DedupeKey,
    GuidedNumbers,
    ReportedPositions,
    counter_key,
    next_numbers,
)
from shared.kernel.decider import Context, Many, State, View
from shared.kernel.envelope import Envelope

_NO_POSITIONS: Final = ReportedPositions()
_NO_NUMBERS: Final = GuidedNumbers()


def decide_record(command: RecordUsage, view: View, context: Context) -> Sequence[UsageRecorded | DedupeKeysDropped]:
    """One event for the records of a command, or none if all of them were recorded before; on a new day one more."""
    by_position = command.reported_partition >= 0
    highest = (view.get(ReportedPositions, POSITIONS) or _NO_POSITIONS).highest
    floor = highest.get(command.reported_partition, -1)
    numbers = view.get(GuidedNumbers, NUMBERS) or _NO_NUMBERS
    counting = Counting(command, view, context)
    set_aside = [problem for position, problem in command.refused if position > floor or not by_position]
    recorded = None
    some = _not_taken_before(command, highest)
    if some is None:
        counting.ask(command.records.resource.values)
        recorded = counted_by_columns(command.records, counting, view)
    if recorded is None:
        recorded = one_by_one(command.records if some is None else some, counting, set_aside, view)
    signals = [signal for signal in command.signals if signal.position > floor or not by_position]
    if not recorded and not set_aside and not signals:
        return ()
    return (
        *_dropped(view, context),
        UsageRecorded(
            records=recorded,
            set_aside=set_aside,
            taken=_taken(command, highest),
            guided=next_numbers(recorded, numbers, context.partitions),
            partitions=context.partitions,
            batch_id=command.batch_id,
            batch_received=command.batch_received,
            batch_rejected=command.batch_rejected,
            sessions=counting.sessions.readings,
            signals=signals,
            session_silence_s=command.session_silence_s,
            units=counting.units,
        ),
    )


def one_by_one(
    records: Sequence[AdmittedRecord] | AdmittedColumns, counting: Counting, set_aside: list[SetAside], view: View
) -> RecordedColumns:
    """Each record by itself; what was counted before is set aside."""
    known = _counted_before(records, view)
    counting.ask({record.resource for record in records})
    recorded, count = counting.recorded, counting.count
    for record in records:
        key = record.dedupe_key
        content = known.get(key)
        if content is not None:
            set_aside.append(_same_again(record, content))
            continue
        known[key] = record.content
        recorded.append(count(record) if record.unit is None else counting.count_in_unit(record))
    return RecordedColumns.of(recorded)


def _counted_before(records: Iterable[AdmittedRecord], view: View) -> dict[bytes, bytes]:
    """What each of the keys that are known stands for.

    One question for all: a thousand questions one by one would be a fifth of the cost of deciding.
    """
    before = view.get_many(DedupeKey, [record.dedupe_key.hex() for record in records])
    return {bytes.fromhex(name): counted.content for name, counted in before.items()}


def _dropped(view: View, context: Context) -> tuple[DedupeKeysDropped, ...]:
    """The keys that no record can ask for any more, once a day."""
    latest, today = view.get(DedupeDay, POSITIONS), day_of(context.now)
    if latest is None or latest.day >= today:
        return ()
    return (DedupeKeysDropped(before=today - HORIZON_DAYS),)


def _not_taken_before(command: RecordUsage, highest: Mapping[int, int]) -> Sequence[AdmittedRecord] | None:
    """The records behind those that were recorded of their reported partitions; `None`, nearly always: all of them."""
    records = command.records
    reported = command.reported
    if all(records.position[places.start] > highest.get(partition, -1) for partition, places in reported):
        return None
    return [
        record
        for partition, places in reported
        for record in records[places]
        if record.position > highest.get(partition, -1)
    ]


def evolve_record(event: UsageRecorded | DedupeKeysDropped, envelope: Envelope, view: View) -> Sequence[State | Many]:
    """What a recorded event leaves behind: keys, readings, positions and numbers."""
    if isinstance(event, DedupeKeysDropped):
        return [DedupeDay(day=event.before + HORIZON_DAYS)]
    changed: list[State | Many] = []
    if event.reported and event.records.dedupe_key:
        names = event.records.key_names
        changed.append(Many(DedupeKey, dict(zip(names, map(DedupeKey, names, event.records.contents), strict=True))))
    if event.records.counter:
        changed += _read_counters([event.records[place] for place in sorted(event.records.counter)], view)
    if view.get(DedupeDay, POSITIONS) is None:
        changed.append(DedupeDay(day=day_of(envelope.recorded_at)))
    if event.taken:
        positions = view.get(ReportedPositions, POSITIONS) or _NO_POSITIONS
        changed.append(ReportedPositions(highest={**positions.highest, **event.taken}))
    if event.guided:
        numbers = view.get(GuidedNumbers, NUMBERS) or _NO_NUMBERS
        changed.append(GuidedNumbers(last={**numbers.last, **event.guided}))
    return changed


def _read_counters(records: Sequence[RecordedUsage], view: View) -> Iterable[Counter]:
    """The counters with the readings of these records among the others."""
    if not records:
        return ()
    keys = {counter_key(record.resource, record.meter) for record in records}
    counters = dict(view.get_many(Counter, keys))
    for record in records:
        assert record.counter is not None
        value, bits, boot_id, uptime_s = record.counter
        key = counter_key(record.resource, record.meter)
        known = counters.get(key)
        now = reading_of(value, record.ended_at, (bits, boot_id, uptime_s), record.attributes)
        delta = delta_of(known, now)
        if delta.readings is not None:
            counters[key] = with_readings(known, record.resource, record.meter, delta.readings)
    return counters.values()


def _same_again(record: AdmittedRecord, content: bytes) -> SetAside:
    same = record.content == content
    return SetAside(
        "duplicate" if same else "conflict",
        record.source,
        record.id,
        None,
        None if same else "same source and id on the same day, other content",
        record.resource,
        record.meter,
        record.quantity,
        record.started_at,
    )


def _taken(command: RecordUsage, before: Mapping[int, int]) -> dict[int, int]:
    """The highest position of each reported partition that has new ones; it never goes back."""
    if command.reported_partition < 0:
        ends = {partition: command.records.position[places.stop - 1] for partition, places in command.reported}
        return {partition: end for partition, end in ends.items() if end > before.get(partition, -1)}
    highest = max(
        command.records.position[-1] if command.records else -1,
        command.refused[-1][0] if command.refused else -1,
        command.signals[-1].position if command.signals else -1,
    )
    return {command.reported_partition: highest}
