"""What the prices of a plan version want of the records of a meter: asked for every record, and so looked up once.

    version.wanted("voice.seconds")
    -> Wanted(measures=(per_record(destination),), checks=(rated_call,), whole=(…,), over_time=())

Usage of a meter without any of these is summed, and that is all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from services.rating.pricing.engine.aggregation import Aggregation, aggregations
from services.rating.pricing.engine.contract import UsageModel
from services.rating.pricing.engine.measuring import AggregationOf, MeterMeasure, measures_of
from services.rating.pricing.engine.price import Price, UnreadablePrice

PRICED_MAX: Final = 1_000
"""So many words are remembered of a price: those of a matrix are a few regions, and an attacker's are endless."""

Words = tuple[str | None, ...]


class Check(NamedTuple):
    """A price that may refuse a record, and which words of it it reads. `looks_up`: it needs stored rates for that.

    `priced`: words that it was asked about before and can price, where they are all that it looks at.
    """

    model: UsageModel[Any]
    terms: Any
    words: tuple[str, ...]
    looks_up: bool
    priced: set[Words] | None

    def is_known(self, words: Words) -> bool:
        """Whether it can price records with those words, as far as that is known."""
        return self.priced is not None and words in self.priced

    def note(self, words: Words) -> None:
        """It can."""
        if self.priced is not None and len(self.priced) < PRICED_MAX:
            self.priced.add(words)


class Way(NamedTuple):
    """A measure with what events call it."""

    name: str
    measure: MeterMeasure
    aggregation: Aggregation[Any]


class Wanted(NamedTuple):
    """The `measures` beyond sums, those of whole records and those `over_time`, and which prices check a record."""

    measures: tuple[MeterMeasure, ...]
    checks: tuple[Check, ...]
    whole: tuple[Way, ...]
    over_time: tuple[Way, ...]


def wanted_of(
    meter: str, prices: Iterable[Price], detailed: Iterable[MeterMeasure], aggregation_of: AggregationOf
) -> Wanted:
    """What those prices want of the meter; `detailed` is what they measure beyond sums."""
    measures = tuple(measure for measure in detailed if measure.meter == meter)
    ways = [Way(measure.name, measure, aggregations()[measure.aggregation]) for measure in measures]
    checks = tuple(_check(price, measure) for price, measure in refusing(meter, prices, aggregation_of))
    return Wanted(
        measures,
        checks,
        tuple(way for way in ways if not way.aggregation.over_time),
        tuple(way for way in ways if way.aggregation.over_time),
    )


def refusing(
    meter: str, prices: Iterable[Price], aggregation_of: AggregationOf
) -> Iterator[tuple[Price, MeterMeasure]]:
    """The prices that may refuse a record of the meter, with the measure that they see it in."""
    for price in prices:
        if isinstance(price, UnreadablePrice) or not isinstance(price.model, UsageModel):
            continue
        if price.model.unpriceable is not None:
            measures = measures_of(price, aggregation_of)
            yield from [(price, measure) for measure in measures if measure.meter == meter][:1]


def _check(price: Price, measure: MeterMeasure) -> Check:
    model = price.model
    assert isinstance(model, UsageModel)
    looks_up = model.wanted is not None and bool(model.wanted(price.terms, ()))
    words = (*measure.attributes, *measure.group_by)
    return Check(model, price.terms, words, looks_up, set() if model.by_words else None)
