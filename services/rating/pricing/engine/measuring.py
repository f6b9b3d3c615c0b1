"""What a price asks of usage, by meter and aggregation; what a plan cannot be sold with is refused by name.

A model names its measures; one that names no aggregation takes what the meter has. Rating keeps them from the first
record to the close, so what they are is settled when a plan is published:

    measures_of(per_unit, aggregation_of)        # (MeterMeasure("ports", "max"),)        of a meter that has its max
    mismatches(percentile, aggregation_of)       # aggregation_mismatch: the meter has its sum
    mismatches(rated_call, aggregation_of)       # nothing: every record of any meter can be priced by itself

Nothing is priced by guess: a price of one quantity is refused on a meter that has no such value, and so is one that
asks for the samples of a meter that adds up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote

import msgspec

from services.rating.pricing.engine.aggregation import COUNT, KEPT, SUM, aggregations
from services.rating.pricing.engine.price import Price, UnreadablePrice
from shared.kernel.errors import Rejection, unsupported

AggregationOf = Callable[[str], str]
"""How a meter aggregates: by a word such as `max`, or with what it reads, `unique(user_id)`."""

PER_RECORD: Final = "per_record"

_OF_ANY_METER: Final = frozenset({COUNT, PER_RECORD})
"""What every meter has, whatever it aggregates: so many records, and each of them."""


class MeterMeasure(msgspec.Struct, frozen=True, array_like=True):
    """A measure with the meter and the aggregation it comes down to."""

    meter: str
    aggregation: str
    attributes: tuple[str, ...] = ()
    group_by: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether the tally of a meter has it already: sums and counts of all records."""
        return not self.group_by and not self.attributes and self.aggregation in (SUM, COUNT)

    @property
    def name(self) -> str:
        """What tells it from other measures of the same meter: `per_record(destination)`, `sum by region,plan`."""
        text = self.aggregation
        if self.attributes:
            text += f"({_listed(self.attributes)})"
        return f"{text} by {_listed(self.group_by)}" if self.group_by else text


@lru_cache(maxsize=4096)
def aggregation_in(name: str) -> str:
    """The aggregation that the name of a measure begins with."""
    return name.partition(" ")[0].partition("(")[0]


def attributes_in(name: str) -> tuple[str, ...]:
    """The attributes that the name of a measure says it reads: `unique(user_id)` those of `user_id`."""
    _, _, listed = name.partition(" ")[0].removesuffix(")").partition("(")
    return tuple(unquote(one) for one in listed.split(",")) if listed else ()


def reading(aggregation: str, attribute: str | None) -> str:
    """What a meter aggregates by, with the attribute that it counts: `unique(user_id)`."""
    return aggregation if attribute is None else f"{aggregation}({_listed((attribute,))})"


def measures_of(price: Price, aggregation_of: AggregationOf) -> tuple[MeterMeasure, ...]:
    """What the price asks of usage, in its order; nothing where it prices time.

    Raises `UnknownModel` for a price that this version cannot read.
    """
    found: list[MeterMeasure] = []
    for measure in price.measures:
        meter = measure.meter or ""
        kept = measure.aggregation or aggregation_of(meter)
        attributes = measure.attributes or attributes_in(kept)
        found.append(MeterMeasure(meter, aggregation_in(kept), attributes, measure.group_by))
    return tuple(found)


def meters_of(price: Price) -> set[str]:
    """The meters whose usage it prices. Of a price that this version cannot read, the one it names."""
    named = {price.meter} if isinstance(price, UnreadablePrice) else {measure.meter for measure in price.measures}
    return {meter for meter in (*named, price.meter) if meter is not None}


def mismatches(price: Price, aggregation_of: AggregationOf, *, pointer: str) -> Iterator[Rejection]:
    """Why usage of its meters cannot be priced so; nothing where it can, or time is priced."""
    for asked, measure in zip(price.measures, measures_of(price, aggregation_of), strict=True):
        at = f"{pointer}/meter" if price.meter is not None else pointer
        has = aggregation_in(aggregation_of(measure.meter))
        if measure.aggregation not in aggregations():
            yield unsupported(f"pricing the {measure.aggregation} of a meter", pointer=at)
        elif measure.aggregation != has and measure.aggregation not in _OF_ANY_METER:
            detail = f"{price.name} prices the {measure.aggregation} of a meter, and {measure.meter} has its {has}"
            yield _mismatch(f"{detail}; name a meter that has the {measure.aggregation}", at)
        elif asked.aggregation is None and not _is_quantity(measure.aggregation):
            detail = f"{price.name} prices a quantity, and {measure.meter} has its {has}"
            yield _mismatch(f"{detail}; name a meter that adds up, or a price of single records", at)
        elif measure.group_by and not _is_quantity(measure.aggregation):
            yield _mismatch(f"{price.name} asks for the {measure.aggregation} by {', '.join(measure.group_by)}", at)
    if (
        price.measures
        and price.modifiers.free_quantity is not None
        and not _is_one_quantity(measures_of(price, aggregation_of))
    ):
        detail = f"{price.name} prices no single quantity that a part could be free of; leave free_quantity out"
        yield Rejection("invalid", detail, pointer=f"{pointer}/modifiers/free_quantity")


def unmeasured(price: Price, *, aggregation: str, pointer: str | None = None) -> Rejection | None:
    """Why a quantity alone cannot be priced so; `None` where it can, or time is priced."""
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


def _is_quantity(aggregation: str) -> bool:
    """Whether it makes one number of its records; others keep them."""
    found = aggregations()[aggregation]
    return isinstance(found.value(found.zero), Decimal)


def _is_one_quantity(measures: tuple[MeterMeasure, ...]) -> bool:
    first = measures[0]
    return first.aggregation not in aggregations() or (not first.group_by and _is_quantity(first.aggregation))


def _mismatch(detail: str, pointer: str) -> Rejection:
    return Rejection("aggregation_mismatch", detail, pointer=pointer)


@lru_cache(maxsize=1024)
def _listed(names: tuple[str, ...]) -> str:
    return ",".join(quote(name, safe="") for name in names)
