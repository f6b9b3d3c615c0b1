"""Usage that is rated and not charged: it waits in sums, one state per subscription, until its period closes.

    UsageSum("sub-1", {2026-09-01: {"data.octets|2|fiber": Tally(quantity=5_000_000, records=3)}})

means: three records, 5 units in all, for the period that began on September 1, priced by version 2 of plan fiber.
"""

from __future__ import annotations

from datetime import date

import msgspec

from shared.kernel.decider import State


class Tally(msgspec.Struct, frozen=True, array_like=True):
    """How much: `quantity` in 1e-6 units, from `records` usage records."""

    quantity: int
    records: int

    def plus(self, quantity: int, records: int) -> Tally:
        return Tally(self.quantity + quantity, self.records + records)


class UsageSum(State, frozen=True, kw_only=True):
    """The usage of a subscription that is rated, not charged: by start of its period, then by `tally_key`."""

    subscription_id: str
    periods: dict[date, dict[str, Tally]]

    @property
    def key(self) -> str:
        return self.subscription_id

    def of(self, period_start: date, meter: str, version: int, plan_id: str) -> Tally:
        return self.periods.get(period_start, {}).get(tally_key(meter, version, plan_id), Tally(0, 0))


def tally_key(meter: str, version: int, plan_id: str) -> str:
    """Which sum of a period: a plan can change within it, and each has its versions."""
    return f"{meter}|{version}|{plan_id}"


class PairNumber(State, frozen=True, kw_only=True):
    """The number of the last guided message taken from a usage partition; they come without gaps."""

    source: str
    n: int

    @property
    def key(self) -> str:
        return self.source
