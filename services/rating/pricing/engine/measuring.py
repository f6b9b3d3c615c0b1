"""Whether this version measures what a price asks for; what it does not is refused by name, never priced by guess.

A price asks for `measures`. One value of one meter, summed up, is what rating keeps of usage:

    unmeasured(per_unit, aggregation="sum")      # None
    unmeasured(per_unit, aggregation="max")      # unsupported: pricing the max of a meter
    unmeasured(percentile, aggregation="sum")    # aggregation_mismatch: the meter has no percentile
"""

from __future__ import annotations

from services.rating.pricing.engine.aggregation import KEPT, aggregations
from services.rating.pricing.engine.price import Price
from shared.kernel.errors import Rejection, unsupported


def unmeasured(price: Price, *, aggregation: str, pointer: str | None = None) -> Rejection | None:
    """Why usage of a meter that has that aggregation cannot be priced so; `None` where it can, or time is priced."""
    if not price.measures:
        return None
    measure = price.measures[0]
    if len(price.measures) > 1 or measure.meter != price.meter:
        return unsupported(f"{price.name}, a price of several values at once,", pointer=pointer)
    if measure.group_by:
        return unsupported(f"{price.name}, a price of usage by {', '.join(measure.group_by)},", pointer=pointer)
    if measure.attributes:
        return unsupported(f"{price.name}, a price that reads {', '.join(measure.attributes)},", pointer=pointer)
    asked = measure.aggregation or aggregation
    if asked != aggregation:
        detail = f"{price.name} prices the {asked} of a meter, and {measure.meter} has its {aggregation}"
        return Rejection("aggregation_mismatch", f"{detail}; name a meter that has the {asked}", pointer=pointer)
    if asked not in aggregations() or asked != KEPT:
        return unsupported(f"pricing the {asked} of a meter", pointer=pointer)
    return None
