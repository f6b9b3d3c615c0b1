"""A price that is charged once: one line, on the day the service starts.

once_line(set_up, currency="EUR", on=date(2026, 6, 16))     # one_time  [2026-06-16, 2026-06-17)  49.00
"""

from __future__ import annotations

from datetime import date, timedelta

from services.rating.pricing.engine.contract import ONE, ZERO, Step
from services.rating.pricing.engine.lines import ONE_TIME, Line
from services.rating.pricing.engine.price import Price
from shared.kernel.decimals import exact
from shared.kernel.rounding import round_amount


def once_line(price: Price, *, currency: str, on: date, price_index: int = 0) -> Line:
    """The line of a price with `once`, modifiers and rounding applied. Raises `ValueError` for any other."""
    if not price.once:
        raise ValueError(f"a {price.name} price is charged again and again, or for usage")
    with exact():
        steps = [*price.steps(ONE)]
        amount = sum((step.amount for step in steps), ZERO)
        steps += (Step.adjustment(name, change) for name, change in price.modifiers.adjustments(amount, on=on))
        unrounded = sum((step.amount for step in steps), ZERO)
        return Line(
            kind=ONE_TIME,
            start=on,
            end=on + timedelta(days=1),
            amount=round_amount(unrounded, price.rounding, currency),
            unrounded=unrounded,
            steps=tuple(steps),
            price_index=price_index,
        )
