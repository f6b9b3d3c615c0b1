"""Allowances: included amounts of usage with a validity (buckets), what was bought on top, what a close left of them.

    Allowance(id="data", meter="data.octets", quantity=100, rollover=Rollover(periods=1))       a plan's, in PlanDrafted
    AddTopUp(subscription_id="sub-1", meter="data.octets", quantity=50)                         -> TopUpAdded
    CancelTopUp(top_up_id="more", reason="Ordered twice")                                       -> TopUpCancelled
    ClosePeriod                                                                                 -> AllowancesSettled

Quantities are in the unit of the meter, exact. Days are in the time zone of the account.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, Literal

import msgspec

from shared.kernel.bounds import Checked, Count
from shared.kernel.claims import Claim, claim_chosen
from shared.kernel.currency import Currency
from shared.kernel.errors import Rejection
from shared.kernel.message import Command, Event
from shared.kernel.period import Period

FAIR_USE: Final = "fair_use"
RESTORED: Final = "allowance_restored"

Source = Literal["plan", "rollover", "top_up"]


class Validity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How long a bucket is valid: `days` from the start of its period, or so many `periods`, its own included."""

    days: Count | None = None
    periods: Count | None = None


class Rollover(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """What is left is valid for so many more periods; `max_quantity` bounds all that is carried of the allowance."""

    periods: Count
    max_quantity: Decimal | None = None


class FairUseStep(msgspec.Struct, frozen=True, kw_only=True):
    """From the usage `at` on ("80%" of what is there, or a quantity), the line gets that bandwidth profile."""

    at: str
    profile: str


class Allowance(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """What a version of a plan includes of a meter in each period.

    Buckets of lower `priority` are used up first (R18). `shared`: true pools it among the account's subscriptions of
    the plan, a word among all whose plans name that word. `then` are its fair-use steps, in rising order.
    """

    id: str
    meter: str
    quantity: Decimal
    priority: int = 0
    validity: Literal["period"] | Validity = "period"
    rollover: Rollover | None = None
    shared: bool | str = False
    then: tuple[FairUseStep, ...] = ()


class Bucket(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """So much of a meter, `left` of what was `granted`, for the periods that begin before `expires_on` (`None`: all).

    `allowance` is the id of the plan's allowance it came from, "" for a top-up. `pool`: who else may use it.
    Of a top-up that was paid for, `price` by the charge `charge_id`, taxed as `tax_class`; before tax unless it
    `includes_tax`.
    """

    bucket_id: str
    meter: str
    source: Source
    granted: Decimal
    left: Decimal
    allowance: str = ""
    priority: int = 0
    expires_on: date | None = None
    pool: str | None = None
    charge_id: str | None = None
    price: Decimal | None = None
    tax_class: str | None = None
    includes_tax: bool = False


class SettledBucket(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """What a close made of a bucket: `used` of it in the period, `rolled_over` and `expired` of what was left.

    `top_up`: it was bought; the others are the plan's.
    """

    bucket_id: str
    used: Decimal
    rolled_over: Decimal = Decimal(0)
    expired: Decimal = Decimal(0)
    top_up: bool = False


class Covered(Checked, frozen=True, kw_only=True):
    """So much of a subscription's usage by a version of a plan was included in the bucket."""

    plan_id: str
    plan_version: Count
    meter: str
    bucket_id: str
    quantity: Decimal


class LateSettled(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What usage that came late took of what its closed period had left (R34): `left` of it is still there."""

    period_start: date
    left: list[Bucket]
    covered: list[Covered]


class AddTopUp(Command, frozen=True, kw_only=True):
    """Give a subscription more of a meter, until `expires_on` (exclusive) or used up; for `amount` before tax, or free.

    With `allowance`, one of its plan, the bucket has that one's meter, and its priority if it says none.

    Refused: `unknown_aggregate`, `account_closed`, `not_active`, `no_price` (of the meter), `invalid`,
    `currency_mismatch`, `too_many_decimals`, `too_many_buckets`, `top_up_exists`.
    """

    top_up_id: str
    subscription_id: str
    account_id: str
    quantity: Decimal
    meter: str | None = None
    allowance: str | None = None
    expires_on: date | None = None
    priority: int | None = None
    amount: Decimal | None = None
    currency: Currency | None = None

    def claims(self, command_id: str) -> tuple[Claim, ...]:
        return tuple(claim_chosen("top_up", self.top_up_id, top_up_exists, command_id=command_id))


class CancelTopUp(Command, frozen=True, kw_only=True):
    """Take back what is not used of a top-up, and give back the same share of its price (R8), or with `credit` false
    nothing: it expires. What was used of it stays paid.

    Refused: `unknown_aggregate`, `top_up_used_up`.
    """

    top_up_id: str
    subscription_id: str
    account_id: str
    reason: str
    credit: bool = True


class TopUpAdded(Event, frozen=True, kw_only=True):
    """A subscription has a bucket more, from the open period on. `currency` is that of its price."""

    subscription_id: str
    account_id: str
    bucket: Bucket
    currency: Currency | None = None


class TopUpCancelled(Event, frozen=True, kw_only=True):
    """`unused` of a top-up is gone; `credited`, before tax, of its price is given back with `charge_id`.

    `kept` is the bucket as far as usage has taken of it, until the running period closes; `None` where none has.
    Without `charge_id` nothing was billed yet of what is given back, or nothing is given back.
    """

    top_up_id: str
    subscription_id: str
    account_id: str
    reason: str
    unused: Decimal
    currency: Currency
    credited: Decimal = Decimal(0)
    charge_id: str | None = None
    kept: Bucket | None = None


class AllowancesSettled(Event, frozen=True, kw_only=True):
    """A period of the account is closed: what became of a subscription's buckets.

    `held` are those that the next period begins with; `left` what the closed one keeps for usage that comes late,
    `covered` what of its usage was included. `pools` are those it was in. `late`: the same of earlier periods.
    """

    subscription_id: str
    account_id: str
    period: Period
    buckets: list[SettledBucket] = []
    held: list[Bucket] = []
    left: list[Bucket] = []
    covered: list[Covered] = []
    pools: list[str] = []
    late: list[LateSettled] = []


class BandwidthProfileAsked(Event, frozen=True, kw_only=True):
    """A subscription's line is to have that bandwidth profile.

    `reason` is `fair_use` (a step of `allowance` was reached, in `period`) or `allowance_restored`: then it is the
    normal one of its plan, `None` where that names none.
    """

    subscription_id: str
    account_id: str
    profile: str | None
    reason: str
    period: Period
    allowance: str | None = None
    at: str | None = None


def top_up_exists(top_up_id: str) -> Rejection:
    """What the decider and the owner of the id both say."""
    return Rejection("top_up_exists", f"{top_up_id} exists already; choose another id", pointer="/id", status=409)


def top_up_used_up(top_up_id: str, why: str) -> Rejection:
    """What the decider and the API both say of a top-up of which nothing is left. `why`: what has become of it."""
    return Rejection("top_up_used_up", f"nothing is left of {top_up_id} to take back: it {why}", status=409)
