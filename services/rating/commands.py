"""What may be asked of rating.

Cycles and plans are reference data and live in partition 0; everything else belongs to its account. `RateGuided`,
`KnowMeter` and `ClosePeriod` are rating's own: what usage sends sets off the first two, a timer the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from services.rating.events import CycleTerms
from services.rating.pricing.engine.price import Price
from services.rating.refusals import subscription_exists
from services.usage.events import GuidedRecord
from shared.kernel.bounds import Count
from shared.kernel.claims import Claim, claim_chosen
from shared.kernel.currency import Currency
from shared.kernel.message import Command, catalogue
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed


class DefineBillingCycle(Command, frozen=True, kw_only=True):
    """Define a billing calendar. Refused: `billing_cycle_exists`, `unsupported` (periods of n days)."""

    REFERENCE: ClassVar[bool] = True

    name: str
    terms: CycleTerms

    @property
    def key(self) -> str:
        return self.terms.cycle_id


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
    `effective_from_order`, `backdated`.
    """

    REFERENCE: ClassVar[bool] = True

    plan_id: str
    version: int
    effective_from: date

    @property
    def key(self) -> str:
        return self.plan_id


class OpenAccount(Command, frozen=True, kw_only=True):
    """Open an account. `tax_rate` in percent, 0 to 100; `details` are sealed `CustomerDetails`.

    `collection_grace_s`: what the deployment has set; for good, whatever it sets later.

    Refused: `account_exists`, `cycle_not_found`.
    """

    account_id: str
    name: Sealed
    currency: Currency
    cycle_id: str
    tax_rate: Decimal
    details: Sealed | None = None
    collection_grace_s: Count | None = None

    @property
    def key(self) -> str:
        return self.account_id


class StartSubscription(Command, frozen=True, kw_only=True):
    """Let an account take a plan from `start` to `end` (exclusive; open when `None`).

    Refused: `subscription_exists`, `account_not_found`, `plan_not_found`, `currency_mismatch`, `invalid_period`,
    `no_version_in_force`, `period_closed`, `out_of_range`.
    """

    subscription_id: str
    account_id: str
    plan_id: str
    start: date
    end: date | None = None

    @property
    def key(self) -> str:
        return self.account_id

    def claims(self, command_id: str) -> Sequence[Claim]:
        return claim_chosen("subscription", self.subscription_id, subscription_exists, command_id=command_id)


class RateGuided(Command, frozen=True, kw_only=True):
    """Take the records of a guided message into the sums. Raises `PairGap` if a message of the pair is missing.

    `part`: of a message whose number has been taken.
    """

    HOT: ClassVar[bool] = True

    source: int
    n: int
    seq: int
    records: list[GuidedRecord]
    part: bool = False

    @property
    def key(self) -> str:
        return ""


class KnowMeter(Command, frozen=True, kw_only=True):
    """Keep what a meter is called and what it counts. Nothing happens where that is known already."""

    REFERENCE: ClassVar[bool] = True

    meter_id: str
    name: str
    unit: str

    @property
    def key(self) -> str:
        return self.meter_id


class ClosePeriod(Command, frozen=True, kw_only=True):
    """Close the account's open period. Ignored unless `period` and `due_at` are those of the timer that is open.

    `subscriptions` tells the runtime what to load; what is closed is what the account has.
    """

    account_id: str
    period: Period
    due_at: datetime
    subscriptions: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.account_id


COMMANDS = catalogue(
    "rating",
    DefineBillingCycle,
    DraftPlan,
    DraftPlanVersion,
    PublishPlanVersion,
    OpenAccount,
    StartSubscription,
    RateGuided,
    KnowMeter,
    ClosePeriod,
)
