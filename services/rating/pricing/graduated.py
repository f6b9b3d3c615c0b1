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
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

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

TIERS_MAX: Final = 1000


class GraduatedTier(BaseModel):
    """Units above the bound before and up to `up_to` (included); `None`, the last tier's, is without end."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    up_to: PriceString | None
    unit_price: PriceString
    unit_size: PriceString | None = None
    flat_fee: PriceString | None = None


class GraduatedPrice(PriceTerms):
    """`tiers` in rising order; the last one has `up_to: null`."""

    model: Literal["graduated"]
    tiers: Annotated[tuple[GraduatedTier, ...], Field(min_length=1, max_length=TIERS_MAX)]

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        bound = ZERO
        for index, tier in enumerate(self.tiers):
            last = index == len(self.tiers) - 1
            if tier.unit_size == 0:
                yield Problem(f"/tiers/{index}/unit_size", "a block has more than zero units")
            if tier.up_to is None:
                if not last:
                    yield Problem(f"/tiers/{index}/up_to", "only the last tier is without end (null)")
                continue
            if last:
                yield Problem(f"/tiers/{index}/up_to", "the last tier is without end: its up_to is null")
            elif tier.up_to <= bound:
                yield Problem(f"/tiers/{index}/up_to", f"{tier.up_to} is not above {bound}, where the tier begins")
            bound = tier.up_to


def steps(parameters: GraduatedPrice, quantity: Decimal) -> tuple[Step, ...]:
    """One step for each tier that `quantity` enters, the first one always. Amounts are not rounded."""
    found: list[Step] = []
    below = ZERO
    for number, tier in enumerate(parameters.tiers, start=1):
        if number > 1 and quantity <= below:
            break
        top = quantity if tier.up_to is None else min(quantity, tier.up_to)
        units, fee = top - below, tier.flat_fee or ZERO
        amount = units_amount(units, tier.unit_price, tier.unit_size) + fee
        found.append(Step(str(number), units, tier.unit_price, amount, tier.unit_size, fee))
        below = top
    return tuple(found)


_RULES_TIERS: Final = {
    "tiers": [
        {"up_to": "10", "unit_price": "1.5"},
        {"up_to": "110", "unit_price": "1.0"},
        {"up_to": None, "unit_price": "0.5"},
    ]
}
_WITH_FEES: Final = {
    "tiers": [
        {"up_to": "100", "unit_price": "0.10", "flat_fee": "5.00"},
        {"up_to": None, "unit_price": "0.30", "unit_size": "50", "flat_fee": "2.00"},
    ]
}

EXAMPLES: Final = (
    Example(_RULES_TIERS, "0", "0"),
    Example(_RULES_TIERS, "10", "15"),
    Example(_RULES_TIERS, "10.5", "15.5"),
    Example(_RULES_TIERS, "110", "115"),
    Example(_RULES_TIERS, "111", "115.5"),
    Example(_WITH_FEES, "0", "5"),
    Example(_WITH_FEES, "100", "15"),
    Example(_WITH_FEES, "101", "17.3"),
    Example(_WITH_FEES, "151", "17.6"),
)

MODEL: Final = UsageModel(GraduatedPrice, steps, EXAMPLES)
