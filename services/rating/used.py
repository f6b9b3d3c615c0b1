"""What a subscription used, as its prices ask for it: sums and counts from the tallies, all else from the chunks.

used = used_by("sub-1", [september], view)
used.measured(september.start, "fiber", 1, MeterMeasure("ports", "max"))       # Decimal("92.4")
used.records(september.start, "fiber", 1, {"ports"})                            # {"ports": 214}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from services.rating.pricing.engine.aggregation import COUNT, SUM, aggregations
from services.rating.pricing.engine.contract import Measured
from services.rating.pricing.engine.measuring import MeterMeasure, aggregation_in
from services.rating.rated_usage.chunks import Measured as Chunk
from services.rating.rated_usage.state import (
    NOTHING,
    BilledUsage,
    MeasuredName,
    PeriodDetail,
    Tally,
    UsageDetail,
    UsageSum,
    detail_key,
    tally_key,
)
from shared.kernel.decider import View
from shared.kernel.period import Period


class Used:
    """The usage of one subscription in some periods, by their first days."""

    def __init__(self, tallies: Mapping[date, Mapping[str, Tally]], details: Mapping[date, Sequence[Chunk]]) -> None:
        self._tallies = tallies
        self._details = details

    @property
    def periods(self) -> Iterable[date]:
        """The first days of the periods with usage."""
        return self._tallies.keys()

    def records(self, period_start: date, plan_id: str, version: int, meters: Iterable[str]) -> dict[str, int]:
        """How many records there are of each of the meters that has some."""
        counts = {meter: self._tally(period_start, plan_id, meter, version).records for meter in meters}
        return {meter: count for meter, count in sorted(counts.items()) if count}

    def has(self, period_start: date, plan_id: str, version: int, meters: Iterable[str]) -> bool:
        """Whether there is any usage of one of the meters, be it a part of a record that is counted elsewhere."""
        tallies = self._tallies.get(period_start, {})
        return any(tally_key(meter, version, plan_id) in tallies for meter in meters)

    def measured(self, period_start: date, plan_id: str, version: int, measure: MeterMeasure) -> Measured:
        """What the measure comes to; zero, nothing or no groups where there are no records."""
        aggregation = aggregations()[measure.aggregation]
        if measure.plain:
            held = self._tally(period_start, plan_id, measure.meter, version)
            return aggregation.value({SUM: held.quantity, COUNT: held.records}[measure.aggregation])
        tally = tally_key(measure.meter, version, plan_id)
        states = _merged(self._details.get(period_start, ()), tally, measure.name)
        if not measure.group_by:
            return aggregation.value(states.get((), aggregation.zero))
        by_words = {words: aggregation.value(state) for words, state in sorted(states.items())}
        return {words: value for words, value in by_words.items() if isinstance(value, Decimal)}

    def _tally(self, period_start: date, plan_id: str, meter: str, version: int) -> Tally:
        return self._tallies.get(period_start, {}).get(tally_key(meter, version, plan_id), NOTHING)


class LateUsed(NamedTuple):
    """Usage of a closed period that came late: what has been billed, what has come since, and both."""

    period: Period
    billed: Used
    late: Used
    total: Used
    retracted: Mapping[str, int] = {}
    """How many records of what has been billed are retracted, by `tally_key`."""


def used_by(subscription_id: str, periods: Iterable[Period] | None, view: View) -> Used:
    """What of it is not charged yet, in those periods (`None`: in all that are open and have usage)."""
    sums = view.get(UsageSum, subscription_id) or UsageSum(subscription_id=subscription_id, periods={})
    starts = sums.periods if periods is None else [period.start for period in periods]
    held = {start: sums.detail_of(start) for start in starts}
    return Used(sums.periods, _details(subscription_id, held, view))


def late_by(subscription_id: str, closed: Iterable[Period], view: View) -> list[LateUsed]:
    """What came late for closed periods and has not been charged, period by period."""
    known = view.get(BilledUsage, subscription_id)
    late = {period: known.periods[period.start] for period in closed if known and period.start in known.periods}
    late = {period: held for period, held in late.items() if held.late}
    details = _details(subscription_id, {period.start: held.detail for period, held in late.items()}, view)
    found: list[LateUsed] = []
    for period, held in late.items():
        start, chunks = period.start, details[period.start]
        billed = Used({start: held.billed}, {start: chunks[: held.billed_chunks]})
        after = Used({start: held.late}, {start: chunks[held.billed_chunks :]})
        found.append(LateUsed(period, billed, after, Used({start: held.total}, {start: chunks}), held.retracted))
    return found


def billed_detail(subscription_id: str, period_start: date, view: View) -> list[Chunk]:
    """What is measured of a closed period's billed usage beyond sums, as long as more may come late; nothing after."""
    known = view.get(BilledUsage, subscription_id)
    held = known.periods.get(period_start) if known else None
    billed = {period_start: PeriodDetail(held.billed_chunks, {})} if held else {}
    return _details(subscription_id, billed, view).get(period_start, [])


def _details(subscription_id: str, details: Mapping[date, PeriodDetail], view: View) -> dict[date, list[Chunk]]:
    """The chunks of each period, asked for in one question; the last one is what is held."""
    keys = {
        start: [detail_key(subscription_id, start, n) for n in range(detail.chunks)]
        for start, detail in details.items()
    }
    wanted = [key for chunks in keys.values() for key in chunks]
    found = view.get_many(UsageDetail, wanted) if wanted else {}
    return {
        start: [*(found[key].measured for key in chunks if key in found), details[start].held]
        for start, chunks in keys.items()
    }


def _merged(details: Iterable[Chunk], tally: str, measure: str) -> dict[tuple[str, ...], object]:
    """The state of each group of a measure of those units (`tally_key`), of all chunks and days together."""
    merge = aggregations()[aggregation_in(measure)].merge
    begins, ends = f"{tally}|", f"|{measure}"
    states: dict[tuple[str, ...], object] = {}
    for measured in details:
        for name, groups in measured.items():
            if name.startswith(begins) and name.endswith(ends) and MeasuredName.parse(name).measure == measure:
                for words, state in groups:
                    states[words] = merge(states[words], state) if words in states else state
    return states
