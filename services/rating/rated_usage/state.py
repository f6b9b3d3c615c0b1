"""Usage that is rated and not charged: it waits in sums, one state per subscription, until its period closes.

    UsageSum("sub-1", {2026-09-01: {"data.octets|2": Tally(quantity=5_000_000, records=3)}})

means: three records, 5 units in all, for the period that began on September 1, priced by version 2 of the plan.
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
    """The usage of a subscription that is rated, not charged: by start of its period, by `<meter>|<plan version>`."""

    subscription_id: str
    periods: dict[date, dict[str, Tally]]

    @property
    def key(self) -> str:
        return self.subscription_id

    def of(self, period_start: date, meter: str, version: int) -> Tally:
        return self.periods.get(period_start, {}).get(tally_key(meter, version), Tally(0, 0))


def tally_key(meter: str, version: int) -> str:
    return f"{meter}|{version}"


class PairNumber(State, frozen=True, kw_only=True):
    """The number of the last guided message taken from a usage partition; they come without gaps."""

    source: str
    n: int

    @property
    def key(self) -> str:
        return self.source
