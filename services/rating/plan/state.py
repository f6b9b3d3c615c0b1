"""A plan and its versions, each in force from its day until the next one is.

plan.version_in_force(date(2026, 9, 30))        # version 1, if version 2 is in force from October 1
"""

from __future__ import annotations

from datetime import date
from itertools import zip_longest
from typing import ClassVar

import msgspec

from services.rating.allowance.messages import Allowance
from services.rating.pricing import Price
from services.rating.pricing.engine.aggregation import SUM
from services.rating.pricing.engine.measuring import MeterMeasure
from shared.kernel.currency import Currency
from shared.kernel.decider import Home, State


class PlanVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a plan: a draft until it has `effective_from`. `meters` are those that its prices price.

    `aggregations` are those of its meters that do not sum up; `detailed` what its prices measure beyond sums and
    counts.
    """

    version: int
    prices: tuple[Price, ...]
    meters: tuple[str, ...]
    effective_from: date | None = None
    aggregations: dict[str, str] = {}
    detailed: tuple[MeterMeasure, ...] = ()
    allowances: tuple[Allowance, ...] = ()

    @property
    def has_fair_use(self) -> bool:
        """Whether a line is to be slower once some of an allowance is used."""
        return any(allowance.then for allowance in self.allowances)

    def aggregation_of(self, meter: str) -> str:
        return self.aggregations.get(meter, SUM)


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
