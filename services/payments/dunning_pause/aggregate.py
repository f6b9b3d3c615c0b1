"""Many cases paused as a job: it decides nothing, each case is decided by `dunning`."""

from __future__ import annotations

from typing import Final

from services.payments.dunning_pause import api
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(routers=(api.router,))
