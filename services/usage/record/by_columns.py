"""A command counted by columns: the way that nearly all usage takes.

Where every record is a new delta in time, of a meter that sums up, and who has its resource does not change meanwhile,
nothing has to be asked record by record: a meter is looked up once, a resource once, and the columns of the command go
into the event as they are. Of any other command each record is decided by itself (decide.py), with the same outcome.

    counted_by_columns(command.records, counting, view)
        -> RecordedColumns(fate=[["acc-1", "sub-1", None, None], ...])
        -> None: record by record
"""

from __future__ import annotations

from services.usage.meter.state import SUM
from services.usage.record.columns import AdmittedColumns, Coded, Fate, RecordedColumns
from services.usage.record.counting import Counting
from services.usage.record.state import DedupeKey
from shared.kernel.decider import View


def counted_by_columns(records: AdmittedColumns, counting: Counting, view: View) -> RecordedColumns | None:
    """The records as they are counted; `None` where one of them has to be looked at by itself."""
    if not records.count or records.cumulative or records.unit or records.kind.values != ["delta"]:
        return None
    first, last = min(records.started_at.values), max(records.started_at.values)
    if not counting.in_time(first, last) or not counting.sources_known(records.source.values):
        return None
    if any(counting.aggregation(meter) != SUM for meter in records.meter.values):
        return None
    names = records.key_names
    if len(set(names)) != records.count or view.get_many(DedupeKey, names):
        return None
    fates: list[Fate] = []
    for resource in records.resource.values:
        fate = counting.fate(resource, first, last)
        if fate is None:
            return None
        fates.append(fate)
    recorded = RecordedColumns(
        records.count,
        records.source,
        records.id,
        records.resource,
        records.meter,
        records.kind,
        records.quantity,
        records.started_at,
        records.ended_at,
        records.dedupe_key,
        records.content,
        records.position,
        records.attributes,
        Coded(fates, records.resource.codes),
        {},
    )
    recorded.named_as(records)
    return recorded
