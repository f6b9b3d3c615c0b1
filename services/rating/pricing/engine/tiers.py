"""Tiers: what graduated, volume and graduated percentage prices share.

    {"up_to": "10", ...}, {"up_to": "110", ...}, {"up_to": null, ...}      (0, 10], (10, 110], (110, ∞)

Bounds are inclusive and count units from zero, in rising order without gaps; the last tier is without end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Any, Final, Protocol

from pydantic import BaseModel, ConfigDict, Field

from services.rating.pricing.engine.contract import ZERO, Problem
from shared.kernel.money import PriceString

TIERS_MAX: Final = 1000
TierCount: Final = Field(min_length=1, max_length=TIERS_MAX)


class Tier(Protocol):
    """Whatever it prices, it has an upper bound; `None`: without end."""

    @property
    def up_to(self) -> Decimal | None: ...


class UnitTier(BaseModel):
    """Units above the bound before and up to `up_to` (included); `None`, the last tier's, is without end.

    With `unit_size`, `unit_price` is for each started block of that many units.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    up_to: PriceString | None
    unit_price: PriceString
    unit_size: PriceString | None = None
    flat_fee: PriceString | None = None


UnitTiers = Annotated[tuple[UnitTier, ...], TierCount]


def bound_problems(tiers: Sequence[Tier]) -> Iterator[Problem]:
    """Gaps, overlaps and ends in the wrong place, each at its tier."""
    bound = ZERO
    for index, tier in enumerate(tiers):
        last = index == len(tiers) - 1
        if tier.up_to is None:
            if not last:
                yield Problem(f"/tiers/{index}/up_to", "only the last tier is without end (null)")
            continue
        if last:
            yield Problem(f"/tiers/{index}/up_to", "the last tier is without end: its up_to is null")
        elif tier.up_to <= bound:
            yield Problem(f"/tiers/{index}/up_to", f"{tier.up_to} is not above {bound}, where the tier begins")
        bound = tier.up_to


def unit_tier_problems(tiers: Sequence[UnitTier]) -> Iterator[Problem]:
    """Those of the bounds, and blocks of no units."""
    for index, tier in enumerate(tiers):
        if tier.unit_size == 0:
            yield Problem(f"/tiers/{index}/unit_size", "a block has more than zero units")
    yield from bound_problems(tiers)


def entered(tiers: Sequence[Any], quantity: Decimal) -> Iterator[tuple[int, Any, Decimal]]:
    """The tiers that `quantity` enters, each with its number and the part of `quantity` inside it.

    The first is entered at quantity 0, the others by the first quantity beyond the bound before them (R15).
    """
    below = ZERO
    for number, tier in enumerate(tiers, start=1):
        if number > 1 and quantity <= below:
            return
        top = quantity if tier.up_to is None else min(quantity, tier.up_to)
        yield number, tier, top - below
        below = top


# What the examples of the models with tiers price.
RULES_TIERS: Final = {
    "tiers": [
        {"up_to": "10", "unit_price": "1.5"},
        {"up_to": "110", "unit_price": "1.0"},
        {"up_to": None, "unit_price": "0.5"},
    ]
}
TIERS_WITH_FEES: Final = {
    "tiers": [
        {"up_to": "100", "unit_price": "0.10", "flat_fee": "5.00"},
        {"up_to": None, "unit_price": "0.30", "unit_size": "50", "flat_fee": "2.00"},
    ]
}
