"""A plan and its versions, each in force from its day until the next one is.

plan.version_in_force(date(2026, 9, 30))        # version 1, if version 2 is in force from October 1
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from itertools import zip_longest
from typing import ClassVar

import msgspec

from services.rating.allowance.messages import Allowance
from services.rating.plan.messages import NO_TERMS, PlanDrafted, PlanDraftEdited, PlanTerms
from services.rating.pricing import Price
from services.rating.pricing.engine.aggregation import SUM
from services.rating.pricing.engine.measuring import MeterMeasure, meters_of
from services.rating.pricing.engine.wanted import Wanted, wanted_of
from shared.kernel.currency import Currency
from shared.kernel.decider import Home, State
from shared.kernel.errors import NeverBegan


class PlanVersion(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One version of a plan: a draft until it has `effective_from`. `meters` are those that its prices price.

    `aggregations` are those of its meters that do not sum up; `detailed` what its prices measure beyond sums and
    counts. `revision` counts the states of the draft. `tax_class`: the service's when it was published.
    From `retired_on` nobody takes it who does not have it.
    """

    version: int
    prices: tuple[Price, ...]
    meters: tuple[str, ...]
    effective_from: date | None = None
    aggregations: dict[str, str] = {}
    detailed: tuple[MeterMeasure, ...] = ()
    name: str = ""
    revision: int = 1
    terms: PlanTerms = NO_TERMS
    tax_class: str | None = None
    retired_on: date | None = None

    def sold_on(self, day: date) -> bool:
        """Whether somebody may take it on `day` who does not have it."""
        return self.retired_on is None or day < self.retired_on

    @property
    def allowances(self) -> tuple[Allowance, ...]:
        """What is included of its meters, in buckets."""
        return self.terms.allowances

    @property
    def has_fair_use(self) -> bool:
        """Whether a line is to be slower once some of an allowance is used."""
        return any(allowance.then for allowance in self.allowances)

    @cached_property
    def may_slow_down(self) -> bool:
        """Whether usage may make a line slower: its own, or another that shares an allowance with it."""
        return any(allowance.then or allowance.shared for allowance in self.allowances)

    def wanted(self, meter: str) -> Wanted:
        """What its prices want of the records of a meter beyond their sum."""
        found = self._wanted.get(meter)
        if found is None:
            found = self._wanted[meter] = wanted_of(meter, self.prices, self.detailed, self.aggregation_of)
        return found

    @cached_property
    def _wanted(self) -> dict[str, Wanted]:
        return {}

    def aggregation_of(self, meter: str) -> str:
        return self.aggregations.get(meter, SUM)

    @property
    def prices_include_tax(self) -> bool:
        """Whether what it charges is gross (R42)."""
        return self.terms.prices_include_tax

    def tax_class_of(self, price_index: int) -> str | None:
        """How the lines of a price are taxed: as it says, else as the plan's service does; `None`: as the account."""
        return self.prices[price_index].terms.tax_class or self.tax_class


class VersionSpan(msgspec.Struct, frozen=True):
    """A published version and the days it is in force, from `start` to `end` (exclusive; the last one has none)."""

    version: PlanVersion
    start: date
    end: date | None


class Plan(State, frozen=True, kw_only=True):
    """A plan and all its versions, by number. From `retired_on` no subscription to it begins."""

    KEY_FIELD = "plan_id"
    HOME: ClassVar[Home] = Home.REFERENCE

    plan_id: str
    name: str
    currency: Currency
    versions: tuple[PlanVersion, ...]
    retired_on: date | None = None

    @property
    def latest(self) -> int:
        return len(self.versions)

    def name_of(self, version: int) -> str:
        """What the plan is called in that version."""
        return self.versions[version - 1].name or self.name

    def sold_on(self, day: date) -> bool:
        """Whether a subscription to it may begin on `day`, as far as retiring it goes."""
        return self.retired_on is None or day < self.retired_on

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

    @property
    def services(self) -> frozenset[str]:
        """The services that any of its versions sells."""
        return frozenset(v.terms.service_id for v in self.versions if v.terms.service_id)

    @property
    def bandwidth_profiles(self) -> frozenset[str]:
        """The bandwidth profiles that any of its versions gives."""
        own = {v.terms.bandwidth_profile_id for v in self.versions if v.terms.bandwidth_profile_id}
        return frozenset(own | {step.profile for v in self.versions for a in v.allowances for step in a.then})


def with_draft(plan: Plan | None, event: PlanDrafted | PlanDraftEdited) -> Plan:
    """The plan once it has the draft as the event says. Raises `NeverBegan`."""
    if isinstance(event, PlanDrafted):
        versions = (*(plan.versions if plan else ()), _version(event, revision=1))
        retired_on = plan.retired_on if plan else None
        return Plan(
            plan_id=event.plan_id, name=event.name, currency=event.currency, versions=versions, retired_on=retired_on
        )
    if plan is None:
        raise NeverBegan(f"{event.plan_id}/{event.version} was edited before it was drafted")
    if not 1 <= event.version <= plan.latest:
        return plan
    edited = _version(event, revision=event.revision)
    versions = tuple(edited if v.version == event.version else v for v in plan.versions)
    return msgspec.structs.replace(plan, name=versions[-1].name or plan.name, versions=versions)


def _version(event: PlanDrafted | PlanDraftEdited, *, revision: int) -> PlanVersion:
    return PlanVersion(
        version=event.version,
        prices=tuple(event.prices),
        meters=_meters(event.prices),
        name=event.name,
        revision=revision,
        terms=event.terms or NO_TERMS,
    )


def _meters(prices: Sequence[Price]) -> tuple[str, ...]:
    return tuple(sorted({meter for price in prices for meter in meters_of(price)}))
