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

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from services.usage.meter.state import BUILT_IN, LEVEL, SUM, Meter
from services.usage.meter.units import CannotConvert, in_unit
from services.usage.record.by_columns import counted_by_columns
from services.usage.record.columns import Fate, RecordedColumns
from services.usage.record.counters import delta_of, reading_of, with_readings
from services.usage.record.messages import (
    AdmittedRecord,
    CounterReading,
    DedupeKeysDropped,
    RecordedUsage,
    RecordUsage,
    SetAside,
    UsageRecorded,
)
from services.usage.record.state import (
    AHEAD_MAX_US,
    DAY_US,
    HORIZON_DAYS,
    NUMBERS,
    POSITIONS,
    TOO_LATE,
    Counter,
    DedupeDay,
    DedupeKey,
    GuidedNumbers,
    ReportedPositions,
    counter_key,
    key_names,
    next_numbers,
)
from services.usage.resource.prefixes import CoveringPrefixes
from services.usage.resource.state import SUBSCRIPTION, Assignment, Resource, in_effect, known_as
from services.usage.session.counting import SessionCounting
from services.usage.source.state import Source
from shared.kernel.decider import Context, Many, State, View
from shared.kernel.envelope import Envelope

_BEHIND: Final = f"more than {HORIZON_DAYS} days ago: whether it was counted before is not known any more"
_AHEAD: Final = "more than a day ahead of the clock here"
_NO_POSITIONS: Final = ReportedPositions()
_NO_NUMBERS: Final = GuidedNumbers()


def decide_record(command: RecordUsage, view: View, context: Context) -> Sequence[UsageRecorded | DedupeKeysDropped]:
    """One event for the records of a command, or none if all of them were recorded before; on a new day one more."""
    by_position = command.reported_partition >= 0
    floor = _recorded_through(command, view) if by_position else -1
    numbers = view.get(GuidedNumbers, NUMBERS) or _NO_NUMBERS
    counting = _Counting(command, view, context)
    set_aside = [problem for position, problem in command.refused if position > floor or not by_position]
    recorded = None
    if not by_position or (command.records.count and command.records.position[0] > floor):
        counting.ask(command.records.resource.values)
        recorded = counted_by_columns(command.records, counting, view)
    if recorded is None:
        records = [record for record in command.records if not by_position or record.position > floor]
        recorded = _one_by_one(records, counting, set_aside, view)
    signals = [signal for signal in command.signals if signal.position > floor or not by_position]
    if not recorded and not set_aside and not signals:
        return ()
    return (
        *_dropped(view, context),
        UsageRecorded(
            records=recorded,
            set_aside=set_aside,
            taken={command.reported_partition: _highest_position(command)} if by_position else {},
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


def _one_by_one(
    records: Sequence[AdmittedRecord], counting: _Counting, set_aside: list[SetAside], view: View
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


def _counted_before(records: Sequence[AdmittedRecord], view: View) -> dict[bytes, bytes]:
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


def _recorded_through(command: RecordUsage, view: View) -> int:
    """The highest position that was recorded of the command's reported partition."""
    positions = view.get(ReportedPositions, POSITIONS) or _NO_POSITIONS
    return positions.highest.get(command.reported_partition, -1)


class _Counting:
    """What is looked up once per command: meters, assignments, and readings as they move on."""

    def __init__(self, command: RecordUsage, view: View, context: Context) -> None:
        self._view = view
        self.recorded: list[RecordedUsage] = []
        """What was counted so far, where records are counted one by one."""
        self.sessions = SessionCounting(view)
        self._latest_start = int(context.now.timestamp()) * 1_000_000 + AHEAD_MAX_US
        self._earliest_start = (day_of(context.now) - HORIZON_DAYS) * DAY_US
        self._aggregations: dict[str, str] = {}
        self._assignments: dict[str, tuple[Assignment, ...] | None] = {}
        # Not asked before the first resource that has no assignment of its own.
        self._prefixes = CoveringPrefixes(view, command.records.resource.values)
        self._counters: dict[str, Counter] = {}
        self._known_sources_only = command.known_sources_only
        self._known_sources: dict[str, bool] = {}
        self.units: dict[int, str] = {}

    def ask(self, resources: Collection[str]) -> None:
        """Look these up in one question."""
        found = self._view.get_many(Resource, resources)
        self._assignments |= {name: in_effect(resource.assignments) for name, resource in found.items()}

    def in_time(self, first: int, last: int) -> bool:
        return self._earliest_start <= first and last <= self._latest_start

    def sources_known(self, sources: Sequence[str]) -> bool:
        return not self._known_sources_only or all(map(self._is_known, sources))

    def aggregation(self, meter_id: str) -> str:
        found = self._aggregations.get(meter_id)
        if found is None:
            found = self._aggregations[meter_id] = self._aggregation(meter_id)
        return found

    def fate(self, resource: str, first: int, last: int) -> Fate | None:
        assignments = self._assignments[resource] if resource in self._assignments else self._assigned(resource)
        for assignment in assignments or ():
            until = assignment.valid_to
            if assignment.valid_from <= first and (until is None or last < until):
                return assignment.account, assignment.subscription, None, None
            if assignment.valid_from <= last and (until is None or first < until):
                return None
        if self._prefixes.of(resource):
            return None
        return None, None, *_unguided(resource, registered=assignments is not None)

    def count(self, record: AdmittedRecord) -> RecordedUsage:
        """A new record: accepted with its account, or quarantined with its reason."""
        quantity, detail, counter = record.quantity, None, None
        account = subscription = reason = None
        aggregation = self.aggregation(record.meter)
        started_at = record.started_at
        if self._known_sources_only and not self._is_known(record.source):
            reason, detail = "unknown_source", f"nobody defined the source {record.source}"
        elif not self._earliest_start <= started_at <= self._latest_start:
            reason, detail = ("in_future", _AHEAD) if started_at > self._latest_start else (TOO_LATE, _BEHIND)
        elif aggregation != SUM or record.kind == "sample":
            reason, detail = self._misfit(record, aggregation)
        if record.cumulative is not None:
            if reason is not None or record.ended_at > self._latest_start:
                # Its reading is told, not kept: a wrong clock must not become a reading of the counter.
                reason = reason or "in_future"
                quantity, detail = 0, f"{detail or _AHEAD}; reading {record.quantity} of 1e-6 units"
            elif record.kind == "session":
                quantity, started_at, reason, detail = self._report(record)
            else:
                quantity, reason, detail, counter = self._read(record)
        if reason is None:
            resource = record.resource
            assignments = self._assignments[resource] if resource in self._assignments else self._assigned(resource)
            for assignment in assignments or ():
                if assignment.valid_from <= started_at and (
                    assignment.valid_to is None or started_at < assignment.valid_to
                ):
                    account, subscription = assignment.account, assignment.subscription
                    break
            else:
                account, subscription, reason, detail = self._by_prefix(resource, started_at, detail)
        return RecordedUsage(
            record.source,
            record.id,
            record.resource,
            record.meter,
            record.kind,
            quantity,
            started_at,
            record.ended_at,
            record.dedupe_key,
            record.content,
            account,
            subscription,
            reason,
            detail,
            record.attributes,
            counter,
            record.position if record.position >= 0 else None,
        )

    def count_in_unit(self, record: AdmittedRecord) -> RecordedUsage:
        """A new record that says its unit: converted to that of its meter, or parked with what keeps it from that."""
        unit = record.unit or ""
        meter = BUILT_IN.get(record.meter) or self._view.get(Meter, record.meter)
        if meter is not None:
            try:
                return self.count(replace(record, quantity=in_unit(record.quantity, unit, meter.unit), unit=None))
            except CannotConvert as error:
                reason, detail = "schema_violation", str(error)
        else:
            reason, detail = "unknown_meter", f"meter {record.meter} is not defined; the quantity is in {unit}"
        if record.cumulative is not None:
            return _parked(replace(record, quantity=0), reason, f"{detail}; reading {record.quantity} of 1e-6 {unit}")
        self.units[len(self.recorded)] = unit
        return _parked(record, reason, detail)

    def _by_prefix(
        self, resource: str, started_at: int, detail: str | None
    ) -> tuple[str | None, str | None, str | None, str | None]:
        """Account and subscription of a resource without an assignment of its own then, or why it has none."""
        found = self._prefixes.assigned_at(resource, started_at)
        if found is not None:
            return found.account, found.subscription, None, detail
        registered = self._assignments[resource] is not None or bool(self._prefixes.of(resource))
        return None, None, *_unguided(resource, registered=registered)

    def _is_known(self, source: str) -> bool:
        known = self._known_sources.get(source)
        if known is None:
            known = self._known_sources[source] = self._view.get(Source, source) is not None
        return known

    def _assigned(self, resource: str) -> tuple[Assignment, ...] | None:
        """Whose the resource is when; `None` for one that nobody registered."""
        state = known_as(resource, self._view)
        found = self._assignments[resource] = None if state is None else in_effect(state.assignments)
        return found

    def _aggregation(self, meter_id: str) -> str:
        """How the meter aggregates; empty for one that nobody defined."""
        meter = BUILT_IN.get(meter_id) or self._view.get(Meter, meter_id)
        return meter.aggregation if meter else ""

    def _misfit(self, record: AdmittedRecord, aggregation: str) -> tuple[str | None, str | None]:
        """Why the record cannot be one of its meter; nothing where it can."""
        meter = record.meter
        if not aggregation:
            return "unknown_meter", f"meter {meter} is not defined"
        if aggregation == SUM:
            detail = f"kind sample is a rate, and meter {meter} sums quantities up"
            return "schema_violation", f"{detail}; send delta, or define a meter for rates"
        if aggregation == LEVEL and record.ended_at > self._latest_start:
            return "in_future", "the level is said to hold for more than a day ahead of the clock here"
        return None, None

    def _report(self, record: AdmittedRecord) -> tuple[int, int, str | None, str | None]:
        """What a session's report counts, from when on, and why it can't be told."""
        found = self.sessions.count(record, len(self.recorded))
        if found.ambiguous is not None:
            return 0, found.began_at, "counter_ambiguous", found.ambiguous
        return found.quantity, found.began_at, None, found.how

    def _read(self, record: AdmittedRecord) -> tuple[int, str | None, str | None, CounterReading | None]:
        """What a reading counts, why it can't be told, and the reading itself where it adds to what is known."""
        assert record.cumulative is not None
        bits, boot_id, uptime_s = record.cumulative
        key = counter_key(record.resource, record.meter)
        known = self._counters.get(key) or self._view.get(Counter, key)
        now = reading_of(str(record.quantity), record.ended_at, (bits, boot_id, uptime_s), record.attributes)
        delta = delta_of(known, now)
        reading = None
        if delta.readings is not None:
            self._counters[key] = with_readings(known, record.resource, record.meter, delta.readings)
            reading = (now.value, bits, boot_id, uptime_s)
        if delta.ambiguous is not None:
            return delta.quantity, "counter_ambiguous", delta.ambiguous, reading
        return delta.quantity, None, delta.how, reading


def evolve_record(event: UsageRecorded | DedupeKeysDropped, envelope: Envelope, view: View) -> Sequence[State | Many]:
    """What a recorded event leaves behind: keys, readings, positions and numbers."""
    if isinstance(event, DedupeKeysDropped):
        return [DedupeDay(day=event.before + HORIZON_DAYS)]
    changed: list[State | Many] = []
    if event.reported and event.records.dedupe_key:
        names = key_names(event.records.dedupe_key)
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


def _parked(record: AdmittedRecord, reason: str, detail: str) -> RecordedUsage:
    """A record that nothing further is asked of."""
    return RecordedUsage(
        record.source,
        record.id,
        record.resource,
        record.meter,
        record.kind,
        record.quantity,
        record.started_at,
        record.ended_at,
        record.dedupe_key,
        record.content,
        reason=reason,
        detail=detail,
        attributes=record.attributes,
        position=record.position if record.position >= 0 else None,
    )


def _unguided(resource: str, *, registered: bool) -> tuple[str, str]:
    """Why a record has no account."""
    if registered:
        return "no_subscription", f"{resource} was not assigned to a subscription at that time"
    if resource.startswith(SUBSCRIPTION):
        return "no_subscription", f"there is no {resource}"
    return "unknown_resource", f"nobody registered {resource}"


def day_of(at: datetime) -> int:
    """The UTC day of an instant, in days since 1970."""
    return int(at.timestamp()) * 1_000_000 // DAY_US


def _highest_position(command: RecordUsage) -> int:
    return max(
        command.records.position[-1] if command.records else -1,
        command.refused[-1][0] if command.refused else -1,
        command.signals[-1].position if command.signals else -1,
    )
