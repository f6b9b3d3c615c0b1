"""How long what is personal in usage can be read."""

from __future__ import annotations

from typing import Final

from services.usage.month_key import rows
from services.usage.month_key.decide import decide_forgotten, evolve_forgotten
from services.usage.month_key.state import ForgottenMonth
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_forgotten,),
    folds=(evolve_forgotten,),
    states=(ForgottenMonth,),
    project=rows.TABLES.projection(rows.rows),
)
