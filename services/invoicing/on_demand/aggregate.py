"""Invoices that people ask for. What becomes of them is the invoice's (invoice/)."""

from __future__ import annotations

from typing import Final

from services.invoicing.on_demand import api
from services.invoicing.on_demand.decide import decide_on_demand
from services.invoicing.on_demand.preload import preload
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(decides=(decide_on_demand,), preloads=(preload,), routers=(api.router,))
