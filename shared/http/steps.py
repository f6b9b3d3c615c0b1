"""How an amount came about, as quotes, charges and invoice lines show it."""

from __future__ import annotations

from pydantic import BaseModel


class StepShape(BaseModel):
    """One term of an amount, before rounding. `tier` counts from "1", or names an adjustment ("included", "minimum").

    With `unit_size`, `unit_price` is for each started block of that many units.
    """

    tier: str
    quantity: str
    unit_price: str
    amount: str
    unit_size: str | None = None
    flat_fee: str | None = None
