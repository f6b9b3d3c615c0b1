"""Usage that is rated and not charged: it waits in sums, one state per subscription, until its period closes.

    UsageSum("sub-1", {2026-09-01: {"data.octets|2|fiber": Tally(quantity=5_000_000, records=3)}})

means: three records, 5 units in all, for the period that began on September 1, priced by version 2 of fiber. What
prices need beyond such sums lies with them as long as it is small, and is put away in chunks as it grows (chunks.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar, Final, NamedTuple

import msgspec

from shared.kernel.decider import State
from shared.kernel.period import Period


class Tally(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How much: `quantity` in 1e-6 units, from `records` usage records."""

    quantity: int
    records: int

    def plus(self, quantity: int, records: int) -> Tally:
        return Tally(self.quantity + quantity, self.records + records)


NOTHING: Final = Tally(0, 0)

Groups = list[tuple[tuple[str, ...], Any]]
"""The state of an aggregation for each combination of words; of a measure without grouping one, without words."""

ROWS_OF_PERIOD_MAX: Final = 1_000
"""Rows of one period: a month of thirty meters."""
HELD_MAX: Final = 24
"""So much is rewritten with a sum: 24 records are some 1,800 bytes, and a row of 2,000 is still kept as it is."""


class PeriodDetail(msgspec.Struct, frozen=True, array_like=True):
    """What is measured of a period beyond sums: so many `chunks`, and what is `held`, by `measured_key`."""

    chunks: int
    held: dict[str, Groups]


NO_DETAIL: Final = PeriodDetail(0, {})


class UsageSum(State, frozen=True, kw_only=True):
    """The usage of a subscription that is rated, not charged: by start of its period, then by `tally_key`.

    `details`: of the periods that are measured beyond that; `None` where there are none, which is nearly everywhere and
    costs no empty dict.
    """

    subscription_id: str
    periods: dict[date, dict[str, Tally]]
    details: dict[date, PeriodDetail] | None = None

    @property
    def key(self) -> str:
        return self.subscription_id

    def detail_of(self, period_start: date) -> PeriodDetail:
        return NO_DETAIL if self.details is None else self.details.get(period_start, NO_DETAIL)

    def of(self, period_start: date, meter: str, version: int, plan_id: str) -> Tally:
        return self.periods.get(period_start, {}).get(tally_key(meter, version, plan_id), NOTHING)


class BilledPeriod(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A closed period: what of it has been billed, and what came `late` since, both by `tally_key`.

    Of the chunks of its `detail` the first `billed_chunks` are billed; the others, and what is held, came late. What is
    retracted of the billed usage is in `late` with less than nothing; `retracted` counts these records, by `tally_key`.
    """

    billed: dict[str, Tally] = {}
    late: dict[str, Tally] = {}
    detail: PeriodDetail = NO_DETAIL
    billed_chunks: int = 0
    retracted: dict[str, int] = {}

    @property
    def total(self) -> dict[str, Tally]:
        """What is billed and what is late, together."""
        return _together(self.billed, self.late)

    def with_late(self, late: Mapping[str, Tally], detail: PeriodDetail) -> BilledPeriod:
        return msgspec.structs.replace(self, late=_together(self.late, late), detail=detail)


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


class UsageDetail(State, frozen=True, kw_only=True):
    """A chunk of what is measured of a subscription in a period, day by day: by `measured_key`. Written once."""

    name: str
    measured: Mapping[str, Groups]

    @property
    def key(self) -> str:
        return self.name


def detail_key(subscription_id: str, period_start: date, n: int) -> str:
    """The n-th chunk of a period, counted from 0."""
    return f"{subscription_id}|{period_start}|{n}"


# The same few for all lines of a batch.
@lru_cache(maxsize=4096)
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


class DayOfUsage(msgspec.Struct, frozen=True, array_like=True):
    """A row of `usage_day`; `quantity` in 1e-6 units."""

    period_start: date
    day: date
    meter: str
    plan: str
    version: int
    quantity: int
    records: int


class UsageOfPeriod(State, frozen=True, kw_only=True):
    """What a subscription used in one period, for the close that puts it on its charges. It may lack what is more than
    an answer takes: whoever asks holds it against a sum (daily.py)."""

    STORED: ClassVar[bool] = False

    name: str
    days: list[DayOfUsage]

    @property
    def key(self) -> str:
        return self.name


def of_period_key(subscription_id: str, period: Period) -> str:
    return f"{subscription_id}|{period.start}|{period.end}"


class UsageToReturn(State, frozen=True, kw_only=True):
    """Records that an end has taken back and that wait for their turn to go back: of each usage partition and event
    there, their indexes. By `to_return_key`."""

    name: str
    reason: str
    behind: list[tuple[int, int, list[int]]]

    @property
    def key(self) -> str:
        return self.name


def to_return_key(change_id: str, n: int) -> str:
    """The records of the n-th event of an end."""
    return f"{change_id}|{n}"


class PairNumber(State, frozen=True, kw_only=True):
    """The number of the last guided message taken from a usage partition; they come without gaps."""

    source: str
    n: int

    @property
    def key(self) -> str:
        return self.source
