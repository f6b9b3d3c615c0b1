"""`per_unit`: the same price for every unit, after those that are included.

2,500 units with 1,000 included at 0.002: 1,500 × 0.002 = 3.00. With `unit_size` 400 the price is for each started block
of the 1,500 units that are priced: 4 blocks × 0.002 = 0.008.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, Literal

from services.rating.pricing.engine.contract import (
    ZERO,
    Example,
    PriceTerms,
    Problem,
    Step,
    UsageModel,
    units_amount,
)
from shared.kernel.money import PriceString


class PerUnitPrice(PriceTerms):
    """`unit_price` for each unit, or each started block of `unit_size` units, beyond the first `included` ones."""

    model: Literal["per_unit"]
    unit_price: PriceString
    unit_size: PriceString | None = None
    included: PriceString | None = None

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.unit_size == 0:
            yield Problem("/unit_size", "a block has more than zero units")


def steps(parameters: PerUnitPrice, quantity: Decimal) -> tuple[Step, ...]:
    """The included units, where there are any, and the rest at its price. Amounts are not rounded."""
    included = min(quantity, parameters.included or ZERO)
    units = quantity - included
    price, size = parameters.unit_price, parameters.unit_size
    priced = Step("1", units, price, units_amount(units, price, size), unit_size=size)
    return (Step("included", included, ZERO, ZERO), priced) if included else (priced,)


EXAMPLES: Final = (
    Example({"unit_price": "0.002", "included": "1000"}, "2500", "3"),
    Example({"unit_price": "0.002", "included": "1000", "unit_size": "400"}, "2500", "0.008"),
    Example({"unit_price": "0.002", "included": "1000"}, "1000", "0"),
    Example({"unit_price": "0.05", "unit_size": "60"}, "61", "0.1"),
    Example({"unit_price": "0.05", "unit_size": "60"}, "120", "0.1"),
    Example({"unit_price": "1.5"}, "0.5", "0.75"),
    Example({"unit_price": "0.00880"}, "0", "0"),
)

MODEL: Final = UsageModel(PerUnitPrice, steps, EXAMPLES)
