"""`volume`: all units at the price of the tier that is reached (R13).

1.50 up to 10, 1.00 up to 110, 0.50 beyond: 111 units cost 111 × 0.50 = 55.50, where each at its own tier's price
(`graduated`) would be 115.50. `up_to` is inclusive: the 110th unit is still in the second tier, 110 × 1.00 = 110.00.

A tier's `flat_fee` is charged when that tier is the one reached, and only that one (R15); 0 units reach the first.
With `unit_size` each started block of all the units is paid for. More units may cost less, where a tier is much
cheaper: what was billed before comes back then (R16).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, Literal

from services.rating.pricing.engine.contract import ZERO, Example, PriceTerms, Problem, Step, UsageModel, units_amount
from services.rating.pricing.engine.tiers import (
    RULES_TIERS,
    TIERS_WITH_FEES,
    UnitTiers,
    entered,
    unit_tier_problems,
)


class VolumePrice(PriceTerms):
    """`tiers` in rising order; the last one has `up_to: null`. The one that the quantity reaches prices all of it."""

    model: Literal["volume"]
    tiers: UnitTiers

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        yield from unit_tier_problems(self.tiers)


def steps(parameters: VolumePrice, quantity: Decimal) -> tuple[Step, ...]:
    """One step: all units at the tier reached, which its `tier` numbers."""
    *_, (number, tier, _) = entered(parameters.tiers, quantity)
    fee = tier.flat_fee or ZERO
    amount = units_amount(quantity, tier.unit_price, tier.unit_size) + fee
    return (Step(str(number), quantity, tier.unit_price, amount, tier.unit_size, fee),)


EXAMPLES: Final = (
    Example(RULES_TIERS, "0", "0"),
    Example(RULES_TIERS, "10", "15"),
    Example(RULES_TIERS, "11", "11"),
    Example(RULES_TIERS, "110", "110"),
    Example(RULES_TIERS, "111", "55.5"),
    Example(TIERS_WITH_FEES, "0", "5"),
    Example(TIERS_WITH_FEES, "100", "15"),
    Example(TIERS_WITH_FEES, "101", "2.9"),
    Example(TIERS_WITH_FEES, "150", "2.9"),
)

MODEL: Final = UsageModel(VolumePrice, steps, EXAMPLES)
