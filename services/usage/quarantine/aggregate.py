"""Records that belong to nobody yet, or that rating gave back."""

from __future__ import annotations

from typing import Final

from services.usage.quarantine import api, rows
from services.usage.quarantine.decide import decide_quarantine
from services.usage.quarantine.messages import UsageReturned
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_quarantine,),
    unfolded=(UsageReturned,),
    project=rows.project,
    routers=(api.router,),
)
