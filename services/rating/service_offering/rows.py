"""ServiceOfferingDefined, ServiceOfferingChanged -> a row of service_row; ServiceOfferingDeleted -> none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from services.rating.service_offering.messages import (
    ServiceOfferingChanged,
    ServiceOfferingDefined,
    ServiceOfferingDeleted,
)
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, update, upsert


class ServiceRow(Row, frozen=True, kw_only=True):
    """A service of the catalogue; one that was deleted stays as such until its id is given again."""

    TABLE = "service_row"
    KEY = ("service_id",)

    service_id: str
    code: str
    name: str
    kind: str
    meters: Jsonb
    tax_class: str | None
    description: str | None
    version: int
    defined_at: datetime
    deleted_at: datetime | None = None


class ChangedService(Change, frozen=True, kw_only=True):
    TABLE = "service_row"
    KEY = ("service_id",)

    service_id: str
    code: str
    name: str
    kind: str
    meters: Jsonb
    tax_class: str | None
    description: str | None
    version: int


class DeletedService(Change, frozen=True, kw_only=True):
    TABLE = "service_row"
    KEY = ("service_id",)

    service_id: str
    deleted_at: datetime


_TABLES: Final = Tables(upsert(ServiceRow), update(ChangedService), update(DeletedService))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[Columns] = []
    for event, envelope, _ in batch:
        match event:
            case ServiceOfferingDefined():
                # What was written of an earlier service of that id must not come after this.
                await _write(connection, partition, rows)
                rows.append(ServiceRow.of(event.terms, **_said(event), version=1, defined_at=envelope.recorded_at))
            case ServiceOfferingChanged():
                rows.append(ChangedService.of(event.terms, **_said(event), version=event.version))
            case ServiceOfferingDeleted():
                rows.append(DeletedService.of(event, deleted_at=envelope.recorded_at))
    await _write(connection, partition, rows)


def _said(event: ServiceOfferingDefined | ServiceOfferingChanged) -> dict[str, Any]:
    code = event.terms.code or event.service_id
    return {"service_id": event.service_id, "code": code, "meters": jsonb(event.terms.meters)}


async def _write(connection: Connection, partition: int, rows: list[Columns]) -> None:
    await _TABLES.write(connection, partition, rows)
    rows.clear()
