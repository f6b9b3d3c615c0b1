"""What is not going to be paid."""

from __future__ import annotations

from typing import Final

from services.payments.write_off import api, rows
from services.payments.write_off.decide import (
    decide_recovery,
    decide_write_off,
    evolve_recovered,
    evolve_written_off,
)
from services.payments.write_off.preload import preload
from services.payments.write_off.state import KnownWriteOff
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_write_off, decide_recovery),
    folds=(evolve_written_off, evolve_recovered),
    preloads=(preload,),
    states=(KnownWriteOff,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
