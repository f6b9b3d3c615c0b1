"""Usage that is rated and not charged: it waits in sums, one state per subscription, until its period closes.

    UsageSum("sub-1", {2026-09-01: {"data.octets|2|fiber": Tally(quantity=5_000_000, records=3)}})

means: three records, 5 units in all, for the period that began on September 1, priced by version 2 of fiber. What
prices need beyond such sums lies beside them in chunks of some 500 records (chunks.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

import msgspec

from shared.kernel.decider import State


class Tally(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How much: `quantity` in 1e-6 units, from `records` usage records."""

    quantity: int
    records: int

    def plus(self, quantity: int, records: int) -> Tally:
        return Tally(self.quantity + quantity, self.records + records)


NOTHING: Final = Tally(0, 0)

CHUNK_RECORDS: Final = 500
"""A message rewrites the last chunk of a period: some 20 kB where every record is kept as it is."""


class Chunks(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How many chunks of detail a period has, and how many records are in the last of them."""

    count: int
    records: int

    def with_room(self) -> Chunks:
        """The same, or one more chunk where the last is full or there is none."""
        return self if self.count and self.records < CHUNK_RECORDS else self.one_more()

    def one_more(self) -> Chunks:
        return Chunks(self.count + 1, 0)

    def plus(self, records: int) -> Chunks:
        return Chunks(self.count, self.records + records)


NO_CHUNKS: Final = Chunks(0, 0)


class UsageSum(State, frozen=True, kw_only=True):
    """The usage of a subscription that is rated, not charged: by start of its period, then by `tally_key`.

    `chunks`: of the periods that have detail beyond that; `None` where there are none, which is nearly everywhere and
    costs no empty dict.
    """

    subscription_id: str
    periods: dict[date, dict[str, Tally]]
    chunks: dict[date, Chunks] | None = None

    @property
    def key(self) -> str:
        return self.subscription_id

    def chunks_of(self, period_start: date) -> Chunks:
        return NO_CHUNKS if self.chunks is None else self.chunks.get(period_start, NO_CHUNKS)

    def of(self, period_start: date, meter: str, version: int, plan_id: str) -> Tally:
        return self.periods.get(period_start, {}).get(tally_key(meter, version, plan_id), NOTHING)


class BilledPeriod(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A closed period: what of it has been billed, and what came `late` since, both by `tally_key`.

    Of its `chunks` the first `billed_chunks` are billed.
    """

    billed: dict[str, Tally] = {}
    late: dict[str, Tally] = {}
    chunks: Chunks = NO_CHUNKS
    billed_chunks: int = 0

    @property
    def total(self) -> dict[str, Tally]:
        """What is billed and what is late, together."""
        return _together(self.billed, self.late)

    def with_late(self, late: Mapping[str, Tally]) -> BilledPeriod:
        return msgspec.structs.replace(self, late=_together(self.late, late))

    def with_room(self) -> BilledPeriod:
        """The same with a last chunk that takes what comes late: never one that has been billed."""
        chunks = self.chunks.with_room() if self.chunks.count > self.billed_chunks else self.chunks.one_more()
        return msgspec.structs.replace(self, chunks=chunks)

    def all_billed(self) -> BilledPeriod:
        """The same after a close: nothing of it is late any more."""
        return BilledPeriod(billed=self.total, chunks=self.chunks, billed_chunks=self.chunks.count)


class BilledUsage(State, frozen=True, kw_only=True):
    """The usage of a subscription in closed periods, by their first days, as long as more may come late (R34)."""

    subscription_id: str
    periods: dict[date, BilledPeriod]

    @property
    def key(self) -> str:
        return self.subscription_id


def _together(some: Mapping[str, Tally], more: Mapping[str, Tally]) -> dict[str, Tally]:
    together = dict(some)
    for name, tally in more.items():
        held = together.get(name)
        together[name] = held.plus(tally.quantity, tally.records) if held else tally
    return together


def tally_key(meter: str, version: int, plan_id: str) -> str:
    """Which sum of a period: a plan can change within it, and each has its versions."""
    return f"{meter}|{version}|{plan_id}"


Groups = list[tuple[tuple[str, ...], Any]]
"""The state of an aggregation for each combination of words; of a measure without grouping one, without words."""


class UsageDetail(State, frozen=True, kw_only=True):
    """A chunk of what is measured of a subscription in a period, day by day: by `measured_key`."""

    name: str
    measured: Mapping[str, Groups]

    @property
    def key(self) -> str:
        return self.name


def detail_key(subscription_id: str, period_start: date, n: int) -> str:
    """The n-th chunk of a period, counted from 0."""
    return f"{subscription_id}|{period_start}|{n}"


def measured_key(meter: str, version: int, plan_id: str, day: date, measure: str) -> str:
    """Which measure it is, of which local day: a change of plan for past days moves whole days (moving.py)."""
    return f"{tally_key(meter, version, plan_id)}|{day}|{measure}"


class MeasuredName(NamedTuple):
    """A `measured_key`, taken apart."""

    tally: str
    day: str
    measure: str

    @classmethod
    def parse(cls, name: str) -> MeasuredName:
        """A measure's own name has no bar, whatever its attributes are called."""
        tally, day, measure = name.rsplit("|", 2)
        return cls(tally, day, measure)


class PairNumber(State, frozen=True, kw_only=True):
    """The number of the last guided message taken from a usage partition; they come without gaps."""

    source: str
    n: int

    @property
    def key(self) -> str:
        return self.source
