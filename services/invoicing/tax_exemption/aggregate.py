"""What accounts are exempt from."""

from __future__ import annotations

from typing import Final

from services.invoicing.tax_exemption import api, rows
from services.invoicing.tax_exemption.decide import decide_end, decide_grant, evolve_exemption
from services.invoicing.tax_exemption.messages import TaxExemptionGranted
from services.invoicing.tax_exemption.state import TaxExemptions
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_grant, decide_end),
    folds=(evolve_exemption,),
    states=(TaxExemptions,),
    project=rows.TABLES.projection(rows.rows, anew=(TaxExemptionGranted,)),
    routers=(api.router,),
)
