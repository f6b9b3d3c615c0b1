"""The sums without what is retracted, or with what is restored: as if it had never come, or never gone.

RetractionRated(sums=[5 units, withdrawn])    ->  UsageSum: 5 units and a record less
RetractionRated(sums=[5 units, credited])     ->  BilledUsage: 5 units less came late, a record to be credited
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import cast

from msgspec.structs import replace

from services.rating.rated_usage.chunks import with_measures
from services.rating.rated_usage.messages import RatedMeasure, RatedSum
from services.rating.rated_usage.state import (
    NO_DETAIL,
    NOTHING,
    BilledPeriod,
    BilledUsage,
    PeriodDetail,
    Tally,
    UsageDetail,
    UsageSum,
    tally_key,
)
from services.rating.usage_retraction.messages import RetractedSum, RetractionRated
from shared.kernel.decider import State, View

Places = Mapping[tuple[str, date], Collection[int]]


def evolve_retracted(event: RetractionRated, view: View) -> list[State]:
    """The sums of each subscription that the retraction is about."""
    states: list[State] = []
    for subscription in dict.fromkeys(added.subscription for added in event.sums):
        numbers = [n for n, added in enumerate(event.sums) if added.subscription == subscription]
        in_time = [n for n in numbers if event.sums[n].billed_in is None]
        late = [n for n in numbers if event.sums[n].billed_in is not None]
        states += _in_time(subscription, event, in_time, view) if in_time else []
        states += _late(subscription, event, late, view) if late else []
    return states


def _in_time(subscription: str, event: RetractionRated, numbers: Collection[int], view: View) -> list[State]:
    sums = view.get(UsageSum, subscription) or UsageSum(subscription_id=subscription, periods={})
    periods, details = dict(sums.periods), dict(sums.details or {})
    chunks: list[UsageDetail] = []
    for start in dict.fromkeys(event.sums[n].period_start for n in numbers):
        of_period = [n for n in numbers if event.sums[n].period_start == start]
        before = details.get(start, NO_DETAIL)
        detail, full = _detail(subscription, start, before, event, of_period)
        chunks += full
        details[start] = detail
        tallies = dict(periods.get(start, {}))
        for n in of_period:
            name, tally = _changed(tallies, event.sums[n], event.restored)
            # What is measured may have parts of other records: then there is usage, though no record begins here.
            if tally == NOTHING and detail == NO_DETAIL:
                tallies.pop(name, None)
            else:
                tallies[name] = tally
        if detail == NO_DETAIL:
            details.pop(start, None)
        if tallies:
            periods[start] = tallies
        else:
            periods.pop(start, None)
    return [replace(sums, periods=periods, details=details or None), *chunks]


def _late(subscription: str, event: RetractionRated, numbers: Collection[int], view: View) -> list[State]:
    known = view.get(BilledUsage, subscription)
    periods = dict(known.periods) if known else {}
    chunks: list[UsageDetail] = []
    for start in dict.fromkeys(event.sums[n].period_start for n in numbers):
        of_period = [n for n in numbers if event.sums[n].period_start == start]
        before = periods.get(start, BilledPeriod())
        detail, full = _detail(subscription, start, before.detail, event, of_period)
        chunks += full
        late, retracted = dict(before.late), dict(before.retracted)
        for n in of_period:
            name, late[name] = _changed(late, event.sums[n], event.restored)
            retracted[name] = retracted.get(name, 0) + _credited(event.sums[n])
        left = {name: count for name, count in retracted.items() if count}
        periods[start] = replace(before, late=late, detail=detail, retracted=left)
    return [BilledUsage(subscription_id=subscription, periods=periods), *chunks]


def _changed(tallies: Mapping[str, Tally], added: RetractedSum, restored: bool) -> tuple[str, Tally]:
    sign = 1 if restored else -1
    name = tally_key(added.meter, added.version, added.plan)
    return name, tallies.get(name, NOTHING).plus(sign * added.quantity, sign * len(added.indexes))


def _credited(added: RetractedSum) -> int:
    """How many records more, or fewer, are to be credited against what was charged."""
    return {"credited": len(added.indexes), "credit_undone": -len(added.indexes)}.get(added.step, 0)


def _detail(
    subscription: str, start: date, before: PeriodDetail, event: RetractionRated, numbers: Collection[int]
) -> tuple[PeriodDetail, list[UsageDetail]]:
    measures: list[RatedMeasure] = [one for one in event.measured if one.of in numbers]
    if not measures:
        return before, []
    detail, chunks = with_measures(subscription, start, before, measures, cast(list[RatedSum], event.sums))
    held = {name: left for name, groups in detail.held.items() if (left := [g for g in groups if g[1]])}
    return PeriodDetail(detail.chunks, held), chunks
