"""What is measured of usage beyond sums, put away until its period closes: in chunks, so a message rewrites little.

    UsageSum("sub-1", chunks={2026-09-01: Chunks(count=3, records=120)})
    UsageDetail("sub-1|2026-09-01|0"), …|1 and …|2, of 500 records each but the last

A message adds to the last chunk of a period. Which chunk a record is in follows from the order of the log and means
nothing: the close merges them all, in any order to the same value.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from services.rating.pricing.engine.aggregation import aggregations
from services.rating.pricing.engine.measuring import aggregation_in
from services.rating.rated_usage.messages import RatedMeasure, RatedSum, UsageRated
from services.rating.rated_usage.state import (
    NO_CHUNKS,
    Chunks,
    Groups,
    UsageDetail,
    UsageSum,
    detail_key,
    measured_key,
)
from shared.kernel.decider import View

ChunksBySubscription = dict[str, dict[date, Chunks]]


def put_away(event: UsageRated, view: View) -> tuple[list[UsageDetail], ChunksBySubscription]:
    """The chunks that take what the event measured, and the count of them that each of its subscriptions has now."""
    by_period: dict[tuple[str, date], list[RatedMeasure]] = {}
    for measured in event.measured:
        added = event.sums[measured.of]
        by_period.setdefault((added.subscription, added.period_start), []).append(measured)
    chunks: ChunksBySubscription = {}
    keys: dict[tuple[str, date], str] = {}
    for subscription, start in by_period:
        held = chunks.get(subscription)
        if held is None:
            known = view.get(UsageSum, subscription)
            held = chunks[subscription] = dict(known.chunks) if known else {}
        held[start] = held.get(start, NO_CHUNKS).with_room()
        keys[subscription, start] = detail_key(subscription, start, held[start].count - 1)
    # One question for all of them.
    before = view.get_many(UsageDetail, keys.values())
    details: list[UsageDetail] = []
    for (subscription, start), measures in by_period.items():
        key = keys[subscription, start]
        details.append(UsageDetail(name=key, measured=_with(before.get(key), measures, event.sums)))
        records = sum(len(event.sums[of].indexes) for of in {measured.of for measured in measures})
        chunks[subscription][start] = chunks[subscription][start].plus(records)
    return details, chunks


def _with(before: UsageDetail | None, measures: Iterable[RatedMeasure], sums: list[RatedSum]) -> dict[str, Groups]:
    states: dict[str, dict[tuple[str, ...], object]] = {}
    if before is not None:
        states = {name: dict(groups) for name, groups in before.measured.items()}
    for measured in measures:
        added = sums[measured.of]
        merge = aggregations()[aggregation_in(measured.measure)].merge
        groups = states.setdefault(measured_key(added.meter, added.version, added.plan, measured.measure), {})
        for words, state in measured.groups:
            groups[words] = merge(groups[words], state) if words in groups else state
    return {name: list(groups.items()) for name, groups in states.items()}
