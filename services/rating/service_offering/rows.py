"""ServiceOfferingDefined, ServiceOfferingChanged -> a row of service_row; ServiceOfferingDeleted -> none."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from services.rating.service_offering.messages import (
    ServiceOfferingChanged,
    ServiceOfferingDefined,
    ServiceOfferingDeleted,
)
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, update, upsert


class ServiceColumns(Columns, frozen=True, kw_only=True):
    """What is said of a service."""

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


class ServiceRow(ServiceColumns, Row, frozen=True, kw_only=True):
    """A service of the catalogue; one that was deleted stays as such until its id is given again."""

    defined_at: datetime
    deleted_at: datetime | None = None


class ChangedService(ServiceColumns, Change, frozen=True, kw_only=True):
    """This is said of it from now on."""


class DeletedService(Change, frozen=True, kw_only=True):
    TABLE = "service_row"
    KEY = ("service_id",)

    service_id: str
    deleted_at: datetime


TABLES: Final = Tables(upsert(ServiceRow), update(ChangedService), update(DeletedService))


def rows(applied: AppliedOf[ServiceOfferingDefined | ServiceOfferingChanged | ServiceOfferingDeleted]) -> list[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case ServiceOfferingDefined():
            return [ServiceRow.of(event.terms, **_said(event), version=1, defined_at=at)]
        case ServiceOfferingChanged():
            return [ChangedService.of(event.terms, **_said(event), version=event.version)]
        case ServiceOfferingDeleted():
            return [DeletedService.of(event, deleted_at=at)]


def _said(event: ServiceOfferingDefined | ServiceOfferingChanged) -> dict[str, Any]:
    code = event.terms.code or event.service_id
    return {"service_id": event.service_id, "code": code, "meters": jsonb(event.terms.meters)}
