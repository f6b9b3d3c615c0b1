"""What is measured of usage beyond sums, put away until its period closes: in chunks, so a message rewrites little.

    UsageSum("sub-1", chunks={2026-09-01: Chunks(count=3, records=120)})
    UsageDetail("sub-1|2026-09-01|0"), …|1 and …|2, of 500 records each but the last

A message adds to the last chunk of a period. Which chunk a record is in follows from the order of the log and means
nothing: the close merges them all, in any order to the same value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
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


def put_away(event: UsageRated, view: View, late: Collection[int]) -> tuple[list[UsageDetail], ChunksBySubscription]:
    """The chunks that take what the event measured in time, and how many its subscriptions have of them now.

    `late`: the sums that are not in time, by their places.
    """
    by_period = measures_by_period(event, [measured for measured in event.measured if measured.of not in late])
    chunks: ChunksBySubscription = {}
    placed: dict[str, list[RatedMeasure]] = {}
    begun: set[str] = set()
    for (subscription, start), measures in by_period.items():
        held = chunks.get(subscription)
        if held is None:
            known = view.get(UsageSum, subscription)
            held = chunks[subscription] = dict(known.chunks or {}) if known else {}
        before = held.get(start, NO_CHUNKS)
        room = before.with_room()
        held[start] = room.plus(records_of(event, measures))
        key = detail_key(subscription, start, room.count - 1)
        placed[key] = measures
        if room.count > before.count:
            begun.add(key)
    return filled(event, placed, begun, view), chunks


def measures_by_period(
    event: UsageRated, measured: Iterable[RatedMeasure]
) -> dict[tuple[str, date], list[RatedMeasure]]:
    """What was measured, by subscription and first day of the period."""
    by_period: dict[tuple[str, date], list[RatedMeasure]] = {}
    for one in measured:
        if one.of < len(event.sums):
            added = event.sums[one.of]
            by_period.setdefault((added.subscription, added.period_start), []).append(one)
    return by_period


def records_of(event: UsageRated, measures: Iterable[RatedMeasure]) -> int:
    """How many records were measured, each once."""
    return sum(len(event.sums[of].indexes) for of in {measured.of for measured in measures})


def filled(
    event: UsageRated, placed: Mapping[str, list[RatedMeasure]], begun: Collection[str], view: View
) -> list[UsageDetail]:
    """The chunks of those keys with what was measured in them; those that are not `begun` now are asked for, at once.

    To ask for one that was never there would be a look into the database and a second try for nearly every message.
    """
    known = [key for key in placed if key not in begun]
    before = view.get_many(UsageDetail, known) if known else {}
    return [
        UsageDetail(name=key, measured=_with(before.get(key), measures, event.sums)) for key, measures in placed.items()
    ]


def _with(before: UsageDetail | None, measures: Iterable[RatedMeasure], sums: list[RatedSum]) -> dict[str, Groups]:
    """A chunk with more in it. States of an aggregation that this version lacks are kept side by side."""
    held = dict(before.measured) if before is not None else {}
    for measured in measures:
        added = sums[measured.of]
        name = measured_key(added.meter, added.version, added.plan, added.day, measured.measure)
        aggregation = aggregations().get(aggregation_in(measured.measure))
        if aggregation is None:
            held[name] = [*held.get(name, ()), *measured.groups]
            continue
        groups = dict(held.get(name, ()))
        for words, state in measured.groups:
            groups[words] = aggregation.merge(groups[words], state) if words in groups else state
        held[name] = list(groups.items())
    return held
