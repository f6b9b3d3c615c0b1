"""Recorded usage goes on to the partitions of its accounts.

UsageRecorded(seq 1842 of partition 3)  ->  GuidedUsage(source=3, n=907, seq=1842, ...) to each account partition

Source and id of a record go with it where rating may price single records: of a meter that does not sum up, and where
the record has attributes. Sums, which are nearly all there is, do without.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from services.usage.meter.state import BUILT_IN, SUM, Meter
from services.usage.record.columns import Coded, GuidedColumns, Holder, RecordedColumns
from services.usage.record.messages import GuidedUsage, UsageRecorded
from services.usage.topics import GUIDED
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.partition import partition_of
from shared.kernel.sealed_attributes import without_sealed

T = TypeVar("T")


def react_record(event: UsageRecorded, envelope: Envelope, view: View) -> list[Send]:
    records = event.records
    named = _named(records, view)
    places = _places_by_target(event)
    holders = Coded(
        [(account or "", subscription or "") for account, subscription, *_ in records.fate.values], records.fate.codes
    )
    return [
        Send(
            GuidedUsage(
                source=envelope.partition,
                n=n,
                seq=envelope.seq,
                records=_guided(records, holders, places[target]),
                origins={place: named[place] for place in places[target] if place in named} if named else {},
            ),
            GUIDED,
            target,
        )
        for target, n in event.guided.items()
    ]


def _places_by_target(event: UsageRecorded) -> Mapping[int, Sequence[int]]:
    """Which records go to each account partition: it is asked for once for each fate, and of no record."""
    records = event.records
    found: dict[int, list[int]] = {target: [] for target in event.guided}
    nobody: list[int] = []
    lists = [
        nobody if account is None else found[partition_of(account, event.partitions)]
        for account, *_ in records.fate.values
    ]
    for place, code in enumerate(records.fate.code_of_each(records.count)):
        lists[code].append(place)
    return found


def _guided(records: RecordedColumns, holders: Coded[Holder], places: Sequence[int]) -> GuidedColumns:
    """Those of the records, on their way."""
    return GuidedColumns(
        len(places),
        [*places],
        _of_these(holders, places),
        _at(records.meter, places),
        _picked(records.quantity, places),
        _at(records.started_at, places),
        _at(records.ended_at, places),
        {n: without_sealed(records.attributes[place]) for n, place in enumerate(places) if place in records.attributes}
        if records.attributes
        else {},
    )


def _of_these(holders: Coded[Holder], places: Sequence[int]) -> Coded[Holder]:
    """The column of the records at these places, with no holder that none of them has."""
    if not holders.codes:
        return holders
    codes = _picked(holders.codes, places)
    kept = dict(zip(dict.fromkeys(codes), range(len(codes)), strict=False))
    return Coded([holders.values[code] for code in kept], [*map(kept.__getitem__, codes)] if len(kept) > 1 else [])


def _at(column: Coded[T], places: Sequence[int]) -> Coded[T]:
    return Coded(column.values, _picked(column.codes, places)) if column.codes else column


def _picked(column: Sequence[T], places: Sequence[int]) -> list[T]:
    if len(places) > 1:
        return [*itemgetter(*places)(column)]
    return [column[place] for place in places]


def _named(records: RecordedColumns, view: View) -> Mapping[int, tuple[str, str]]:
    """Source and id of the records that rating may price one by one, by their places."""
    apart = not_summed({meter for meter in records.meter.values if meter not in BUILT_IN}, view)
    places: set[int] = {*records.attributes}
    if apart:
        places |= {place for place, meter in enumerate(records.meter.column(records.count)) if meter in apart}
    if not places:
        return {}
    sources: Sequence[Any] = records.source.column(records.count)
    return {place: (sources[place], records.id[place]) for place in places}


def not_summed(meters: set[str], view: View) -> set[str]:
    """Those whose records rating may price one by one: it is told their sources and ids."""
    return {meter_id for meter_id in meters if (meter := view.get(Meter, meter_id)) and meter.aggregation != SUM}
