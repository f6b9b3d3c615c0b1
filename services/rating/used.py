"""What a subscription used, as its prices ask for it: sums and counts from the tallies, all else from the chunks.

used = used_by("sub-1", [september], view)
used.measured(september.start, "fiber", 1, MeterMeasure("ports", "max"))       # Decimal("92.4")
used.records(september.start, "fiber", 1, {"ports"})                            # {"ports": 214}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from services.rating.pricing.engine.aggregation import COUNT, SUM, aggregations
from services.rating.pricing.engine.contract import Measured
from services.rating.pricing.engine.measuring import MeterMeasure, aggregation_in
from services.rating.rated_usage.state import NO_CHUNKS, UsageDetail, UsageSum, detail_key, measured_key
from shared.kernel.decider import View
from shared.kernel.period import Period


class Used:
    """The usage of one subscription that is rated and not charged, in some periods."""

    def __init__(self, sums: UsageSum, details: Mapping[date, Sequence[UsageDetail]]) -> None:
        self._sums = sums
        self._details = details

    @property
    def periods(self) -> Iterable[date]:
        """The first days of the periods with usage."""
        return self._sums.periods

    def records(self, period_start: date, plan_id: str, version: int, meters: Iterable[str]) -> dict[str, int]:
        """How many records there are of each of the meters that has some."""
        tallies = {meter: self._sums.of(period_start, meter, version, plan_id) for meter in meters}
        return {meter: tally.records for meter, tally in sorted(tallies.items()) if tally.records}

    def measured(self, period_start: date, plan_id: str, version: int, measure: MeterMeasure) -> Measured:
        """What the measure comes to; zero, nothing or no groups where there are no records."""
        aggregation = aggregations()[measure.aggregation]
        if measure.plain:
            tally = self._sums.of(period_start, measure.meter, version, plan_id)
            state = {SUM: tally.quantity, COUNT: tally.records}[measure.aggregation]
            return aggregation.value(state)
        name = measured_key(measure.meter, version, plan_id, measure.name)
        states = _merged(self._details.get(period_start, ()), name)
        if not measure.group_by:
            return aggregation.value(states.get((), aggregation.zero))
        by_words = {words: aggregation.value(state) for words, state in sorted(states.items())}
        return {words: value for words, value in by_words.items() if isinstance(value, Decimal)}


def used_by(subscription_id: str, periods: Iterable[Period] | None, view: View) -> Used:
    """What the subscription used in those periods (`None`: in all that have usage)."""
    sums = view.get(UsageSum, subscription_id) or UsageSum(subscription_id=subscription_id, periods={})
    starts = sums.periods if periods is None else [period.start for period in periods]
    keys = {
        start: [detail_key(subscription_id, start, n) for n in range(sums.chunks.get(start, NO_CHUNKS).count)]
        for start in starts
    }
    wanted = [key for chunks in keys.values() for key in chunks]
    # One question for all of them.
    found = view.get_many(UsageDetail, wanted) if wanted else {}
    return Used(sums, {start: [found[key] for key in chunks if key in found] for start, chunks in keys.items()})


def _merged(details: Iterable[UsageDetail], name: str) -> dict[tuple[str, ...], object]:
    """The state of each group of a measure (`measured_key`), of all chunks together."""
    merge = aggregations()[aggregation_in(name.rpartition("|")[2])].merge
    states: dict[tuple[str, ...], object] = {}
    for detail in details:
        for words, state in detail.measured.get(name, ()):
            states[words] = merge(states[words], state) if words in states else state
    return states
