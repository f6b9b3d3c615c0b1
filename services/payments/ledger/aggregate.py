"""The ledger of payments: every movement of money as a double entry, and the statement of an account."""

from __future__ import annotations

from typing import Final

from services.payments.ledger import api, rows
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
