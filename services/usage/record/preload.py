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
    wanted.append((DedupeKey, [record.dedupe_key.hex() for record in records]))
    wanted.append((Resource, {record.resource for record in records}))
    wanted.append((Meter, {record.meter for record in records} - BUILT_IN.keys()))
    if command.known_sources_only:
        wanted.append((Source, {record.source for record in records}))
    cumulative = [record for record in records if record.cumulative is not None]
    if cumulative:
        counters = {counter_key(record.resource, record.meter) for record in cumulative if record.kind == "counter"}
        wanted.append((Counter, counters))
    return wanted
