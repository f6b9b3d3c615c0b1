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
from shared.kernel.decider import State


def preload_record(command: RecordUsage) -> Sequence[tuple[type[State], str]]:
    records = command.records
    wanted: list[tuple[type[State], str]] = [
        *((ReportedPositions, POSITIONS), (GuidedNumbers, NUMBERS), (DedupeDay, POSITIONS)),
    ]
    wanted += [(DedupeKey, record.dedupe_key.hex()) for record in records]
    wanted += [(Resource, resource) for resource in {record.resource for record in records}]
    wanted += [(Meter, meter) for meter in {record.meter for record in records} - BUILT_IN.keys()]
    if command.known_sources_only:
        wanted += [(Source, source) for source in {record.source for record in records}]
    cumulative = [record for record in records if record.cumulative is not None]
    if cumulative:
        counters = {counter_key(record.resource, record.meter) for record in cumulative if record.kind == "counter"}
        wanted += [(Counter, key) for key in counters]
    return wanted
