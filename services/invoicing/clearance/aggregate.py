"""What tax authorities say of invoices. What it changes is the invoice's (invoice/)."""

from __future__ import annotations

from typing import Final

from services.invoicing.clearance import api, rows
from services.invoicing.clearance.decide import decide_report
from services.invoicing.clearance.preload import preload
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_report,), preloads=(preload,), project=rows.TABLES.projection(rows.rows), routers=(api.router,)
)
