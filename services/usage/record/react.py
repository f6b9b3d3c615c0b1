"""Recorded usage goes on to the partitions of its accounts.

UsageRecorded(seq 1842 of partition 3)  ->  GuidedUsage(source=3, n=907, seq=1842, ...) to each account partition
"""

from __future__ import annotations

from services.usage.record.messages import GuidedRecord, GuidedUsage, UsageRecorded
from services.usage.topics import GUIDED
from shared.kernel.decider import Send
from shared.kernel.envelope import Envelope
from shared.kernel.partition import partition_of


def react_record(event: UsageRecorded, envelope: Envelope) -> list[Send]:
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
            GUIDED,
            target,
        )
        for target, records in by_target.items()
    ]
