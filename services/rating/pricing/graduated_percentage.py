"""`graduated_percentage`: a share of an amount, each part of it at the rate of the tier it falls in (R13).

3 % of the first 1,000.00, 2 % beyond: events of 600.00 and 900.00 are 1,500.00, which cost 1,000.00 × 3 % + 500.00 ×
2 % = 40.00. Tiers count the amounts of all events of the period together, as every tier does (R16), so their order
changes nothing. A tier's `flat_fee` is charged once, when it is entered (R15); the first is at amount 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict

from services.rating.pricing.engine.contract import ZERO, Example, PriceTerms, Problem, Step, UsageModel
from services.rating.pricing.engine.percent import of_a_hundred, percent_text
from services.rating.pricing.engine.tiers import TierCount, bound_problems, entered
from shared.kernel.money import PriceString


class PercentageTier(BaseModel):
    """`rate` ("3" is 3 %) of what lies above the bound before and up to `up_to` (included; `None`: without end)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    up_to: PriceString | None
    rate: PriceString
    flat_fee: PriceString | None = None


class GraduatedPercentagePrice(PriceTerms):
    """`tiers` in rising order; the last one has `up_to: null`."""

    model: Literal["graduated_percentage"]
    tiers: Annotated[tuple[PercentageTier, ...], TierCount]

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        yield from bound_problems(self.tiers)


def steps(parameters: GraduatedPercentagePrice, amount: Decimal) -> tuple[Step, ...]:
    """One step for each tier that `amount` enters, the first one always."""
    found: list[Step] = []
    for number, tier, part in entered(parameters.tiers, amount):
        rate, fee = of_a_hundred(tier.rate), tier.flat_fee or ZERO
        label = percent_text(tier.rate)
        found.append(Step(str(number), part, rate, part * rate + fee, flat_fee=fee, label=label))
    return tuple(found)


_TWO: Final = {"tiers": [{"up_to": "1000", "rate": "3"}, {"up_to": None, "rate": "2"}]}
_WITH_FEES: Final = {
    "tiers": [{"up_to": "1000", "rate": "1.5", "flat_fee": "2.00"}, {"up_to": None, "rate": "0.5", "flat_fee": "10.00"}]
}

EXAMPLES: Final = (
    Example(_TWO, "0", "0"),
    Example(_TWO, "1000", "30"),
    Example(_TWO, "1500", "40"),
    Example(_WITH_FEES, "0", "2"),
    Example(_WITH_FEES, "1000", "17"),
    Example(_WITH_FEES, "1000.01", "27.00005"),
)

MODEL: Final = UsageModel(GraduatedPercentagePrice, steps, EXAMPLES)
