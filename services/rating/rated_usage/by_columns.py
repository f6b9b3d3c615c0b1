"""What many `UsageRated` add, by their columns: no object is made for a sum. Hot, and most of what a rebuild reads.

    kinds = Kinds()
    for (account, subscription), kind, quantity, records, packed in sums_of(event, kinds): ...
    kinds[kind]     Kind("data.octets", ("fiber", 2), 2026-09-01, 2026-09-14)

Sums of one meter, plan, period and day are of one kind, which has a number: nearly always all of an event are.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate, pairwise, repeat
from typing import Final, NamedTuple, TypeAlias

from services.rating.lineage import pack
from services.rating.rated_usage.messages import UsageRated
from services.rating.rated_usage.sums import RatedSums


class Kind(NamedTuple):
    """What sums have in common beside their line."""

    meter: str
    plan: tuple[str, int]
    period_start: date
    day: date


Added: TypeAlias = tuple[tuple[str, str], int, int, int, bytes]
"""Account and subscription, the number of the kind, quantity, records, and where these lie, packed."""

_ONE: Final = struct.Struct("<HQH")


class Kinds:
    """The kinds that were met, by number."""

    def __init__(self) -> None:
        self._kinds: list[Kind] = []
        self._numbers: dict[tuple[str, tuple[str, int], date, date], int] = {}

    def __getitem__(self, number: int) -> Kind:
        return self._kinds[number]

    def of_each(self, sums: RatedSums) -> Iterable[int]:
        """The number of the kind of each sum."""
        if not sums.count:
            return ()
        columns = (sums.meter, sums.plan, sums.period_start, sums.day)
        if not any(column.codes for column in columns):
            return repeat(self._number((*(column.values[0] for column in columns),)), sums.count)  # type: ignore[arg-type]
        return map(self._number, zip(*(column.column(sums.count) for column in columns), strict=True))

    def _number(self, kind: tuple[str, tuple[str, int], date, date]) -> int:
        number = self._numbers.get(kind)
        if number is None:
            number = self._numbers[kind] = len(self._kinds)
            self._kinds.append(Kind(*kind))
        return number


def sums_of(event: UsageRated, kinds: Kinds) -> Iterable[Added]:
    """The sums that did not come late."""
    sums = event.sums
    added = zip(
        sums.holder.column(sums.count),
        kinds.of_each(sums),
        sums.quantity,
        sums.records,
        _packed(event.source, event.usage_seq, sums),
        strict=True,
    )
    if not event.late:
        return added
    late = {one.of for one in event.late}
    return (one for place, one in enumerate(added) if place not in late)


def _packed(source: int, seq: int, sums: RatedSums) -> Iterator[bytes] | list[bytes]:
    """Of each sum where its records lie."""
    indexes, records = sums.indexes, sums.records
    if len(indexes) == len(records) == sum(map(bool, records)):
        # Lines report in turn: a record each.
        head, packed = _ONE.pack(source, seq, 1), struct.pack(f"<{len(indexes)}H", *indexes)
        return [head + packed[at : at + 2] for at in range(0, len(packed), 2)]
    return _groups(source, seq, records, indexes)


def _groups(source: int, seq: int, records: Sequence[int], indexes: Sequence[int]) -> Iterator[bytes]:
    for start, end in pairwise(accumulate(records, initial=0)):
        yield pack(source, seq, indexes[start:end]) if end > start else b""
