"""What is on sale: plans, whose versions never change once they are published.

    DraftPlan(plan_id="fiber", name="Fiber", currency="EUR", prices=[...])              -> PlanDrafted, version 1
    EditPlanVersion(plan_id="fiber", version=1, name="Fiber", prices=[...])             -> PlanDraftEdited, revision 2
    PublishPlanVersion(plan_id="fiber", version=1, effective_from=date(2026, 1, 1))     -> PlanVersionPublished
    UnpublishPlanVersion(plan_id="fiber", version=1)                                    -> PlanVersionUnpublished
    RetirePlanVersion(plan_id="fiber", version=1, on=date(2027, 1, 1))                  -> PlanVersionRetired
    RetirePlan(plan_id="fiber", on=date(2027, 1, 1))                                    -> PlanRetired
    ReactivatePlan(plan_id="fiber")                                                     -> PlanReactivated
    ClonePlan(plan_id="fiber-2", name="Fiber 2", source_id="fiber")                     -> PlanDrafted of fiber-2

Reference data: plans live in partition 0.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec

from services.rating.allowance.messages import Allowance
from services.rating.pricing.engine.price import Price
from services.rating.subscription.messages import ContractTerm
from shared.kernel.bounds import Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event, Message


class PlanTerms(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a version of a plan says beside its name and prices.

    `code`: what the provider's own books call it. `service_id`, `bandwidth_profile_id`: what is sold, and how fast it
    is. An `add_on` is taken beside a plan, not alone. `term`, in months: how long a subscription binds that names none.
    `allowances`: what is included of its meters, in buckets. `prices_include_tax`: all that it charges is what the
    customer pays, and the tax is in it (R42); else tax comes on top.
    """

    code: str | None = None
    description: str | None = None
    service_id: str | None = None
    bandwidth_profile_id: str | None = None
    add_on: bool = False
    term: ContractTerm | None = None
    allowances: tuple[Allowance, ...] = ()
    prices_include_tax: bool = False


NO_TERMS = PlanTerms()


class OfPlan(Message, frozen=True, kw_only=True):
    """What is asked or said of a plan."""

    KEY_FIELD = "plan_id"
    REFERENCE: ClassVar[bool] = True

    plan_id: str


class DraftPlan(OfPlan, Command, frozen=True, kw_only=True):
    """Draft version 1 of a plan.

    Refused: `plan_exists`, `service_not_found`, `bandwidth_profile_not_found`, and what is wrong with a price, by its
    pointer.
    """

    name: str
    currency: Currency
    prices: list[Price]
    terms: PlanTerms | None = None


class DraftPlanVersion(OfPlan, Command, frozen=True, kw_only=True):
    """Draft the next version of a plan; `name` and `terms` `None` keep those of the one before.

    Refused: `plan_not_found`, bad prices and terms as in `DraftPlan`.
    """

    prices: list[Price]
    name: str | None = None
    terms: PlanTerms | None = None


class EditPlanVersion(OfPlan, Command, frozen=True, kw_only=True):
    """Put other prices and terms into a draft; `name` `None` keeps its own. `If-Match` is the draft's revision.

    Refused: `plan_not_found`, `plan_version_not_found`, `version_published`, `version_mismatch`, bad prices and terms.
    """

    version: Count
    prices: list[Price]
    name: str | None = None
    terms: PlanTerms | None = None


class PublishPlanVersion(OfPlan, Command, frozen=True, kw_only=True):
    """Put a draft in force from `effective_from` (a date in each account's time zone).

    With `revision`, only if it is still that one. Refused: `plan_not_found`, `plan_version_not_found`,
    `version_published`, `version_superseded`, `version_mismatch`, `effective_from_order`, `backdated`,
    `aggregation_mismatch` and `unsupported` where a price asks of its meter what that does not have, or what this
    version does not measure; `attribute_hidden` where it goes by an attribute that is sealed whole.
    """

    version: int
    effective_from: date
    revision: Count | None = None


class UnpublishPlanVersion(OfPlan, Command, frozen=True, kw_only=True):
    """Take back a publication whose day has not come anywhere: the version is a draft again.

    Refused: `plan_not_found`, `plan_version_not_found`, `version_not_published`, `version_in_force`,
    `version_superseded` (a later one is published: that one first).
    """

    version: Count


class RetirePlan(OfPlan, Command, frozen=True, kw_only=True):
    """Sell a plan no longer: no subscription to it begins on `on` or later; those there are go on.

    Retired again, the new day counts. Refused: `plan_not_found`, `backdated`.
    """

    on: date


class RetirePlanVersion(OfPlan, Command, frozen=True, kw_only=True):
    """Sell a version to nobody from the day `on`; again with another day, it is that one.

    Refused: `plan_not_found`, `plan_version_not_found`, `version_not_published`, `backdated`.
    """

    version: Count
    on: date


class ReactivatePlan(OfPlan, Command, frozen=True, kw_only=True):
    """Sell a retired plan again. Nothing happens where it is on sale. Refused: `plan_not_found`."""


class ClonePlan(OfPlan, Command, frozen=True, kw_only=True):
    """Draft a new plan with the prices and terms of a version of another; `version` `None` is the latest.

    Refused: `plan_exists`, `plan_not_found`, `plan_version_not_found`.
    """

    name: str
    source_id: str
    version: Count | None = None


class PlanDrafted(OfPlan, Event, frozen=True, kw_only=True):
    """Version `version` of a plan exists as a draft; `prices` are those of docs/api.md, section 4.

    `cloned_from`: the plan and version, `fiber/2`, that it was copied from.
    """

    version: Count
    name: str
    currency: Currency
    prices: list[Price]
    terms: PlanTerms | None = None
    cloned_from: str | None = None


class PlanDraftEdited(OfPlan, Event, frozen=True, kw_only=True):
    """A draft says this from now on; `revision` counts its states from 1, as it was drafted."""

    version: Count
    revision: Count
    name: str
    prices: list[Price]
    terms: PlanTerms | None = None


class PlanVersionPublished(OfPlan, Event, frozen=True, kw_only=True):
    """From `effective_from` on, this version prices what happens; it never changes again.

    `aggregations` are those of its meters that do not sum up, as they were known then: by them its prices measure. A
    meter that counts the words of an attribute has it named: `unique(user_id)`.
    `tax_class`: that of the plan's service on the day it was published, for prices that name none.
    """

    version: Count
    effective_from: date
    aggregations: dict[str, str] = {}
    tax_class: str | None = None


class PlanVersionUnpublished(OfPlan, Event, frozen=True, kw_only=True):
    """The version was to be in force from `effective_from` and is a draft again; it never priced anything."""

    version: Count
    effective_from: date


class PlanRetired(OfPlan, Event, frozen=True, kw_only=True):
    """No subscription to the plan begins on `on` or later. Those there are go on, also to its later versions."""

    on: date


class PlanVersionRetired(OfPlan, Event, frozen=True, kw_only=True):
    """Nobody takes the version on `on` or later who does not have it. Those who do keep it."""

    version: Count
    on: date


class PlanReactivated(OfPlan, Event, frozen=True, kw_only=True):
    """The plan is on sale again."""
