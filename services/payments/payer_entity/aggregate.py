"""Which legal entity an account is billed by."""

from __future__ import annotations

from typing import Final

from services.payments.payer_entity import rows
from services.payments.payer_entity.decide import decide_noted, evolve_noted, preload, react
from services.payments.payer_entity.state import PayerEntity
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_noted,),
    folds=(evolve_noted,),
    follows=(react,),
    preloads=(preload,),
    states=(PayerEntity,),
    project=rows.TABLES.projection(rows.rows),
)
