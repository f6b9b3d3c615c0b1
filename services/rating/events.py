"""What rating reports: accounts and what they subscribed to, usage priced, periods closed.

Amounts are unrounded decimals unless they say otherwise; rounding happens once, at the charge. Dates are in the time
zone of the account, periods half-open.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Final

import msgspec

from services.rating.pricing.engine.price import Price
from shared.kernel.bounds import Count, Index, Partition, PlainDecimal, Seq
from shared.kernel.calendar import Frequency
from shared.kernel.currency import Currency
from shared.kernel.message import Event, catalogue
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed

GRACE_OF_OLD_S: Final = 3600


class CycleTerms(msgspec.Struct, frozen=True, kw_only=True):
    """The billing calendar of an account: `frequency` is month, quarter, year or n days; `anchor_day` 1 to 31."""

    cycle_id: str
    frequency: Frequency
    anchor_day: Count
    time_zone: str
    anchor_month: Count | None = None


class BillingCycleDefined(Event, frozen=True, kw_only=True):
    name: str
    terms: CycleTerms

    @property
    def key(self) -> str:
        return self.terms.cycle_id


class PlanDrafted(Event, frozen=True, kw_only=True):
    """Version `version` of a plan exists as a draft; `prices` are those of docs/api.md, section 4."""

    plan_id: str
    version: Count
    name: str
    currency: Currency
    prices: list[Price]

    @property
    def key(self) -> str:
        return self.plan_id


class PlanVersionPublished(Event, frozen=True, kw_only=True):
    """From `effective_from` on, this version prices what happens; it never changes again."""

    plan_id: str
    version: Count
    effective_from: date

    @property
    def key(self) -> str:
        return self.plan_id


class AccountOpened(Event, frozen=True, kw_only=True):
    """An account with the settings that invoicing and payments take over from here. `tax_rate` in percent.

    `details`: address, tax id, e-mail and language of the customer, sealed as one (shared/kernel/customer.py).
    `collection_grace_s`: how long after its end a period of the account waits for usage on its way. Accounts opened
    before that was written down have `GRACE_OF_OLD_S`.
    """

    account_id: str
    name: Sealed
    currency: Currency
    cycle: CycleTerms
    tax_rate: Decimal
    opened_on: date
    details: Sealed | None = None
    collection_grace_s: Count | None = None

    @property
    def key(self) -> str:
        return self.account_id


class SubscriptionStarted(Event, frozen=True, kw_only=True):
    """An account takes a plan from `start` (to `end`, exclusive, open when `None`).

    `period` is the account's open period afterwards: the first one that will be closed and invoiced.
    """

    subscription_id: str
    account_id: str
    plan_id: str
    start: date
    period: Period
    end: date | None = None

    @property
    def key(self) -> str:
        return self.account_id


class RatedSum(msgspec.Struct, frozen=True, array_like=True):
    """What one guided message adds for one (subscription, meter, plan version, local day).

    `quantity` in 1e-6 units; `indexes` are the records behind it, in the `UsageRecorded` the message came from.
    `day` is local to the account.
    """

    account: str
    subscription: str
    meter: str
    plan: str
    version: Count
    period_start: date
    day: date
    quantity: int
    indexes: list[Index]


class UsageRated(Event, frozen=True, kw_only=True):
    """The records of `usage/{source}/{usage_seq}` for accounts of this partition are in the sums. Hot.

    `not_billable` and `returned` list `[index, reason, account]` of those that are not: nothing prices them
    (`no_price`), or they go back to quarantine (`too_late`, `no_subscription`).
    `part`: of a message cut up because of a bug, whose number another part has taken; what is missing is parked.
    """

    HOT: ClassVar[bool] = True

    source: Partition
    n: Seq
    usage_seq: Seq
    sums: list[RatedSum]
    not_billable: list[tuple[Index, str, str]] = []
    returned: list[tuple[Index, str, str]] = []
    part: bool = False

    @property
    def key(self) -> str:
        return ""


class MeterKnown(Event, frozen=True, kw_only=True):
    """Usage has defined a meter: lines of its usage are described by `name`, their quantity is in `unit`."""

    meter_id: str
    name: str
    unit: str

    @property
    def key(self) -> str:
        return self.meter_id


class PeriodClosing(Event, frozen=True, kw_only=True):
    """The period is frozen: usage for it is late from now on. `lines` charges summing to `sum` follow."""

    account_id: str
    period: Period
    lines: Count
    sum: Decimal
    currency: Currency
    watermark: datetime

    @property
    def key(self) -> str:
        return self.account_id


class ChargeStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One term of a charge, exact: `quantity` at `unit_price`, with `unit_size` for each started block of that many.

    `tier` counts tiers from "1", or names what it is: "included", "free", "discount", "minimum", "maximum", "true_up".
    """

    tier: str
    quantity: PlainDecimal
    unit_price: PlainDecimal
    amount: PlainDecimal
    unit_size: PlainDecimal | None = None
    flat_fee: PlainDecimal | None = None


class ChargeFixed(Event, frozen=True, kw_only=True):
    """One priced line, final. `amount` is rounded to the currency, `unrounded` before that.

    `kind` is `recurring`, `usage`, `true_up` or `credit` (negative); `period` is the line's own service period;
    `quantity` is exact, in `unit`; `records` counts the usage records behind it, `covered_records` those
    of them that are free because their units are included; `steps` explain tiers and blocks as in a quote. `n` counts
    from 1.
    """

    charge_id: str
    account_id: str
    billing_period: Period
    n: Count
    kind: str
    subscription_id: str
    plan_id: str
    plan_version: Count
    price_index: Count
    description: str
    period: Period
    amount: Decimal
    unrounded: Decimal
    currency: Currency
    meter: str | None = None
    unit: str | None = None
    quantity: Decimal | None = None
    records: Seq = 0
    covered_records: Seq = 0
    fraction: str | None = None
    steps: list[ChargeStep] = []

    @property
    def key(self) -> str:
        return self.account_id


class PeriodClosed(Event, frozen=True, kw_only=True):
    """All charges of the period are out: `lines` of them, `sum` in total. `next_period` is open now."""

    account_id: str
    period: Period
    lines: Count
    sum: Decimal
    currency: Currency
    next_period: Period

    @property
    def key(self) -> str:
        return self.account_id


EVENTS = catalogue(
    "rating",
    BillingCycleDefined,
    MeterKnown,
    PlanDrafted,
    PlanVersionPublished,
    AccountOpened,
    SubscriptionStarted,
    UsageRated,
    PeriodClosing,
    ChargeFixed,
    PeriodClosed,
)
