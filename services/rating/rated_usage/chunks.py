"""What is measured of usage beyond sums until its period closes: held beside the sums, put away in chunks as it grows.

    UsageSum("sub-1", details={2026-09-01: PeriodDetail(chunks=2, held={"rate.bps|1|burst|per_record(direction)": …})})
    UsageDetail("sub-1|2026-09-01|0") and …|1, written once

A message adds to what is held, which is read and written with the sums anyway. Once that is more than a few records, it
becomes a chunk, which nobody looks at before the close. What stays small (the highest value, sums by region) is never
put away. Which chunk a record is in follows from the order of the log and means nothing: the close merges them all, in
any order to the same value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from services.rating.pricing.engine.aggregation import aggregations
from services.rating.pricing.engine.measuring import aggregation_in
from services.rating.rated_usage.messages import RatedMeasure, RatedSum, UsageRated
from services.rating.rated_usage.state import (
    HELD_MAX,
    NO_DETAIL,
    Groups,
    PeriodDetail,
    UsageDetail,
    UsageSum,
    detail_key,
    measured_key,
)

Measured = Mapping[str, Groups]
"""What is held or in a chunk, by `measured_key`."""


def with_detail(
    event: UsageRated, known: Mapping[str, UsageSum]
) -> tuple[dict[str, dict[date, PeriodDetail]], list[UsageDetail]]:
    """The details of the subscriptions that the event measured in time, and the chunks that are full with it."""
    details: dict[str, dict[date, PeriodDetail]] = {}
    chunks: list[UsageDetail] = []
    late = {late.of for late in event.late}
    for (subscription, start), measures in measures_by_period(event, late, came_late=False).items():
        held = details.get(subscription)
        if held is None:
            before = known.get(subscription)
            held = details[subscription] = dict(before.details or {}) if before else {}
        held[start], full = with_measures(subscription, start, held.get(start, NO_DETAIL), measures, event.sums.rows)
        chunks += full
    return details, chunks


def measures_by_period(
    event: UsageRated, late: Collection[int], *, came_late: bool
) -> dict[tuple[str, date], list[RatedMeasure]]:
    """What was measured in time, or late, by subscription and first day of the period. `late`: the places of the sums
    that came late."""
    by_period: dict[tuple[str, date], list[RatedMeasure]] = {}
    sums = event.sums
    for one in event.measured:
        if one.of < len(sums) and (one.of in late) is came_late:
            added = sums[one.of]
            by_period.setdefault((added.subscription, added.period_start), []).append(one)
    return by_period


def with_measures(
    subscription_id: str, start: date, before: PeriodDetail, measures: Iterable[RatedMeasure], sums: Sequence[RatedSum]
) -> tuple[PeriodDetail, list[UsageDetail]]:
    """A period's detail with more in it, and the chunk that it has become where that is too much to be held."""
    held = dict(before.held)
    for measured in measures:
        added = sums[measured.of]
        name = measured_key(added.meter, added.version, added.plan, added.day, measured.measure)
        known = held.get(name)
        held[name] = measured.groups if known is None else merged(measured.measure, known, measured.groups)
    return within_bounds(subscription_id, start, PeriodDetail(before.chunks, held))


def within_bounds(subscription_id: str, start: date, detail: PeriodDetail) -> tuple[PeriodDetail, list[UsageDetail]]:
    """The detail as it is, or with a chunk more where that is too much to be held."""
    if _size(detail.held) <= HELD_MAX:
        return detail, []
    return put_away(subscription_id, start, detail)


def put_away(subscription_id: str, start: date, detail: PeriodDetail) -> tuple[PeriodDetail, list[UsageDetail]]:
    """The same with nothing held: that is one chunk more, unless there was nothing."""
    if not detail.held:
        return detail, []
    chunk = UsageDetail(name=detail_key(subscription_id, start, detail.chunks), measured=detail.held)
    return PeriodDetail(detail.chunks + 1, {}), [chunk]


def merged(measure: str, known: Groups, more: Groups) -> Groups:
    """Both together. States of an aggregation that this version lacks are kept side by side."""
    aggregation = aggregations().get(aggregation_in(measure))
    if aggregation is None:
        return [*known, *more]
    if len(known) == len(more) == 1 and known[0][0] == more[0][0]:
        return [(known[0][0], aggregation.merge(known[0][1], more[0][1]))]
    groups = dict(known)
    for words, state in more:
        groups[words] = aggregation.merge(groups[words], state) if words in groups else state
    return [*groups.items()]


def _size(held: Measured) -> int:
    """How many values it is: where an aggregation keeps records or words, each of them."""
    size = 0
    for groups in held.values():
        for _, state in groups:
            size += len(state) if isinstance(state, list | tuple | dict) else 1
    return size
