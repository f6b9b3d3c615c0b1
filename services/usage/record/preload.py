"""All states that counting the records of a command asks for, so that a batch loads them in one round trip."""

from __future__ import annotations

from collections.abc import Sequence

from services.usage.meter.state import BUILT_IN, Meter
from services.usage.record.messages import RecordUsage
from services.usage.record.state import (
    NUMBERS,
    POSITIONS,
    Counter,
    DedupeDay,
    DedupeKey,
    GuidedNumbers,
    ReportedPositions,
    counter_key,
)
from services.usage.resource.state import Resource
from services.usage.source.state import Source
from shared.kernel.decider import Asked


def preload_record(command: RecordUsage) -> Sequence[Asked]:
    records = command.records
    wanted: list[Asked] = [(ReportedPositions, POSITIONS), (GuidedNumbers, NUMBERS), (DedupeDay, POSITIONS)]
    wanted.append((DedupeKey, records.key_names))
    wanted.append((Resource, records.resource.values))
    wanted.append((Meter, [meter for meter in records.meter.values if meter not in BUILT_IN]))
    if command.known_sources_only:
        wanted.append((Source, records.source.values))
    if "counter" in records.kind.values:
        wanted.append((Counter, {counter_key(r.resource, r.meter) for r in records if r.kind == "counter"}))
    return wanted
