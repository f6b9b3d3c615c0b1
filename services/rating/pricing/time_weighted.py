"""`time_weighted`: the average level over the period, at a price for each unit.

10 servers for the first half of June and 4 for the second are (10 × 1,296,000 s + 4 × 1,296,000 s) ÷ 2,592,000 s = 7 on
average; at 20.00 each that is 140.00. Records that overlap add up, and where there is none the level is 0.

The period's length is what passes between its midnights in the account's time zone: March in Paris has 31 × 86,400 −
3,600 seconds. The average is rounded half up to 12 decimals, before it is priced (R2).
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Final, Literal

from services.rating.pricing.engine.contract import (
    ZERO,
    Example,
    Measure,
    PriceTerms,
    PricingContext,
    Step,
    UsageModel,
)
from shared.kernel.decimals import EXACT
from shared.kernel.money import PriceString

AVERAGE_DECIMALS: Final = 12


class TimeWeightedPrice(PriceTerms):
    """`unit_price` for each unit of the average level of the period."""

    model: Literal["time_weighted"]
    unit_price: PriceString


def measures(parameters: TimeWeightedPrice) -> tuple[Measure, ...]:
    return (Measure(aggregation="level", needs=("started_at", "ended_at")),)


def steps(parameters: TimeWeightedPrice, context: PricingContext, unit_seconds: Decimal) -> tuple[Step, ...]:
    """The unit-seconds, which cost nothing by themselves, and the average at its price."""
    average = quantity(parameters, context, unit_seconds)
    whole = Step(
        "unit_seconds", unit_seconds, ZERO, ZERO, label=f"level over time, of {_seconds(context)} s in the period"
    )
    return (whole, Step("1", average, parameters.unit_price, average * parameters.unit_price))


def quantity(parameters: TimeWeightedPrice, context: PricingContext, unit_seconds: Decimal) -> Decimal:
    """The average level over the period, rounded half up to 12 decimals."""
    numerator, denominator = unit_seconds.as_integer_ratio()
    whole = denominator * _seconds(context)
    scaled = (2 * numerator * 10**AVERAGE_DECIMALS + whole) // (2 * whole)
    return EXACT.scaleb(Decimal(scaled), -AVERAGE_DECIMALS)


def _seconds(context: PricingContext) -> int:
    start, end = context.instants
    return (end - start) // timedelta(seconds=1)


EXAMPLES: Final = (
    Example({"unit_price": "20.00"}, (Decimal(0),), "0"),
    Example({"unit_price": "20.00"}, (Decimal(14 * 1_296_000),), "140"),
    Example({"unit_price": "20.00"}, (Decimal(864_000),), "6.66666666666"),
)

MODEL: Final = UsageModel(TimeWeightedPrice, steps, EXAMPLES, measures, in_context=True, quantity=quantity)
