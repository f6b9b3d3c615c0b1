"""TaxExemptionGranted -> a row of tax_exemption_row; TaxExemptionEnded -> its last day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from services.invoicing.tax_exemption.messages import TaxExemptionEnded, TaxExemptionGranted
from shared.engine.rows import Change, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, update, upsert


class ExemptionRow(Row, frozen=True, kw_only=True):
    """A certificate: valid from `valid_from` until before `valid_to`."""

    TABLE = "tax_exemption_row"
    KEY = ("exemption_id",)

    exemption_id: str
    account_id: str
    jurisdiction_id: str
    tax: str | None
    product_tax_class: str | None
    certificate: str
    reason: str | None
    valid_from: date
    valid_to: date | None
    granted_at: datetime


class EndedExemption(Change, frozen=True, kw_only=True):
    TABLE = "tax_exemption_row"
    KEY = ("exemption_id",)

    exemption_id: str
    valid_to: date


TABLES: Final = Tables(upsert(ExemptionRow), update(EndedExemption))


def rows(applied: AppliedOf[TaxExemptionGranted | TaxExemptionEnded]) -> list[ExemptionRow | EndedExemption]:
    event = applied.event
    if isinstance(event, TaxExemptionGranted):
        at = applied.envelope.recorded_at
        said = {"exemption_id": event.exemption_id, "account_id": event.account_id}
        return [ExemptionRow.of(event.terms, **said, granted_at=at)]
    return [EndedExemption.of(event, valid_to=event.on)]
