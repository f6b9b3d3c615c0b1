"""What guided messages add to lines, one sum for each line and local day; in `UsageRated` they stand by columns.

    RatedSums.of([acc-1 sub-1 data.octets fiber/1 2026-09-14 73400320: 0, 7,   acc-2 sub-2 … 51000000: 1])
    holder   [[["acc-1", "sub-1"], ["acc-2", "sub-2"]], [0, 1]]
    meter    [["data.octets"], []]              the same in every sum: no codes
    records  [2, 1]                             so many of `indexes` are of each sum
    indexes  [0, 7, 1]

A sum refers to its records and holds none of them. Whoever needs a sum takes it, as of a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import Self

import msgspec

from services.usage.record.messages import Coded, Columns, coded
from shared.kernel.bounds import Count, Index


class RatedSum(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one guided message adds for one (subscription, meter, plan version, local day).

    `quantity` in 1e-6 units; `indexes` are the records behind it, in the `UsageRecorded` the message came from.
    `day` is local to the account.
    """

    account: str
    subscription: str
    meter: str
    plan: str
    version: Count
    period_start: date
    day: date
    quantity: int
    indexes: list[Index]


class RatedSums(Columns[RatedSum], frozen=True, array_like=True, dict=True, eq=False):
    """`RatedSum` by columns: `holder` is account and subscription, `plan` its id and version."""

    holder: Coded[tuple[str, str]]
    meter: Coded[str]
    plan: Coded[tuple[str, Count]]
    period_start: Coded[date]
    day: Coded[date]
    quantity: list[int]
    records: list[Count]
    indexes: list[Index]

    def __post_init__(self) -> None:
        self._lengths(quantity=len(self.quantity), records=len(self.records))
        if sum(self.records) != len(self.indexes):
            raise ValueError(f"{len(self.indexes)} records are named where the sums have {sum(self.records)}")

    @classmethod
    def of(cls, sums: Sequence[RatedSum]) -> Self:
        if not sums:
            return cls(0, Coded([]), Coded([]), Coded([]), Coded([]), Coded([]), [], [], [])
        indexes = [one.indexes for one in sums]
        made = cls(
            len(sums),
            coded([(one.account, one.subscription) for one in sums]),
            coded([one.meter for one in sums]),
            coded([(one.plan, one.version) for one in sums]),
            coded([one.period_start for one in sums]),
            coded([one.day for one in sums]),
            [one.quantity for one in sums],
            [*map(len, indexes)],
            [*chain.from_iterable(indexes)],
        )
        # Who has just made them asks for them next.
        made.__dict__["rows"] = [*sums]
        return made

    @cached_property
    def rows(self) -> list[RatedSum]:
        count = self.count
        holders, plans = self.holder.column(count), self.plan.column(count)
        return list(
            map(
                RatedSum,
                *(zip(*holders, strict=True) if holders else ((), ())),
                self.meter.column(count),
                *(zip(*plans, strict=True) if plans else ((), ())),
                self.period_start.column(count),
                self.day.column(count),
                self.quantity,
                self._of_each(),
            )
        )

    @property
    def accounts(self) -> set[str]:
        """Whose usage it is."""
        return {account for account, _ in self.holder.values}

    def _of_each(self) -> Iterator[list[int]]:
        ends = accumulate(self.records, initial=0)
        return (self.indexes[start:end] for start, end in pairwise(ends))
