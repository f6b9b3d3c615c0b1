"""Files of usage: it decides nothing, its records are those of `record`."""

from __future__ import annotations

from typing import Final

from services.usage.file import api, list_api
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(routers=(api.router, list_api.router))
