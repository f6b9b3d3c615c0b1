"""Legal entities, in partition 0."""

from __future__ import annotations

from typing import Final

from services.invoicing.legal_entity import api, rows
from services.invoicing.legal_entity.decide import decide_entity, evolve_entity
from services.invoicing.legal_entity.messages import LegalEntityDefined
from services.invoicing.legal_entity.state import LegalEntity, LegalEntityUse
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_entity,),
    folds=(evolve_entity,),
    states=(LegalEntity,),
    loaders={LegalEntityUse: rows.uses},
    project=rows.TABLES.projection(rows.rows, anew=(LegalEntityDefined,)),
    routers=(api.router,),
)
