"""Who takes which plan, from when, and what changes on the way.

    StartSubscription(subscription_id="sub-1", account_id="acc-1", plan_id="fiber", start=date(2026, 9, 1))
    -> SubscriptionStarted
    SuspendSubscription(subscription_id="sub-1", account_id="acc-1", effective_on=date(2026, 9, 10))
    -> SubscriptionSuspended(change_id=..., effective_on=date(2026, 9, 10), billing="free")

A change takes effect at the beginning of `effective_on`, a date in the account's time zone; one of a later day is
scheduled and can be cancelled until then. Changes of one day take effect in the order in which they were recorded, so
the last one counts. No change lies in a period that is closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from shared.kernel.bounds import Count
from shared.kernel.claims import Claim, claim_chosen
from shared.kernel.errors import Rejection
from shared.kernel.message import Command, Event
from shared.kernel.period import Period

Billing = Literal["free", "fee", "continue"]
"""What recurring prices cost while service rests: nothing, a fee in their place, or what they always cost (R57)."""

PauseBilling = Literal["free", "fee", "extend"]
"""A seasonal pause: free, for a fee, or free with the contract's term longer by as many days."""


Access = Literal["blocked", "throttled"]
"""What the network shall give while service rests: nothing (hard), or little, by a bandwidth profile (soft)."""


class ContractTerm(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How long the customer is bound: so many `months`, or until the day `end` (exclusive); events always say the end.

    Leaving before costs `percent` of the recurring prices to the end, or `amount`; nothing without either.
    """

    months: Count | None = None
    end: date | None = None
    notice_days: Count = 30
    percent: Decimal | None = None
    amount: Decimal | None = None


class StartSubscription(Command, frozen=True, kw_only=True):
    """Let an account take a plan from `start` to `end` (exclusive; open when `None`).

    `plan_version` pins a published version; `None` follows the plan. `quantity` multiplies recurring prices.
    `trial_until` is the first day that recurring prices cost something. `parent_id`: an add-on of that subscription.

    Refused: `subscription_exists`, `account_not_found`, `account_closed`, `plan_not_found`, `plan_version_not_found`,
    `currency_mismatch`, `invalid_period`, `no_version_in_force`, `plan_retired`, `period_closed`, `out_of_bounds`,
    `unknown_aggregate` and `subscription_ended` (the parent), `unsupported` (an add-on of an add-on).
    """

    subscription_id: str
    account_id: str
    plan_id: str
    start: date
    end: date | None = None
    plan_version: Count | None = None
    quantity: Count = 1
    trial_until: date | None = None
    parent_id: str | None = None
    term: ContractTerm | None = None

    def claims(self, command_id: str) -> Sequence[Claim]:
        return claim_chosen("subscription", self.subscription_id, subscription_exists, command_id=command_id)


class SubscriptionStarted(Event, frozen=True, kw_only=True):
    """An account takes a plan from `start` (to `end`, exclusive, open when `None`).

    `period` is the account's open period afterwards: the first one that will be closed and invoiced. The other fields
    are as asked (`StartSubscription`).
    """

    subscription_id: str
    account_id: str
    plan_id: str
    start: date
    period: Period
    end: date | None = None
    plan_version: Count | None = None
    quantity: Count = 1
    trial_until: date | None = None
    parent_id: str | None = None
    term: ContractTerm | None = None


class ChangeOfSubscription(Command, frozen=True, kw_only=True):
    """What commands that change a subscription share. `effective_on` `None`: today, or the start if that is later.

    Refused: `unknown_aggregate`, `version_mismatch`, `period_closed` with the earliest day, `out_of_bounds`,
    `subscription_ended`, `too_many_changes`.
    """

    subscription_id: str
    account_id: str
    effective_on: date | None = None


class ChangePlan(ChangeOfSubscription, frozen=True, kw_only=True):
    """Another plan, version or both. Without `effective_on` dearer or equal at once, cheaper at period end (R11).

    `quantity` `None` keeps it. Refused also: `plan_not_found`, `plan_version_not_found`, `currency_mismatch`,
    `no_version_in_force`, `nothing_changes`, `usage_rated` (the plan can't price usage that is there for past days),
    `usage_arriving` (ask again).
    """

    plan_id: str
    plan_version: Count | None = None
    quantity: Count | None = None
    term: ContractTerm | None = None


class ChangeQuantity(ChangeOfSubscription, frozen=True, kw_only=True):
    """So many from that day on. Refused also: `invalid`, `nothing_changes`."""

    quantity: Count


class SuspendSubscription(ChangeOfSubscription, frozen=True, kw_only=True):
    """No service, or only by the bandwidth `profile`, from that day on to `until` (exclusive) or until it is resumed.

    `fee` is for a whole period of the account, with `billing="fee"` only. Refused also: `not_active`, `invalid`.
    """

    billing: Billing = "free"
    fee: Decimal | None = None
    until: date | None = None
    reason: str | None = None
    access: Access = "blocked"
    profile: str | None = None


class PauseSubscription(ChangeOfSubscription, frozen=True, kw_only=True):
    """A pause that the customer wants, such as for a season; otherwise as `SuspendSubscription`."""

    billing: PauseBilling = "free"
    fee: Decimal | None = None
    until: date | None = None
    reason: str | None = None


class ResumeSubscription(ChangeOfSubscription, frozen=True, kw_only=True):
    """Service again from that day on. Refused also: `not_suspended`."""

    reason: str | None = None


class TerminateSubscription(ChangeOfSubscription, frozen=True, kw_only=True):
    """Service ends before that day, that of its add-ons too. What was scheduled for later does not happen.

    The fee of a contract that goes on is charged, unless `waive_fee` says why not.
    """

    reason: str | None = None
    waive_fee: str | None = None


class CancelChange(Command, frozen=True, kw_only=True):
    """Forget a change that is scheduled. Refused: `unknown_aggregate`, `version_mismatch`, `already_effective`."""

    subscription_id: str
    account_id: str
    change_id: str


class NoteContractEnding(Command, frozen=True, kw_only=True):
    """Say that a contract ends soon; a timer sends it. Nothing happens where there is none any more."""

    subscription_id: str
    account_id: str


class ContractEnding(Event, frozen=True, kw_only=True):
    """The contract of a subscription ends before the day `end`, which is `notice_days` away or less."""

    subscription_id: str
    account_id: str
    end: date
    notice_days: Count


class SubscriptionChanged(Event, frozen=True, kw_only=True):
    """What events of changes share: `effective_on` is the first day on which the change counts."""

    subscription_id: str
    account_id: str
    change_id: str
    effective_on: date


class PlanChanged(SubscriptionChanged, frozen=True, kw_only=True):
    """The plan is `plan_id` from that day on, `plan_version` of it for good or (`None`) the version then in force.

    `plan_before` is what it was on the day before.
    """

    plan_id: str
    plan_before: str
    plan_version: Count | None = None
    quantity: Count | None = None
    term: ContractTerm | None = None


class QuantityChanged(SubscriptionChanged, frozen=True, kw_only=True):
    """There are `quantity` from that day on."""

    quantity: Count
    quantity_before: Count


class SubscriptionSuspended(SubscriptionChanged, frozen=True, kw_only=True):
    """Service rests from that day on; recurring prices as `billing` says, `fee` for a whole period of the account.

    `access` is what the network shall give, `profile` the bandwidth profile where it is `throttled`.
    """

    billing: Billing
    fee: Decimal | None = None
    reason: str | None = None
    access: Access = "blocked"
    profile: str | None = None


class SubscriptionPaused(SubscriptionChanged, frozen=True, kw_only=True):
    """The customer pauses from that day on, without access; recurring prices as `billing` says, `fee` for a period."""

    billing: PauseBilling
    fee: Decimal | None = None
    reason: str | None = None


class SubscriptionResumed(SubscriptionChanged, frozen=True, kw_only=True):
    """Service again, with open access and at its price, from that day on."""

    reason: str | None = None


class SubscriptionTerminated(SubscriptionChanged, frozen=True, kw_only=True):
    """`effective_on` is the first day without service. `fee_waived`: why a fee of the contract is not charged."""

    reason: str | None = None
    fee_waived: str | None = None


class ChangeCancelled(Event, frozen=True, kw_only=True):
    """A scheduled change does not happen."""

    subscription_id: str
    account_id: str
    change_id: str


SubscriptionChange = (
    PlanChanged
    | QuantityChanged
    | SubscriptionSuspended
    | SubscriptionPaused
    | SubscriptionResumed
    | SubscriptionTerminated
)


def subscription_exists(subscription_id: str) -> Rejection:
    """What the decider and the owner of the id both say."""
    return Rejection(
        "subscription_exists", f"{subscription_id} exists already; choose another id", pointer="/id", status=409
    )
