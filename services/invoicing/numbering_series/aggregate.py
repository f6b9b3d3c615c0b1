"""Numbers without gaps."""

from __future__ import annotations

from typing import Final

from services.invoicing.numbering_series import api, rows
from services.invoicing.numbering_series.decide import (
    decide_number,
    decide_numbers,
    decide_opening,
    evolve_number,
    evolve_series,
)
from services.invoicing.numbering_series.messages import NumberConfirmed, NumbersGiven
from services.invoicing.numbering_series.preload import preload
from services.invoicing.numbering_series.state import Numbered, Series
from shared.engine.aggregate import Aggregate
from shared.kernel.claims import EarlierUse

AGGREGATE: Final = Aggregate(
    decides=(decide_number, decide_numbers, decide_opening),
    folds=(evolve_series, evolve_number),
    unfolded=(NumberConfirmed, NumbersGiven),
    preloads=(preload,),
    states=(Series, Numbered),
    loaders={EarlierUse: rows.earlier_uses},
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
