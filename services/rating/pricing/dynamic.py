"""`dynamic`: the amount arrives in the record, in `attributes.amount`.

Records that say "0.35" and "1.20" cost 1.55, whatever their quantities. The amount is an exact decimal string, zero or
more, with at most 12 decimals. A record without one, or with anything else, has no price: it waits in quarantine and is
never taken for zero (R20).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

from services.rating.pricing.engine.contract import (
    ONE,
    ZERO,
    Entry,
    Example,
    Measure,
    NothingPrices,
    PriceTerms,
    PricingContext,
    Step,
    UsageModel,
)
from shared.kernel.decimals import DecimalError, parse_decimal


class DynamicPrice(PriceTerms):
    """Nothing but what every price may say: each record brings its amount."""

    model: Literal["dynamic"]


def measures(parameters: DynamicPrice) -> tuple[Measure, ...]:
    return (Measure(aggregation="per_record", attributes=("amount",)),)


def unpriceable(parameters: DynamicPrice, context: PricingContext, record: Entry) -> str | None:
    """`no_price` without an amount, `malformed` where it is no decimal string."""
    if record.words[0] is None:
        return "no_price"
    try:
        parse_decimal(record.words[0], negative=False)
    except DecimalError:
        return "malformed"
    return None


def steps(parameters: DynamicPrice, records: tuple[Entry, ...]) -> tuple[Step, ...]:
    """One step, the sum of what the records say; `count` tells how many they are."""
    amount = sum((_amount_of(record) for record in records), ZERO)
    return (Step("1", ONE, amount, amount, label="sum of the amounts of the records", count=len(records)),)


def _amount_of(record: Entry) -> Decimal:
    try:
        return parse_decimal(record.words[0], negative=False)
    except DecimalError as error:
        raise NothingPrices(f"the amount of a record of a dynamic price: {error}") from error


EXAMPLES: Final = (
    Example({}, ((),), "0"),
    Example({}, ((Entry.of("1", "0.35"), Entry.of("90", "1.20")),), "1.55"),
    Example({}, ((Entry.of("0", "0.000000000001"),),), "0.000000000001"),
)

MODEL: Final = UsageModel(DynamicPrice, steps, EXAMPLES, measures, unpriceable=unpriceable)
