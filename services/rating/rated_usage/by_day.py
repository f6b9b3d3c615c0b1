"""The usage of a subscription by its days, out of `usage_day`, for the one batch that asks.

    UsageByDay("sub-1|2026-09-01", [DayOfUsage(day=2026-09-03, meter="data.octets", plan="fiber", version=1, ...)])

    UsageBehind("sub-1|2026-09-20", [RecordsOfDay(day=2026-09-21, meter="data.octets", ..., positions=b"...")])

    ClosedUsage("sub-1|2026-08-01|2026-08-20|2026-09-01", [ClosedRow(day=2026-08-21, billed_in=None, ...)])

Sums are kept by period, which is all that a close needs. What moves some days to another plan needs them day by day,
and they stand in the table. It is as of the batch before: whoever asks holds it against the sums (moving.py).
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final

import msgspec

from services.rating.rated_usage.state import DayOfUsage as DayOfUsage
from shared.kernel.decider import State

DAYS_MAX: Final = 5_000
"""Rows of one answer: a year of a dozen meters. A move of more is refused."""


class UsageByDay(State, frozen=True, kw_only=True):
    """What a subscription used in periods from `start` on. Not `complete` where there is more than an answer takes."""

    STORED: ClassVar[bool] = False

    name: str
    days: list[DayOfUsage]
    complete: bool = True

    @property
    def key(self) -> str:
        return self.name


class RecordsOfDay(msgspec.Struct, frozen=True, array_like=True):
    """The records behind a row of `usage_day`, packed (lineage.py)."""

    day: date
    meter: str
    plan: str
    version: int
    positions: bytes


class UsageBehind(State, frozen=True, kw_only=True):
    """The records behind a subscription's usage of days from one on, as many rows as `UsageByDay` takes at most."""

    STORED: ClassVar[bool] = False

    name: str
    days: list[RecordsOfDay]

    @property
    def key(self) -> str:
        return self.name


class ClosedRow(msgspec.Struct, frozen=True, array_like=True):
    """A row of `usage_day`, or of `late_usage_day` with the period that it is `billed_in`; of days behind the end with
    the records, packed: `counted` in its sum, and `credited` against what was charged before."""

    period_start: date
    day: date
    meter: str
    plan: str
    version: int
    quantity: int
    records: int
    billed_in: date | None
    counted: bytes
    credited: bytes


class ClosedUsage(State, frozen=True, kw_only=True):
    """What a subscription used in closed periods. Not `complete` where there is more than an answer takes."""

    STORED: ClassVar[bool] = False

    name: str
    rows: list[ClosedRow]
    complete: bool = True

    @property
    def key(self) -> str:
        return self.name


def closed_key(subscription_id: str, start: date, end: date, opened: date) -> str:
    """Periods from the one of `start` to the open one, which begins on `opened`; records of days from `end` on."""
    return f"{subscription_id}|{start}|{end}|{opened}"


def by_day_key(subscription_id: str, start: date) -> str:
    return f"{subscription_id}|{start}"
