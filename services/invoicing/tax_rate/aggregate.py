"""What jurisdictions take, in partition 0."""

from __future__ import annotations

from typing import Final

from services.invoicing.tax_rate import api, import_api, rows
from services.invoicing.tax_rate.decide import decide_import, decide_rate, evolve_rate
from services.invoicing.tax_rate.messages import TaxRateDefined
from services.invoicing.tax_rate.state import RatesOfJurisdiction, TaxRate
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_rate, decide_import),
    folds=(evolve_rate,),
    states=(RatesOfJurisdiction, TaxRate),
    project=rows.TABLES.projection(rows.rows, anew=(TaxRateDefined,)),
    routers=(import_api.router, api.router),
)
