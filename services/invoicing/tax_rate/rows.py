"""TaxRateDefined, …Changed -> a row of tax_rate_row; TaxRateDeleted -> when."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from services.invoicing.tax_rate.messages import (
    TaxRateChanged,
    TaxRateDefined,
    TaxRateDeleted,
)
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, update, upsert


class RateColumns(Columns, frozen=True, kw_only=True):
    """What is said of a rate."""

    TABLE = "tax_rate_row"
    KEY = ("rate_id",)

    rate_id: str
    jurisdiction_id: str
    tax: str
    product_tax_class: str
    kind: str
    rate: Decimal
    category: str
    effective_from: date
    effective_to: date | None
    share: Decimal
    includes: Jsonb
    replaces: Jsonb
    applies_where: str
    reason: str | None
    version: int


class RateRow(RateColumns, Row, frozen=True, kw_only=True):
    """A rate; one that was deleted stays as such until its id is given again."""

    defined_at: datetime
    deleted_at: datetime | None = None


class ChangedRate(RateColumns, Change, frozen=True, kw_only=True):
    """This is said of it from now on."""


class DeletedRate(Change, frozen=True, kw_only=True):
    TABLE = "tax_rate_row"
    KEY = ("rate_id",)

    rate_id: str
    deleted_at: datetime


TABLES: Final = Tables(upsert(RateRow), update(ChangedRate), update(DeletedRate))


def rows(applied: AppliedOf[TaxRateDefined | TaxRateChanged | TaxRateDeleted]) -> list[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case TaxRateDefined():
            return [RateRow.of(event.terms, **_said(event), version=1, defined_at=at)]
        case TaxRateChanged():
            return [ChangedRate.of(event.terms, **_said(event), version=event.version)]
        case TaxRateDeleted():
            return [DeletedRate.of(event, deleted_at=at)]


def _said(event: TaxRateDefined | TaxRateChanged) -> dict[str, Any]:
    terms = event.terms
    return {
        "rate_id": event.rate_id,
        "includes": jsonb(terms.includes),
        "replaces": jsonb(terms.replaces),
        "applies_where": terms.where,
    }
