"""The state of rating, as small states folded from its events.

An account knows its calendar and its open period, a subscription its plan and how far its flat prices are charged, a
plan its versions. Usage waits in sums, one state per subscription, until its period closes:

    UsageSum("sub-1", {2026-09-01: {"data.octets|2": Tally(quantity=5_000_000, records=3)}})

means: three records, 5 units in all, for the period that began on September 1, priced by version 2 of the plan.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import ClassVar, Final

import msgspec

from services.rating.events import CycleTerms
from services.rating.pricing import Price
from shared.kernel.currency import Currency
from shared.kernel.decider import Home, State
from shared.kernel.period import Period


class BillingCycle(State, frozen=True, kw_only=True):
    """A billing calendar that accounts can be opened with."""

    HOME: ClassVar[Home] = Home.REFERENCE

    name: str
    terms: CycleTerms

    @property
    def key(self) -> str:
        return self.terms.cycle_id


class Meter(State, frozen=True, kw_only=True):
    """What people call a meter, and what it counts, as lines of its usage say."""

    HOME: ClassVar[Home] = Home.REFERENCE

    meter_id: str
    name: str
    unit: str

    @property
    def key(self) -> str:
        return self.meter_id


BUILT_IN: Final = {
    "data.octets": Meter(meter_id="data.octets", name="Data volume", unit="octets"),
    "voice.seconds": Meter(meter_id="voice.seconds", name="Call time", unit="seconds"),
}
"""Meters that exist without anybody defining them."""


class PlanVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a plan: a draft until it has `effective_from`. `meters` are those that its prices price."""

    version: int
    prices: tuple[Price, ...]
    meters: tuple[str, ...]
    effective_from: date | None = None


class VersionSpan(msgspec.Struct, frozen=True):
    """A published version and the days it is in force, from `start` to `end` (exclusive; the last one has none)."""

    version: PlanVersion
    start: date
    end: date | None


class Plan(State, frozen=True, kw_only=True):
    """A plan and all its versions, by number. `published` are the numbers in force one after the other."""

    HOME: ClassVar[Home] = Home.REFERENCE

    plan_id: str
    name: str
    currency: Currency
    versions: tuple[PlanVersion, ...]

    @property
    def key(self) -> str:
        return self.plan_id

    @property
    def latest(self) -> int:
        return len(self.versions)

    def version_in_force(self, day: date) -> PlanVersion | None:
        """The version that prices `day`: of the published ones, the last that is effective by then."""
        for version in reversed(self.versions):
            if version.effective_from is not None and version.effective_from <= day:
                return version
        return None

    def spans(self) -> list[VersionSpan]:
        """The published versions in order, each with the days it is in force."""
        published = [(v, v.effective_from) for v in self.versions if v.effective_from is not None]
        ends = [start for _, start in published[1:]]
        return [VersionSpan(v, start, end) for (v, start), end in zip_longest(published, ends)]


class Account(State, frozen=True, kw_only=True):
    """An account and where its billing stands.

    `open_period` is the first that is not closed, `None` before the first subscription; `any_closed` says whether one
    before it was. `known_at` is when the latest subscription reaching into the open period was recorded: its usage may
    only have begun to arrive then, `collection_grace_s` how long it may take. `close_due` names the timer that is open.
    """

    account_id: str
    currency: Currency
    terms: CycleTerms
    opened_on: date
    collection_grace_s: int
    open_period: Period | None = None
    any_closed: bool = False
    known_at: datetime | None = None
    close_due: datetime | None = None
    subscriptions: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.account_id

    @property
    def collection_grace(self) -> timedelta:
        return timedelta(seconds=self.collection_grace_s)


class Subscription(State, frozen=True, kw_only=True):
    """A plan that an account takes from `start` to `end` (exclusive, open when `None`).

    `charged_through` maps a flat price, `<plan version>/<price index>`, to the end of what has been charged of it.
    """

    subscription_id: str
    account_id: str
    plan_id: str
    start: date
    end: date | None = None
    charged_through: dict[str, date] = {}

    @property
    def key(self) -> str:
        return self.subscription_id

    def active_on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


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


STATES = (BillingCycle, Meter, Plan, Account, Subscription, UsageSum, PairNumber)
