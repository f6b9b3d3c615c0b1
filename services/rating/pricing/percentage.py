"""`percentage`: a share of the amount of each event, and a fixed fee for it.

1.2 % and 0.30 for each payment: 100.00 costs 1.20 + 0.30 = 1.50. A record is one event, its quantity the amount.

Events are free until `free_events` or `free_amount` is used up, whichever is first: they are counted in the order of
(started_at, source, id), so the order in which they came in changes nothing (R16). With 150.00 free, payments of 100.00
and 80.00: the first is free, the second crosses the amount and pays the rate on the excess of 30.00, and the fixed fee.

`per_event_min` and `per_event_max` bound what an event costs, its fixed fee included; a free one costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final, Literal

from services.rating.pricing.engine.contract import (
    ZERO,
    Entry,
    Example,
    Measure,
    PriceTerms,
    Problem,
    Step,
    UsageModel,
)
from services.rating.pricing.engine.percent import of_a_hundred, percent_text
from shared.kernel.decimals import format_decimal
from shared.kernel.money import PriceString, QuantityString, micro_decimal


class PercentagePrice(PriceTerms):
    """`rate` ("1.2" is 1.2 %) of each event's amount and `fixed` for it, after those that are free."""

    model: Literal["percentage"]
    rate: PriceString
    fixed: PriceString | None = None
    free_events: QuantityString | None = None
    free_amount: PriceString | None = None
    per_event_min: PriceString | None = None
    per_event_max: PriceString | None = None

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.free_events is not None and self.free_events % 1:
            yield Problem("/free_events", f"{self.free_events} events are not a whole number of them")
        least, most = self.per_event_min, self.per_event_max
        if least is not None and most is not None and least > most:
            yield Problem("/per_event_min", f"the minimum {least} of an event is above its maximum {most}")


def measures(parameters: PercentagePrice) -> tuple[Measure, ...]:
    return (Measure(aggregation="per_record"),)


def steps(parameters: PercentagePrice, events: tuple[Entry, ...]) -> tuple[Step, ...]:
    """What is free, the rate on the rest, the fixed fees, and what bounds of single events changed."""
    charged = _charged(parameters, events)
    rate, fixed, count = of_a_hundred(parameters.rate), parameters.fixed or ZERO, len(charged)
    amount = sum(charged, ZERO)
    free = micro_decimal(sum(event.quantity for event in events)) - amount
    found: list[Step] = []
    if free or count < len(events):
        found.append(Step("free", free, ZERO, ZERO, count=len(events) - count))
    found.append(Step("1", amount, rate, amount * rate, label=percent_text(parameters.rate), count=count))
    if fixed and count:
        found.append(Step("fixed", Decimal(count), fixed, count * fixed, label="fixed fee for each event"))
    return (*found, *_bounds(parameters, [one * rate + fixed for one in charged]))


def _charged(parameters: PercentagePrice, events: tuple[Entry, ...]) -> list[Decimal]:
    """Of each event that is not free the amount that the rate is taken of."""
    free_events, free_amount = parameters.free_events, parameters.free_amount
    found: list[Decimal] = []
    used = ZERO
    free = free_events is not None or free_amount is not None
    for count, event in enumerate(events):
        amount = micro_decimal(event.quantity)
        free = free and (free_events is None or count < free_events) and (free_amount is None or used < free_amount)
        if not free:
            found.append(amount)
            continue
        used += amount
        if free_amount is not None and used > free_amount:
            found.append(used - free_amount)
    return found


def _bounds(parameters: PercentagePrice, costs: Iterable[Decimal]) -> Iterator[Step]:
    """What lifting events to the minimum adds, and lowering them to the maximum takes off."""
    least, most = parameters.per_event_min, parameters.per_event_max
    if least is not None and (lifts := [least - cost for cost in costs if cost < least]):
        label = f"events are at least {format_decimal(least)}"
        yield Step.adjustment("per_event_min", sum(lifts, ZERO), label=label, count=len(lifts))
    if most is not None and (cuts := [most - cost for cost in costs if cost > most]):
        label = f"events are at most {format_decimal(most)}"
        yield Step.adjustment("per_event_max", sum(cuts, ZERO), label=label, count=len(cuts))


def _events(*amounts: str) -> tuple[tuple[Entry, ...]]:
    return (tuple(Entry.of(amount, at_s=second) for second, amount in enumerate(amounts)),)


_CARD: Final = {"rate": "1.2", "fixed": "0.30"}

EXAMPLES: Final = (
    Example(_CARD, _events(), "0"),
    Example(_CARD, _events("100"), "1.5"),
    Example(_CARD, _events("100", "50"), "2.4"),
    Example({**_CARD, "free_events": "1"}, _events("100", "50"), "0.9"),
    Example({**_CARD, "free_amount": "150"}, _events("100", "80"), "0.66"),
    Example({**_CARD, "free_amount": "100"}, _events("100", "80"), "1.26"),
    Example({**_CARD, "free_events": "1", "free_amount": "150"}, _events("100", "10"), "0.42"),
    Example({**_CARD, "free_events": "3", "free_amount": "150"}, _events("100", "80", "10"), "1.08"),
    Example({**_CARD, "per_event_min": "1.00", "per_event_max": "2.00"}, _events("10", "100", "1000"), "4.5"),
)

MODEL: Final = UsageModel(PercentagePrice, steps, EXAMPLES, measures)
