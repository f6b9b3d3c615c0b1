"""Usage of closed periods behind an end that is put there: what was charged of it is credited with the next close.

    100 units on September 22, charged 1.00 with September; on October 3 the subscription ends on September 20
    -> UsageTakenBack(closed=[(2026-09-22, "data.octets", fiber/1, 100 units, billed_in=2026-10-01, credited=1)])
    -> at the close of October: f(billed - taken) - f(billed) = -1.00, on a line that settles September (R34)

So it is less than no late usage, as a retraction is (decision 47): what is measured beyond sums is taken back by its
negative, since its chunks are billed. A record that came late and is not charged yet is in no sum any more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NoReturn

import msgspec

from services.rating.account.state import Account
from services.rating.days_of_service import charged_for_days
from services.rating.lineage import RecordPosition, unpack
from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing.engine.aggregation import aggregations
from services.rating.pricing.engine.measuring import aggregation_in
from services.rating.rated_usage.by_day import DAYS_MAX, ClosedRow, ClosedUsage, closed_key
from services.rating.rated_usage.chunks import merged, within_bounds
from services.rating.rated_usage.messages import TakenOfClosed, UsageTakenBack
from services.rating.rated_usage.moving import arriving, counted, place
from services.rating.rated_usage.state import (
    NOTHING,
    BilledPeriod,
    BilledUsage,
    Groups,
    MeasuredName,
    PeriodDetail,
    Tally,
    UsageDetail,
    detail_key,
    tally_key,
)
from services.rating.subscription.state import Subscription
from services.rating.usage_retraction.state import WAITING, WaitingRetractions
from shared.kernel.decider import State, View
from shared.kernel.period import Period

Refuse = Callable[[str], NoReturn]
RowKey = tuple[date, date, str, str, int]
"""First day of the period, day, meter, plan and version."""


def taken_of_closed(
    account: Account, subscription: Subscription, end: date, view: View, refuse: Refuse
) -> list[TakenOfClosed]:
    """What an end takes back of the usage of closed periods. Raises `usage_arriving`, and what `refuse` does."""
    opened = account.open_period
    periods = [period for period in account.closed if period.end > end and opened and period.end <= opened.start]
    if opened is None or not periods:
        return []
    dear = charged_for_days(account, subscription, end, periods, view)
    if dear is not None:
        refuse(f"{dear} charged for days of service by then, and not for usage alone")
    billed = view.get(BilledUsage, subscription.subscription_id)
    if billed is None:
        return []
    rows = _rows(subscription.subscription_id, billed, periods, end, opened.start, view, refuse)
    by_place: dict[RowKey, list[ClosedRow]] = {}
    for row in rows:
        if row.day >= end:
            key = (row.period_start, row.day, row.meter, row.plan, row.version)
            by_place.setdefault(key, []).append(row)
    return [
        _taken(subscription.subscription_id, key, held, opened.start, view, refuse) for key, held in by_place.items()
    ]


def _rows(
    subscription_id: str,
    billed: BilledUsage,
    periods: Sequence[Period],
    end: date,
    opened: date,
    view: View,
    refuse: Refuse,
) -> Sequence[ClosedRow]:
    """The rows of those periods, held against the sums that are kept of them: the tables are of the batch before."""
    waiting = view.get(WaitingRetractions, WAITING)
    if waiting is not None and waiting.count > 0:
        arriving(subscription_id)
    found = view.get(ClosedUsage, closed_key(subscription_id, periods[0].start, end, opened))
    if found is not None and not found.complete:
        refuse(f"there are more than {DAYS_MAX} sums of days")
    rows = found.rows if found else []
    by_name: dict[tuple[date, str], Tally] = {}
    for row in rows:
        at = (row.period_start, tally_key(row.meter, row.version, row.plan))
        by_name[at] = by_name.get(at, NOTHING).plus(row.quantity, row.records)
    starts = {period.start for period in periods}
    rated = {
        (start, name): tally
        for start, period in billed.periods.items()
        if start in starts
        for name, tally in period.total.items()
    }
    if counted(by_name) != counted(rated):
        arriving(subscription_id)
    return rows


def _taken(
    subscription_id: str, key: RowKey, rows: Sequence[ClosedRow], opened: date, view: View, refuse: Refuse
) -> TakenOfClosed:
    period_start, day, meter, plan_id, version = key
    _check_reversible(meter, _version(plan_id, version, view), day, refuse)
    charged = Counter[RecordPosition]()
    fresh: set[RecordPosition] = set()
    for row in rows:
        if row.billed_in == opened:
            fresh.update(unpack(row.counted))
        else:
            charged.update(unpack(row.counted))
        charged.subtract(unpack(row.credited))
    credited = {at for at, times in charged.items() if times > 0}
    records = sum(row.records for row in rows)
    if records != len(credited | fresh):
        arriving(subscription_id)
    groups: dict[tuple[int, int], list[int]] = {}
    for at in sorted(credited | fresh):
        groups.setdefault((at.partition, at.seq), []).append(at.record)
    return TakenOfClosed(
        period_start=period_start,
        day=day,
        meter=meter,
        plan=plan_id,
        version=version,
        quantity=sum(row.quantity for row in rows),
        records=records,
        behind=[(*at, indexes) for at, indexes in groups.items()],
        billed_in=opened,
        credited=len(credited - fresh),
    )


def _version(plan_id: str, version: int, view: View) -> PlanVersion | None:
    plan = view.get(Plan, plan_id)
    return plan.versions[version - 1] if plan else None


def _check_reversible(meter: str, version: PlanVersion | None, day: date, refuse: Refuse) -> None:
    for measure in version.wanted(meter).measures if version else ():
        if aggregations()[measure.aggregation].negative is None:
            refuse(f"the {measure.aggregation} of {meter} on {day} can't be taken back")


# -- folding -----------------------------------------------------------------------------------------------------------


def evolve_closed(event: UsageTakenBack, view: View) -> Iterator[State]:
    """The closed periods with that much less than nothing that came late."""
    of_closed = event.closed
    if not of_closed:
        return
    known = view.get(BilledUsage, event.subscription_id)
    periods = dict(known.periods) if known else {}
    for start in dict.fromkeys(one.period_start for one in of_closed):
        before = periods.get(start, BilledPeriod())
        late, retracted = dict(before.late), dict(before.retracted)
        places: set[tuple[str, str]] = set()
        for one in of_closed:
            if one.period_start == start:
                name = tally_key(one.meter, one.version, one.plan)
                late[name] = late.get(name, NOTHING).plus(-one.quantity, -one.records)
                retracted[name] = retracted.get(name, 0) + one.credited
                places.add(place(one.meter, one.version, one.plan, one.day))
        detail, chunks = _without(event.subscription_id, start, before.detail, places, view)
        yield from chunks
        left = {name: count for name, count in retracted.items() if count}
        periods[start] = msgspec.structs.replace(before, late=late, detail=detail, retracted=left)
    yield BilledUsage(subscription_id=event.subscription_id, periods=periods)


def _without(
    subscription_id: str, start: date, before: PeriodDetail, places: set[tuple[str, str]], view: View
) -> tuple[PeriodDetail, list[UsageDetail]]:
    """The detail with the negative of all that is measured in those places, wherever it lies."""
    keys = [detail_key(subscription_id, start, n) for n in range(before.chunks)]
    found = view.get_many(UsageDetail, keys) if keys else {}
    measured: dict[str, Groups] = {}
    for part in (*(found[key].measured for key in keys if key in found), before.held):
        for name, groups in part.items():
            parsed = MeasuredName.parse(name)
            if (parsed.tally, parsed.day) in places:
                measured[name] = merged(parsed.measure, measured[name], groups) if name in measured else groups
    held = dict(before.held)
    for name, groups in measured.items():
        measure = MeasuredName.parse(name).measure
        taken = _negative(measure, groups)
        together = merged(measure, held[name], taken) if name in held else taken
        held[name] = [group for group in together if group[1]]
    return within_bounds(subscription_id, start, PeriodDetail(before.chunks, _filled(held)))


def _filled(held: Mapping[str, Groups]) -> dict[str, Groups]:
    return {name: groups for name, groups in held.items() if groups}


def _negative(measure: str, groups: Groups) -> Groups:
    aggregation = aggregations().get(aggregation_in(measure))
    if aggregation is None or aggregation.negative is None:
        return []
    return [(words, aggregation.negative(state)) for words, state in groups]
