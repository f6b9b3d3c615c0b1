"""How an amount came about, as quotes, charges and invoice lines show it."""

from __future__ import annotations

from pydantic import BaseModel


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
