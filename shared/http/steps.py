"""How an amount came about, as quotes, charges and invoice lines show it."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel


class LateFeeStepShape(BaseModel):
    """What a late fee is for: `base` of invoice `invoice_number` was overdue. Flat, `percent` of it, whichever is more
    where both are named, or interest of `annual_rate` percent from `start` until before `end`.
    """

    fee_id: str
    invoice_number: str
    due_on: date
    policy_id: str
    policy_version: int
    base: str
    flat: str | None = None
    percent: str | None = None
    annual_rate: str | None = None
    days_in_year: str | None = None
    start: date | None = None
    end: date | None = None
    capped: bool = False
    waived: bool = False


class StepShape(BaseModel):
    """One term of an amount, before rounding. `tier` counts from "1", or names an adjustment ("included", "minimum").

    With `unit_size`, `unit_price` is for each started block of that many units. `label` says what the numbers alone do
    not, such as a rate in percent or the rank of a percentile; `count` is a number of records, samples or packages.
    """

    tier: str
    quantity: str
    unit_price: str
    amount: str
    unit_size: str | None = None
    flat_fee: str | None = None
    label: str | None = None
    count: str | None = None
    late_fee: LateFeeStepShape | None = None
