"""Approvals of drafts. What they change is the invoice's (invoice/)."""

from __future__ import annotations

from typing import Final

from services.invoicing.approval import api, rows
from services.invoicing.approval.decide import decide_approval
from services.invoicing.approval.preload import preload
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_approval,), preloads=(preload,), project=rows.TABLES.projection(rows.rows), routers=(api.router,)
)
