"""`graduated`: each unit at the price of the tier it falls in (R13).

1.50 for the first 10, 1.00 for the next 100, 0.50 beyond: 111 units cost 10 × 1.50 + 100 × 1.00 + 1 × 0.50 = 115.50.
`up_to` counts from zero and is inclusive, so the bounds are 10 and 110; the 10th unit costs 1.50, the 11th 1.00.

A tier's `flat_fee` is charged once when the tier is entered (R15): the first tier at quantity 0, the others by the
first quantity beyond the bound before them. With `unit_size` each started block of the units inside the tier is paid
for; the bounds still count units from zero.
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
from services.rating.pricing.engine.tiers import (
    RULES_TIERS,
    TIERS_WITH_FEES,
    UnitTiers,
    entered,
    unit_tier_problems,
)


class GraduatedPrice(PriceTerms):
    """`tiers` in rising order; the last one has `up_to: null`."""

    model: Literal["graduated"]
    tiers: UnitTiers

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        yield from unit_tier_problems(self.tiers)


def steps(parameters: GraduatedPrice, quantity: Decimal) -> tuple[Step, ...]:
    """One step for each tier that `quantity` enters, the first one always. Amounts are not rounded."""
    found: list[Step] = []
    for number, tier, units in entered(parameters.tiers, quantity):
        fee = tier.flat_fee or ZERO
        amount = units_amount(units, tier.unit_price, tier.unit_size) + fee
        found.append(Step(str(number), units, tier.unit_price, amount, tier.unit_size, fee))
    return tuple(found)


EXAMPLES: Final = (
    Example(RULES_TIERS, "0", "0"),
    Example(RULES_TIERS, "10", "15"),
    Example(RULES_TIERS, "10.5", "15.5"),
    Example(RULES_TIERS, "110", "115"),
    Example(RULES_TIERS, "111", "115.5"),
    Example(TIERS_WITH_FEES, "0", "5"),
    Example(TIERS_WITH_FEES, "100", "15"),
    Example(TIERS_WITH_FEES, "101", "17.3"),
    Example(TIERS_WITH_FEES, "151", "17.6"),
)

MODEL: Final = UsageModel(GraduatedPrice, steps, EXAMPLES)
