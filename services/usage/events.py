"""Every event of usage by the name it has in the log; found in the `messages.py` of the aggregates.

EVENTS    what stands in `usage.events`
GUIDED    what stands in `usage.guided`, in the partition of the account
"""

from __future__ import annotations

from typing import Final

from services.usage.meter.messages import MeterDefined, PersonalAttributesMarked
from services.usage.record.messages import GuidedRetraction, GuidedUsage, GuidedUsageV1
from services.usage.resource.messages import AssignmentGuided
from services.usage.session.messages import SessionsGuided
from services.usage.watermark.messages import UsageWatermark
from shared.kernel.folders import events_of
from shared.kernel.message import catalogue

_GUIDED: Final = (GuidedUsage, GuidedUsageV1, GuidedRetraction, UsageWatermark, AssignmentGuided, SessionsGuided)

EVENTS: Final = events_of("services.usage", besides=_GUIDED)

GUIDED: Final = catalogue("usage", *_GUIDED, MeterDefined, PersonalAttributesMarked)
