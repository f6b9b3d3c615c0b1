"""MeterDefined -> the rows that the list of meters shows, beside the built-in ones; and what is personal of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.usage.meter.messages import MeterDefined, PersonalAttributesMarked
from shared.engine.postgres import Connection
from shared.engine.rows import Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, upsert


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


class MeterPersonalRow(Row, frozen=True, kw_only=True):
    """What is personal of a meter, built-in ones too."""

    TABLE = "meter_personal"
    KEY = ("meter_id",)

    meter_id: str
    personal: Jsonb
    marked_at: datetime


_TABLES: Final = Tables(insert(MeterRow), upsert(MeterPersonalRow))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[MeterRow | MeterPersonalRow] = [
        MeterRow.of(event, id=event.meter_id, name=event.name or event.meter_id, defined_at=envelope.recorded_at)
        for event, envelope, _ in batch
        if isinstance(event, MeterDefined)
    ]
    rows += [
        MeterPersonalRow(meter_id=event.meter_id, personal=_written(event), marked_at=envelope.recorded_at)
        for event, envelope, _ in batch
        if isinstance(event, PersonalAttributesMarked)
    ]
    await _TABLES.write(connection, partition, rows)


def _written(event: PersonalAttributesMarked) -> Jsonb:
    return jsonb([{"attribute": mark.attribute, "keep": mark.keep} for mark in event.personal])
