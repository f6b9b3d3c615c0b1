"""BillingCycleDefined -> a row of billing_cycle_row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.rating.billing_cycle.messages import BillingCycleDefined
from shared.engine.postgres import Connection
from shared.engine.rows import Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert


class BillingCycleRow(Row, frozen=True, kw_only=True):
    """A calendar that accounts can be opened with; `terms` is its `CycleTerms`."""

    TABLE = "billing_cycle_row"
    KEY = ("cycle_id",)

    cycle_id: str
    name: str
    terms: Jsonb
    defined_at: datetime


_TABLES: Final = Tables(insert(BillingCycleRow))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    defined = [
        BillingCycleRow.of(
            event, cycle_id=event.terms.cycle_id, terms=jsonb(event.terms), defined_at=envelope.recorded_at
        )
        for event, envelope, _ in batch
        if isinstance(event, BillingCycleDefined)
    ]
    await _TABLES.write(connection, partition, defined)
