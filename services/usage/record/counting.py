"""What counting the records of one command looks up, once: meters, assignments, and readings as they move on.

counting.fate("mac:00:1b", first, last)      ("acc-1", "sub-1", None, None), of all records that begin in that time
counting.count(record)                       a record by itself: accepted with its account, or why it is not
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from services.usage.meter.state import BUILT_IN, LEVEL, SUM, Meter
from services.usage.meter.units import CannotConvert, in_unit
from services.usage.record.columns import Fate
from services.usage.record.counters import delta_of, reading_of, with_readings
from services.usage.record.messages import AdmittedRecord, CounterReading, RecordedUsage, RecordUsage
from services.usage.record.state import AHEAD_MAX_US, DAY_US, HORIZON_DAYS, TOO_LATE, Counter, counter_key
from services.usage.resource.prefixes import CoveringPrefixes
from services.usage.resource.state import SUBSCRIPTION, Assignment, Resource, in_effect, known_as
from services.usage.session.counting import SessionCounting
from services.usage.source.state import Source
from shared.kernel.decider import Context, View

_BEHIND: Final = f"more than {HORIZON_DAYS} days ago: whether it was counted before is not known any more"
_AHEAD: Final = "more than a day ahead of the clock here"


class Counting:
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
        """Whether records that begin between these instants are of a time that is counted."""
        return self._earliest_start <= first and last <= self._latest_start

    def sources_known(self, sources: Sequence[str]) -> bool:
        return not self._known_sources_only or all(map(self._is_known, sources))

    def aggregation(self, meter_id: str) -> str:
        found = self._aggregations.get(meter_id)
        if found is None:
            found = self._aggregations[meter_id] = self._aggregation(meter_id)
        return found

    def fate(self, resource: str, first: int, last: int) -> Fate | None:
        """What becomes of records of a resource that begin between these instants; `None` where it depends on when."""
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
