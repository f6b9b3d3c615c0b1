"""`percentile`: what a line carries nearly all the time, such as the 95th percentile of its rate (R35 to R38).

Samples of 5 minutes are sorted ascending; in 30 days they are 8,640, and the one at rank ⌈95 × 8640 ÷ 100⌉ = 8208 is
billed: the 432 highest, 36 hours, are not (R36). With a commit of 100 at 2.00, a 95th percentile of 130 costs
(130 − 100) × 2.00 = 60.00 (R38).

`direction` says what is compared: `max` the larger of the percentiles of `in` and `out` (R35), `sum` the percentile of
both added up sample by sample, `in` or `out` that direction alone. Samples that name no direction are one series, which
stands for any. Samples that are missing (one is expected every `sample_s` seconds of the period) are left out, or with
`missing: "zero"` counted as zeros, which favours the customer; how many they are is always shown (R37).

Two samples of one direction and the same five minutes, 100 and 140, are one of 120: a poller that runs twice as often
does not count twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from services.rating.pricing.engine.contract import (
    ZERO,
    Entry,
    Example,
    Measure,
    PriceTerms,
    PricingContext,
    Problem,
    Step,
    UsageModel,
)
from services.rating.pricing.engine.nearest_rank import nearest_rank, rank_text
from shared.kernel.decimals import format_decimal
from shared.kernel.money import PriceString, QuantityString, micro_decimal

Direction = Literal["max", "sum", "in", "out"]

_SIDES: Final = ("in", "out")


class PercentilePrice(PriceTerms):
    """`unit_price` for each unit by which the percentile is above `commit`."""

    model: Literal["percentile"]
    unit_price: PriceString
    percentile: PriceString = Decimal(95)
    commit: PriceString = ZERO
    direction: Direction = "max"
    missing: Literal["exclude", "zero"] = "exclude"
    sample_s: QuantityString = Decimal(300)

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if not 0 < self.percentile <= 100:
            yield Problem("/percentile", f"a percentile is above 0 and at most 100, not {self.percentile}")
        if self.sample_s < 1:
            yield Problem("/sample_s", f"a sample is expected every second at most, not every {self.sample_s} s")


class Found(NamedTuple):
    """The percentile of one series: which it is, of how many samples, how many are missing."""

    series: str
    value: Decimal
    samples: int
    missing: int
    ranked: int


def measures(parameters: PercentilePrice) -> tuple[Measure, ...]:
    needs: Final = ("started_at",) if parameters.direction == "sum" else ()
    return (Measure(aggregation="per_record", attributes=("direction",), needs=needs),)


def unpriceable(parameters: PercentilePrice, context: PricingContext, record: Entry) -> str | None:
    """`no_price` for a direction that is neither `in` nor `out`: no series of this price has it."""
    return None if record.words[0] in (None, *_SIDES) else "no_price"


def steps(parameters: PercentilePrice, context: PricingContext, samples: tuple[Entry, ...]) -> tuple[Step, ...]:
    """The percentile of each series with its formula and what is missing, what the commit covers, what is above it."""
    found = _percentiles(parameters, context, samples)
    level = max((one.value for one in found), default=ZERO)
    shown = [step for one in found for step in _shown(parameters, one)]
    covered = min(level, parameters.commit)
    if parameters.commit:
        shown.append(Step("included", covered, ZERO, ZERO, label=f"commit {format_decimal(parameters.commit)}"))
    above = level - covered
    return (*shown, Step("1", above, parameters.unit_price, above * parameters.unit_price))


def quantity(parameters: PercentilePrice, context: PricingContext, samples: tuple[Entry, ...]) -> Decimal:
    """The percentile that is billed, commit included."""
    return max((one.value for one in _percentiles(parameters, context, samples)), default=ZERO)


def _percentiles(parameters: PercentilePrice, context: PricingContext, samples: tuple[Entry, ...]) -> tuple[Found, ...]:
    start, end = context.instants
    every_us = int(parameters.sample_s * 1_000_000)
    length_us = (end - start) // timedelta(microseconds=1)
    expected = -(-length_us // every_us)
    return tuple(
        _percentile(parameters, name, series, expected)
        for name, series in sorted(_series(parameters.direction, samples).items())
    )


def _series(direction: Direction, samples: tuple[Entry, ...]) -> Mapping[str, list[int]]:
    """The samples that are compared, in millionths of a unit, by what they are called in the steps."""
    samples = _one_a_slot(samples)
    if direction == "sum":
        sums: dict[int, int] = {}
        for sample in samples:
            sums[sample.started_us] = sums.get(sample.started_us, 0) + sample.quantity
        return {"sum": list(sums.values())}
    found: dict[str, list[int]] = {}
    for sample in samples:
        found.setdefault(sample.words[0] or "samples", []).append(sample.quantity)
    if not any(side in found for side in _SIDES):
        return {"samples": found.get("samples", [])}
    return found if direction == "max" else {direction: found.get(direction, [])}


def _one_a_slot(samples: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Several samples of one direction that stand for the same span of time are their average, rounded half up.

    Usage gives each sample its five minutes. One of an instant alone stands for itself.
    """
    slots: dict[tuple[str | None, int, int], list[Entry]] = {}
    single = [sample for sample in samples if sample.ended_us <= sample.started_us]
    for sample in samples:
        if sample.ended_us > sample.started_us:
            slots.setdefault((sample.words[0], sample.started_us, sample.ended_us), []).append(sample)
    return (*single, *(_average(slot) for slot in slots.values()))


def _average(slot: list[Entry]) -> Entry:
    count, total = len(slot), sum(sample.quantity for sample in slot)
    return slot[0]._replace(quantity=(2 * total + count) // (2 * count))


def _percentile(parameters: PercentilePrice, name: str, samples: list[int], expected: int) -> Found:
    """Missing samples that count as zero are the lowest of the sorted list."""
    missing = max(0, expected - len(samples))
    zeros = missing if parameters.missing == "zero" else 0
    ranked = len(samples) + zeros
    if not ranked:
        return Found(name, ZERO, 0, missing, 0)
    place = nearest_rank(parameters.percentile, ranked) - zeros - 1
    value = sorted(samples)[place] if place >= 0 else 0
    return Found(name, micro_decimal(value), len(samples), missing, ranked)


def _shown(parameters: PercentilePrice, found: Found) -> tuple[Step, Step]:
    """The percentile of a series, and how many of its samples are missing, none included (R37)."""
    series, missing = found.series, Decimal(found.missing)
    rank = (
        f"{rank_text(parameters.percentile, found.ranked)} of {found.ranked} samples" if found.ranked else "no samples"
    )
    what = "counted as zero" if parameters.missing == "zero" else "left out"
    return (
        Step(series, found.value, ZERO, ZERO, label=f"{series}: {rank}", count=found.samples),
        Step(f"missing {series}", missing, ZERO, ZERO, label=f"{series}: missing samples, {what}", count=found.missing),
    )


def _ports(*rates: tuple[str, str | None]) -> tuple[tuple[Entry, ...]]:
    return (tuple(Entry.of(rate, direction, at_s=300 * place) for place, (rate, direction) in enumerate(rates)),)


_BURST: Final = {"percentile": "95", "commit": "100", "unit_price": "2.00"}
_TWENTY: Final = _ports(*((str(10 * sample), None) for sample in range(1, 21)))
_BOTH: Final = ((Entry.of("130", "in", at_s=0), Entry.of("50", "out", at_s=0)),)

_TWICE: Final = (
    (
        *(Entry.of(rate, "in", at_s=0, until_s=300) for rate in ("100", "140")),
        Entry.of("110", "in", at_s=300, until_s=600),
        Entry.of("30", "out", at_s=0, until_s=300),
    ),
)

EXAMPLES: Final = (
    Example(_BURST, ((),), "0"),
    Example(_BURST, _TWENTY, "180"),
    Example({**_BURST, "percentile": "50"}, _TWENTY, "0"),
    Example({**_BURST, "percentile": "100"}, _TWENTY, "200"),
    Example({**_BURST, "missing": "zero"}, _TWENTY, "0"),
    Example({**_BURST, "missing": "zero", "sample_s": "129600"}, _TWENTY, "180"),
    Example(_BURST, _BOTH, "60"),
    Example({**_BURST, "direction": "sum"}, _BOTH, "160"),
    Example({**_BURST, "direction": "out"}, _BOTH, "0"),
    Example(_BURST, _TWICE, "40"),
    Example({**_BURST, "direction": "sum"}, _TWICE, "100"),
)

MODEL: Final = UsageModel(
    PercentilePrice,
    steps,
    EXAMPLES,
    measures,
    in_context=True,
    unpriceable=unpriceable,
    by_words=True,
    quantity=quantity,
)
