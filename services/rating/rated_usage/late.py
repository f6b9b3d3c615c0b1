"""Usage that comes after its period was closed (R34): it waits beside what has been billed, until the next close.

    BilledUsage("sub-1", {2026-09-01: BilledPeriod(billed={"data.octets|2|fiber": 5 units}, late={…: 1 unit})})

The next close charges f(billed + late) − f(billed); then all of it is billed, and more may come late. What is known of
a closed period goes with the first close after its days of grace (`open_to_late`): by then usage of it is too late.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from services.rating.rated_usage.chunks import measures_by_period, put_away, with_measures
from services.rating.rated_usage.messages import UsageRated, came_late
from services.rating.rated_usage.state import (
    NOTHING,
    BilledPeriod,
    BilledUsage,
    Tally,
    UsageDetail,
    UsageSum,
    detail_key,
    tally_key,
)
from shared.kernel.decider import Gone, State, View


def with_late(event: UsageRated, view: View) -> list[State]:
    """The closed periods with what the event has for them."""
    late = {late.of for late in event.late}
    tallies: dict[tuple[str, date], dict[str, Tally]] = {}
    for added, _ in came_late(event):
        held = tallies.setdefault((added.subscription, added.period_start), {})
        name = tally_key(added.meter, added.version, added.plan)
        held[name] = held.get(name, NOTHING).plus(added.quantity, len(added.indexes))
    measured = measures_by_period(event, late, came_late=True)
    known = view.get_many(BilledUsage, {subscription for subscription, _ in tallies})
    changed: dict[str, dict[date, BilledPeriod]] = {}
    chunks: list[UsageDetail] = []
    for (subscription, start), more in tallies.items():
        before = known.get(subscription)
        periods = changed.setdefault(subscription, dict(before.periods) if before else {})
        period = periods.get(start, BilledPeriod())
        measures = measured.get((subscription, start), ())
        detail, full = with_measures(subscription, start, period.detail, measures, event.sums.rows)
        periods[start] = period.with_late(more, detail)
        chunks += full
    usage = [BilledUsage(subscription_id=subscription, periods=periods) for subscription, periods in changed.items()]
    return [*usage, *chunks]


def billed(
    subscription_id: str, closed: date, sums: UsageSum | None, before: BilledUsage | None, kept: Collection[date]
) -> list[State | Gone]:
    """What is known of a subscription's closed periods once that which began on `closed` is one of them.

    All that came late is billed then. `kept` are the first days of those that more may come late for.
    """
    changes: list[State | Gone] = []
    periods: dict[date, BilledPeriod] = {}
    for start, period in before.periods.items() if before else ():
        detail, chunks = put_away(subscription_id, start, period.detail)
        periods[start] = BilledPeriod(billed=period.total, detail=detail, billed_chunks=detail.chunks)
        changes += chunks
    if sums is not None and sums.periods.get(closed):
        detail, chunks = put_away(subscription_id, closed, sums.detail_of(closed))
        periods[closed] = BilledPeriod(billed=sums.periods[closed], detail=detail, billed_chunks=detail.chunks)
        changes += chunks
    for start in periods.keys() - kept:
        count = periods.pop(start).detail.chunks
        changes += [Gone(UsageDetail, detail_key(subscription_id, start, n)) for n in range(count)]
    if periods:
        changes.append(BilledUsage(subscription_id=subscription_id, periods=periods))
    elif before is not None:
        changes.append(Gone(BilledUsage, subscription_id))
    return changes
