"""Letters of dunning: written once each, delivered as documents are."""

from __future__ import annotations

from typing import Final

from services.invoicing.dunning_letter import rows
from services.invoicing.dunning_letter.decide import decide_letter, evolve_letter
from services.invoicing.dunning_letter.react import react
from services.invoicing.dunning_letter.state import DunningLetter
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_letter,),
    folds=(evolve_letter,),
    follows=(react,),
    states=(DunningLetter,),
    project=rows.TABLES.projection(rows.rows),
)
