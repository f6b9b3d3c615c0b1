"""What is on sale: plans, whose versions never change once they are published.

    DraftPlan(plan_id="fiber", name="Fiber", currency="EUR", prices=[...])              -> PlanDrafted, version 1
    PublishPlanVersion(plan_id="fiber", version=1, effective_from=date(2026, 1, 1))     -> PlanVersionPublished

Reference data: plans live in partition 0.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from services.rating.allowance.messages import Allowance
from services.rating.pricing.engine.price import Price
from shared.kernel.bounds import Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event


class DraftPlan(Command, frozen=True, kw_only=True):
    """Draft version 1 of a plan. Refused: `plan_exists`, and what is wrong with a price, by its pointer."""

    REFERENCE: ClassVar[bool] = True

    plan_id: str
    name: str
    currency: Currency
    prices: list[Price]

    @property
    def key(self) -> str:
        return self.plan_id


class DraftPlanVersion(Command, frozen=True, kw_only=True):
    """Draft the next version of a plan; `name` `None` keeps the plan's. Refused: `plan_not_found`, bad prices."""

    REFERENCE: ClassVar[bool] = True

    plan_id: str
    prices: list[Price]
    name: str | None = None

    @property
    def key(self) -> str:
        return self.plan_id


class PublishPlanVersion(Command, frozen=True, kw_only=True):
    """Put a draft in force from `effective_from` (a date in each account's time zone).

    Refused: `plan_not_found`, `plan_version_not_found`, `version_published`, `version_superseded`,
    `effective_from_order`, `backdated`, `aggregation_mismatch` and `unsupported` where a price asks of its meter what
    that does not have, or what this version does not measure.
    """

    REFERENCE: ClassVar[bool] = True

    plan_id: str
    version: int
    effective_from: date

    @property
    def key(self) -> str:
        return self.plan_id


class PlanDrafted(Event, frozen=True, kw_only=True):
    """Version `version` of a plan exists as a draft; `prices` are those of docs/api.md, section 4."""

    plan_id: str
    version: Count
    name: str
    currency: Currency
    prices: list[Price]
    allowances: tuple[Allowance, ...] = ()

    @property
    def key(self) -> str:
        return self.plan_id


class PlanVersionPublished(Event, frozen=True, kw_only=True):
    """From `effective_from` on, this version prices what happens; it never changes again.

    `aggregations` are those of its meters that do not sum up, as they were known then: by them its prices measure.
    """

    plan_id: str
    version: Count
    effective_from: date
    aggregations: dict[str, str] = {}

    @property
    def key(self) -> str:
        return self.plan_id
