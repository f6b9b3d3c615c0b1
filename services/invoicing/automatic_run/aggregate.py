"""Cycles that are run by themselves."""

from __future__ import annotations

from typing import Final

from services.invoicing.automatic_run import api, rows
from services.invoicing.automatic_run.decide import decide_automatic, evolve_automatic
from services.invoicing.automatic_run.messages import AutomaticRunsSet
from services.invoicing.automatic_run.react import react
from services.invoicing.automatic_run.state import AutomaticRuns
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_automatic,),
    folds=(evolve_automatic,),
    follows=(react,),
    states=(AutomaticRuns,),
    project=rows.TABLES.projection(rows.rows, anew=(AutomaticRunsSet,)),
    routers=(api.router,),
)
