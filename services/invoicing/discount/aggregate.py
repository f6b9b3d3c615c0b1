"""What accounts are given off their invoices."""

from __future__ import annotations

from typing import Final

from services.invoicing.discount import api, rows
from services.invoicing.discount.decide import decide_end, decide_grant, evolve_discount, evolve_use
from services.invoicing.discount.state import AccountDiscounts
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_grant, decide_end),
    folds=(evolve_discount, evolve_use),
    states=(AccountDiscounts,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
