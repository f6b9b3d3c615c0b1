"""Every event of usage by the name it has in the log; the classes are in the aggregates' `messages.py`.

EVENTS    what stands in `usage.events`
GUIDED    what stands in `usage.guided`, in the partition of the account
"""

from __future__ import annotations

from typing import Final

from services.usage.meter.messages import MeterDefined
from services.usage.quarantine.messages import UsageReturned
from services.usage.record.messages import GuidedUsage, UsageRecorded
from services.usage.resource.messages import AssignmentGuided, ResourceAssigned, ResourceRegistered
from services.usage.undecodable.messages import UndecodableReported, UndecodableResolved
from services.usage.watermark.messages import IntakeCompleteThrough, UsageWatermark
from shared.kernel.message import catalogue

EVENTS: Final = catalogue(
    "usage",
    MeterDefined,
    ResourceRegistered,
    ResourceAssigned,
    UsageRecorded,
    UsageReturned,
    IntakeCompleteThrough,
    UndecodableReported,
    UndecodableResolved,
)

GUIDED: Final = catalogue("usage", GuidedUsage, UsageWatermark, MeterDefined, AssignmentGuided)
