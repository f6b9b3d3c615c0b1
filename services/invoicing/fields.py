"""Fields that invoices and billing runs have in common, as the contract shows them."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from shared.kernel.period import Period


class PeriodShape(BaseModel):
    start: date
    end: date


def period_shape(period: Period) -> dict[str, date]:
    return {"start": period.start, "end": period.end}
