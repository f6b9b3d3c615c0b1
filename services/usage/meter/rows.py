"""MeterDefined -> the rows that the list of meters shows, beside the built-in ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.usage.meter.messages import MeterDefined
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert


class MeterRow(Row, frozen=True, kw_only=True):
    """A meter that somebody defined. Without a name it is called by its id."""

    TABLE = "meter"
    KEY = ("id",)

    id: str
    name: str
    unit: str
    aggregation: str
    defined_at: datetime
    unique_of: str | None = None


_TABLES: Final = Tables(insert(MeterRow))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows = [
        MeterRow.of(event, id=event.meter_id, name=event.name or event.meter_id, defined_at=envelope.recorded_at)
        for event, envelope, _ in batch
        if isinstance(event, MeterDefined)
    ]
    await _TABLES.write(connection, partition, rows)
