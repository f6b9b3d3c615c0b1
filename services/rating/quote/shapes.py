"""What a quote answers."""

from __future__ import annotations

from pydantic import BaseModel

from shared.http.steps import StepShape
from shared.kernel.money import MoneyBody


class QuotePeriod(BaseModel):
    """Half-open; dates, or instants where the question had instants."""

    start: str
    end: str


class QuoteLine(BaseModel):
    """`fraction` is "1" for a whole period; `price_index` counts the prices of the question from "0"."""

    period: QuotePeriod
    kind: str
    fraction: str
    amount: str
    unrounded: str
    price_index: str
    steps: list[StepShape]
    quantity: str | None = None
    meter: str | None = None


class QuoteShape(BaseModel):
    """`amount` is the sum of the lines' rounded amounts, `unrounded` the sum before rounding."""

    amount: MoneyBody
    unrounded: str
    lines: list[QuoteLine]
