"""MeterDefined -> the rows that the list of meters shows, beside the built-in ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.usage.meter.messages import MeterDefined

if TYPE_CHECKING:
    from shared.engine.postgres import Connection
    from shared.engine.service import Applied


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    for event, envelope, _ in batch:
        if isinstance(event, MeterDefined):
            await connection.execute(
                """insert into meter (partition, id, name, unit, aggregation, defined_at)
                   values ($1, $2, $3, $4, $5, $6)""",
                partition,
                event.meter_id,
                event.name or event.meter_id,
                event.unit,
                event.aggregation,
                envelope.recorded_at,
            )
