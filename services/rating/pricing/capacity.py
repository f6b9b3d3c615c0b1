"""`capacity`: the amount of the first tier that holds the peaks of the period.

    {"limits": {"ports": "10", "mbit": "100"}, "amount": "50.00"}
    {"limits": {"ports": "50"}, "amount": "200.00"}              mbit is not named: unbounded

Peaks of 8 ports and 90 Mbit/s cost 50.00; 8 ports and 400 Mbit/s do not fit the first tier and cost 200.00. A meter's
peak is its greatest record in the period, zero without any; limits are inclusive.

Above the last tier there is no amount: a record that is above every limit of its meter waits in quarantine (R20). The
last tier holds whatever an earlier one does, so peaks that each fit a tier fit one together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.rating.pricing.engine.contract import (
    ONE,
    ZERO,
    Entry,
    Example,
    Measure,
    MeterId,
    NothingPrices,
    PriceTerms,
    PricingContext,
    Problem,
    Step,
    UsageModel,
)
from services.rating.pricing.engine.tiers import TierCount
from shared.kernel.decimals import format_decimal
from shared.kernel.money import PriceString, QuantityString, micro_decimal

METERS_MAX: Final = 20


class CapacityTier(BaseModel):
    """`amount` where each meter's peak is at most its limit; a meter that `limits` does not name is unbounded."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limits: Annotated[dict[MeterId, QuantityString], Field(max_length=METERS_MAX)]
    amount: PriceString

    def holds(self, peaks: Mapping[str, Decimal]) -> bool:
        return all(peaks.get(meter, ZERO) <= limit for meter, limit in self.limits.items())


class CapacityPrice(PriceTerms):
    """The first of `tiers` that holds the peaks is charged, whole."""

    model: Literal["capacity"]
    tiers: Annotated[tuple[CapacityTier, ...], TierCount]

    @property
    def meters(self) -> tuple[str, ...]:
        """Every meter that a tier names, in the order of the alphabet."""
        return tuple(sorted({meter for tier in self.tiers for meter in tier.limits}))

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        meters = self.meters
        if not meters:
            yield Problem("/tiers/0/limits", "no tier names a meter; a price without limits is flat")
        if len(meters) > METERS_MAX:
            yield Problem("/tiers", f"the tiers name {len(meters)} meters; at most {METERS_MAX} are possible")
        if self.meter is not None and meters and self.meter not in meters:
            yield Problem("/meter", f"the tiers limit {', '.join(meters)}, not {self.meter}")
        for index, tier in enumerate(self.tiers):
            hidden = next((n for n, earlier in enumerate(self.tiers[:index]) if _holds_all_of(earlier, tier)), None)
            if hidden is not None:
                yield Problem(f"/tiers/{index}/limits", f"tier {hidden} holds whatever this one does; put it after")
        last = self.tiers[-1]
        for index, tier in enumerate(self.tiers[:-1]):
            for meter, limit in last.limits.items():
                if meter not in tier.limits or tier.limits[meter] > limit:
                    detail = (
                        f"tier {index} lets {meter} go above {format_decimal(limit)}; the last tier has the highest"
                    )
                    yield Problem(f"/tiers/{len(self.tiers) - 1}/limits", f"{detail} limits, or names none")
                    return


def measures(parameters: CapacityPrice) -> tuple[Measure, ...]:
    return tuple(Measure(meter=meter, aggregation="max") for meter in parameters.meters)


def unpriceable(parameters: CapacityPrice, context: PricingContext, record: Entry) -> str | None:
    """`no_price` for a record that is above the limits of every tier, whatever the other meters have."""
    meters = parameters.meters
    meter = meters[0] if len(meters) == 1 else record.meter
    if meter is None or any(tier.holds({meter: micro_decimal(record.quantity)}) for tier in parameters.tiers):
        return None
    return "no_price"


def steps(parameters: CapacityPrice, *peaks: Decimal) -> tuple[Step, ...]:
    """The peak of each meter, which costs nothing, and the tier that holds them."""
    by_meter = dict(zip(parameters.meters, peaks, strict=True))
    found = [Step(f"peak {meter}", peak, ZERO, ZERO) for meter, peak in by_meter.items()]
    for number, tier in enumerate(parameters.tiers, start=1):
        if tier.holds(by_meter):
            return (*found, Step(str(number), ONE, tier.amount, tier.amount, label=_limits_text(tier)))
    told = ", ".join(f"{format_decimal(peak)} of {meter}" for meter, peak in by_meter.items())
    raise NothingPrices(f"no tier holds peaks of {told}; add a tier whose limits are higher, or name none")


def quantity(parameters: CapacityPrice, context: PricingContext, *peaks: Decimal) -> Decimal | None:
    """The peak, where it is of one meter."""
    return peaks[0] if len(peaks) == 1 else None


def _holds_all_of(earlier: CapacityTier, later: CapacityTier) -> bool:
    return all(meter in later.limits and later.limits[meter] <= limit for meter, limit in earlier.limits.items())


def _limits_text(tier: CapacityTier) -> str:
    if not tier.limits:
        return "without limit"
    return ", ".join(f"{meter} up to {format_decimal(limit)}" for meter, limit in sorted(tier.limits.items()))


_LINE: Final = {
    "tiers": [
        {"limits": {"ports": "10", "mbit": "100"}, "amount": "50.00"},
        {"limits": {"ports": "50"}, "amount": "200.00"},
    ]
}

EXAMPLES: Final = (
    Example(_LINE, (Decimal(0), Decimal(0)), "50"),
    Example(_LINE, (Decimal(90), Decimal(8)), "50"),
    Example(_LINE, (Decimal(100), Decimal(10)), "50"),
    Example(_LINE, (Decimal("100.000001"), Decimal(10)), "200"),
    Example(_LINE, (Decimal(400), Decimal(8)), "200"),
    Example(_LINE, (Decimal(0), Decimal(50)), "200"),
)

MODEL: Final = UsageModel(CapacityPrice, steps, EXAMPLES, measures, unpriceable=unpriceable, quantity=quantity)
