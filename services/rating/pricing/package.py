"""`package`: started packages of `size` units, after those that are included (R14).

Packages of 100 messages at 5.00, the first 50 messages included: 251 messages are 201 to be priced, ⌈201 ÷ 100⌉ = 3
packages, 15.00. 250 messages are exactly two packages, 10.00.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, Literal

from services.rating.pricing.engine.contract import ZERO, Example, PriceTerms, Problem, Step, UsageModel, units_amount
from shared.kernel.money import PriceString


class PackagePrice(PriceTerms):
    """`price` for each started package of `size` units beyond the first `included` ones."""

    model: Literal["package"]
    size: PriceString
    price: PriceString
    included: PriceString | None = None

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.size == 0:
            yield Problem("/size", "a package has more than zero units")


def steps(parameters: PackagePrice, quantity: Decimal) -> tuple[Step, ...]:
    """The included units, where there are any, and the packages of the rest, which `count` counts."""
    included = min(quantity, parameters.included or ZERO)
    units, price, size = quantity - included, parameters.price, parameters.size
    packages = int(units_amount(units, Decimal(1), size))
    priced = Step("1", units, price, packages * price, unit_size=size, count=packages)
    return (Step("included", included, ZERO, ZERO), priced) if included else (priced,)


_MESSAGES: Final = {"size": "100", "price": "5.00", "included": "50"}

EXAMPLES: Final = (
    Example(_MESSAGES, "0", "0"),
    Example(_MESSAGES, "50", "0"),
    Example(_MESSAGES, "50.5", "5"),
    Example(_MESSAGES, "250", "10"),
    Example(_MESSAGES, "251", "15"),
    Example({"size": "1000000000", "price": "0.09"}, "2500000000", "0.27"),
    Example({"size": "0.5", "price": "2"}, "1.6", "8"),
)

MODEL: Final = UsageModel(PackagePrice, steps, EXAMPLES)
