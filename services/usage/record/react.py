"""Recorded usage goes on to the partitions of its accounts.

UsageRecorded(seq 1842 of partition 3)  ->  GuidedUsage(source=3, n=907, seq=1842, ...) to each account partition

Source and id of a record go with it where rating may price single records: of a meter that does not sum up, and where
the record has attributes. Sums, which are nearly all there is, do without.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.usage.meter.state import BUILT_IN, SUM, Meter
from services.usage.record.messages import GuidedRecord, GuidedUsage, UsageRecorded
from services.usage.topics import GUIDED
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.partition import partition_of
from shared.kernel.sealed_attributes import without_sealed


def react_record(event: UsageRecorded, envelope: Envelope, view: View) -> list[Send]:
    apart = not_summed({record.meter for record in event.records} - BUILT_IN.keys(), view)
    by_target: dict[int, list[GuidedRecord]] = {target: [] for target in event.guided}
    targets: dict[str, list[GuidedRecord]] = {}
    named: dict[int, tuple[str, str]] = {}
    for index, record in enumerate(event.records):
        account = record.account
        if account is None:
            continue
        records = targets.get(account)
        if records is None:
            records = targets[account] = by_target[partition_of(account, event.partitions)]
        attributes = record.attributes
        if attributes or record.meter in apart:
            named[index] = (record.source, record.id)
        records.append(
            GuidedRecord(
                index,
                account,
                record.subscription or "",
                record.meter,
                record.quantity,
                record.started_at,
                record.ended_at,
                without_sealed(attributes) if attributes else attributes,
            )
        )
    return [_guided(event, envelope, target, records, named) for target, records in by_target.items()]


def _guided(
    event: UsageRecorded,
    envelope: Envelope,
    target: int,
    records: list[GuidedRecord],
    named: Mapping[int, tuple[str, str]],
) -> Send:
    origins = {record.index: named[record.index] for record in records if record.index in named} if named else {}
    n = event.guided[target]
    message = GuidedUsage(source=envelope.partition, n=n, seq=envelope.seq, records=records, origins=origins)
    return Send(message, GUIDED, target)


def not_summed(meters: set[str], view: View) -> set[str]:
    """Those whose records rating may price one by one: it is told their sources and ids."""
    return {meter_id for meter_id in meters if (meter := view.get(Meter, meter_id)) and meter.aggregation != SUM}
