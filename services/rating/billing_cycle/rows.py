"""BillingCycleDefined -> a row of billing_cycle_row."""

from __future__ import annotations

from collections.abc import Sequence

from services.rating.billing_cycle.messages import BillingCycleDefined
from shared.engine.postgres import Connection
from shared.engine.service import Applied
from shared.kernel.wire import write

_DEFINE = "insert into billing_cycle_row (partition, cycle_id, name, terms, defined_at) values ($1, $2, $3, $4, $5)"


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    defined = [
        (partition, event.terms.cycle_id, event.name, write(event.terms).decode(), envelope.recorded_at)
        for event, envelope, _ in batch
        if isinstance(event, BillingCycleDefined)
    ]
    if defined:
        await connection.executemany(_DEFINE, defined)
