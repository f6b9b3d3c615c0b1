"""What follows from a usage event in other partitions: records go to the partition of their account.

    UsageRecorded(seq 1842 of partition 3)  ->  GuidedUsage(source=3, n=907, seq=1842, ...) to each account partition
    IntakeCompleteThrough(12:00:07)         ->  UsageWatermark(source=3, after=907, through=12:00:07) to all
    MeterDefined("sms.messages")            ->  the same to partition 0, where rating keeps its reference data

A watermark stands behind the records it covers, in the same partition of the same topic.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from services.usage.events import (
    GuidedRecord,
    GuidedUsage,
    IntakeCompleteThrough,
    MeterDefined,
    UsageRecorded,
    UsageWatermark,
)
from shared.kernel.decider import Do, Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.partition import partition_of

GUIDED_TOPIC: Final = "usage.guided"


def react(event: Event, envelope: Envelope, view: View) -> Iterable[Do | Send]:
    match event:
        case UsageRecorded():
            return _guide(event, envelope)
        case IntakeCompleteThrough():
            return _announce(event, envelope)
        case MeterDefined():
            return (Send(event, GUIDED_TOPIC, 0),)
        case _:
            return ()


def _guide(event: UsageRecorded, envelope: Envelope) -> list[Send]:
    by_target: dict[int, list[GuidedRecord]] = {target: [] for target in event.guided}
    targets: dict[str, list[GuidedRecord]] = {}
    for index, record in enumerate(event.records):
        account = record.account
        if account is None:
            continue
        records = targets.get(account)
        if records is None:
            records = targets[account] = by_target[partition_of(account, event.partitions)]
        records.append(
            GuidedRecord(
                index,
                account,
                record.subscription or "",
                record.meter,
                record.quantity,
                record.started_at,
                record.ended_at,
                record.attributes,
            )
        )
    return [
        Send(
            GuidedUsage(source=envelope.partition, n=event.guided[target], seq=envelope.seq, records=records),
            GUIDED_TOPIC,
            target,
        )
        for target, records in by_target.items()
    ]


def _announce(event: IntakeCompleteThrough, envelope: Envelope) -> list[Send]:
    if event.through is None:
        return []
    return [
        Send(
            UsageWatermark(source=envelope.partition, after=event.guided.get(target, 0), through=event.through),
            GUIDED_TOPIC,
            target,
        )
        for target in range(event.partitions)
    ]
