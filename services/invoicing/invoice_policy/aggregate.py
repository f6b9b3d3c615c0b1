"""What the operator demands of every invoice."""

from __future__ import annotations

from typing import Final

from services.invoicing.invoice_policy import api, rows
from services.invoicing.invoice_policy.decide import decide_policy, evolve_policy
from services.invoicing.invoice_policy.state import InvoicePolicy
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_policy,),
    folds=(evolve_policy,),
    states=(InvoicePolicy,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
