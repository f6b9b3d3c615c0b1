"""Fields that invoices and billing runs have in common, as the contract shows them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import BaseModel

from shared.kernel.money import format_amount
from shared.kernel.period import Period


class ActionShape(BaseModel):
    action: str
    allowed: bool
    reason: str | None = None


class PeriodShape(BaseModel):
    start: date
    end: date


def period_shape(period: Period) -> dict[str, date]:
    return {"start": period.start, "end": period.end}


def money(amount: Decimal | None, currency: str) -> dict[str, str] | None:
    """Money on the wire, with at least the currency's decimals; `None` for what is not known yet."""
    return None if amount is None else {"amount": format_amount(amount, currency), "currency": currency}
