"""How an amount came about, as quotes, charges and invoice lines show it."""

from __future__ import annotations

from pydantic import BaseModel


class StepShape(BaseModel):
    """One term of an amount, before rounding. `tier` counts from "1", or names an adjustment ("included", "minimum").

    With `unit_size`, `unit_price` is for each started block of that many units. `label` says what was priced where
    `tier` does not, such as a destination; `count` records have a part in `quantity`, and then a part of a block costs
    its part.
    """

    tier: str
    quantity: str
    unit_price: str
    amount: str
    unit_size: str | None = None
    flat_fee: str | None = None
    label: str | None = None
    count: str | None = None
