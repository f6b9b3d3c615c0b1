"""Rating learns how far usage is complete, in every account partition and behind the records that are covered.

IntakeCompleteThrough(12:00:07)   ->   UsageWatermark(source=3, after=907, through=12:00:07) to all
"""

from __future__ import annotations

from services.usage.topics import GUIDED
from services.usage.watermark.messages import IntakeCompleteThrough, UsageWatermark
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope


def react_watermark(event: IntakeCompleteThrough, envelope: Envelope, view: View) -> list[Send]:
    if event.through is None:
        return []
    return [
        Send(
            UsageWatermark(source=envelope.partition, after=event.guided.get(target, 0), through=event.through),
            GUIDED,
            target,
        )
        for target in range(event.partitions)
    ]
