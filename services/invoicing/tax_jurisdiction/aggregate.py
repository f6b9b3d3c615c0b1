"""Who taxes where, in partition 0."""

from __future__ import annotations

from typing import Final

from services.invoicing.tax_jurisdiction import api, import_api, rows
from services.invoicing.tax_jurisdiction.decide import decide_import, decide_jurisdiction, evolve_jurisdiction
from services.invoicing.tax_jurisdiction.messages import TaxJurisdictionDefined
from services.invoicing.tax_jurisdiction.state import TaxJurisdiction
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_jurisdiction, decide_import),
    folds=(evolve_jurisdiction,),
    states=(TaxJurisdiction,),
    project=rows.TABLES.projection(rows.rows, anew=(TaxJurisdictionDefined,)),
    routers=(import_api.router, api.router),
)
