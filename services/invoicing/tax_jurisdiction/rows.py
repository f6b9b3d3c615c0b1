"""TaxJurisdictionDefined, …Changed -> a row of tax_jurisdiction_row; TaxJurisdictionDeleted -> when."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from services.invoicing.tax_jurisdiction.messages import (
    TaxJurisdictionChanged,
    TaxJurisdictionDefined,
    TaxJurisdictionDeleted,
)
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, update, upsert


class JurisdictionColumns(Columns, frozen=True, kw_only=True):
    """What is said of a jurisdiction."""

    TABLE = "tax_jurisdiction_row"
    KEY = ("jurisdiction_id",)

    jurisdiction_id: str
    level: str
    name: str
    parent_id: str | None
    codes: Jsonb
    postal_codes: Jsonb
    round_by: str | None
    version: int


class JurisdictionRow(JurisdictionColumns, Row, frozen=True, kw_only=True):
    """A jurisdiction; one that was deleted stays as such until its id is given again."""

    defined_at: datetime
    deleted_at: datetime | None = None


class ChangedJurisdiction(JurisdictionColumns, Change, frozen=True, kw_only=True):
    """This is said of it from now on."""


class DeletedJurisdiction(Change, frozen=True, kw_only=True):
    TABLE = "tax_jurisdiction_row"
    KEY = ("jurisdiction_id",)

    jurisdiction_id: str
    deleted_at: datetime


TABLES: Final = Tables(upsert(JurisdictionRow), update(ChangedJurisdiction), update(DeletedJurisdiction))


def rows(applied: AppliedOf[TaxJurisdictionDefined | TaxJurisdictionChanged | TaxJurisdictionDeleted]) -> list[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case TaxJurisdictionDefined():
            return [JurisdictionRow.of(event.terms, **_said(event), version=1, defined_at=at)]
        case TaxJurisdictionChanged():
            return [ChangedJurisdiction.of(event.terms, **_said(event), version=event.version)]
        case TaxJurisdictionDeleted():
            return [DeletedJurisdiction.of(event, deleted_at=at)]


def _said(event: TaxJurisdictionDefined | TaxJurisdictionChanged) -> dict[str, Any]:
    terms = event.terms
    return {
        "jurisdiction_id": event.jurisdiction_id,
        "codes": jsonb(terms.codes),
        "postal_codes": jsonb(terms.postal_codes),
    }
