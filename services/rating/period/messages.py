"""A billing period of an account closes: it freezes, each line becomes a charge, the next one opens.

    ClosePeriod -> PeriodClosing, ChargeFixed × n, PeriodClosed

Amounts are unrounded decimals unless they say otherwise; rounding happens once, at the charge. Dates are in the time
zone of the account, periods half-open.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Final

import msgspec

from shared.kernel.bounds import Checked, Count, PlainDecimal, Seq
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event
from shared.kernel.period import Period

RESTING_FEE: Final = "resting_fee"
"""The fee while service is suspended or paused."""
SET_UP: Final = "set_up"
"""What a plan charges once, when a subscription first has it."""
CHARGED_BY_HAND: Final = "charged_by_hand"
"""A one-time charge that somebody put on the account."""
TOP_UP: Final = "top_up"
"""An allowance that was bought beside the plan's."""
EARLY_TERMINATION: Final = "early_termination"
"""The fee for leaving before the end of a contract."""
DAILY_MAX: Final = 62
"""Days that a charge tells: two months, and no more, since every document carries them."""


class ClosePeriod(Command, frozen=True, kw_only=True):
    """Close the account's open period. Ignored unless `period` and `due_at` are those of the timer that is open.

    `subscriptions` tells the runtime what to load; what is closed is what the account has.
    """

    account_id: str
    period: Period
    due_at: datetime
    subscriptions: tuple[str, ...] = ()


class PeriodClosing(Event, frozen=True, kw_only=True):
    """The period is frozen: usage for it is late from now on. `lines` charges summing to `sum` follow."""

    account_id: str
    period: Period
    lines: Count
    sum: Decimal
    currency: Currency
    watermark: datetime


class ChargeStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One term of a charge, exact: `quantity` at `unit_price`, with `unit_size` for each started block of that many.

    `tier` counts tiers from "1", or names what it is: "included", "free", "discount", "minimum", "maximum", "true_up".
    `label` says what the numbers alone do not, `count` how many records, samples or packages the term is about.
    """

    tier: str
    quantity: PlainDecimal
    unit_price: PlainDecimal
    amount: PlainDecimal
    unit_size: PlainDecimal | None = None
    flat_fee: PlainDecimal | None = None
    label: str | None = None
    count: PlainDecimal | None = None


class OutageEvidence(Checked, frozen=True, kw_only=True):
    """The time without service that a credit is for: `seconds` of it, from `start` to `end` (excluded)."""

    start: datetime
    end: datetime
    seconds: Seq


class DailyUsage(msgspec.Struct, frozen=True, kw_only=True):
    """What was used day by day, in the unit of the line: one exact quantity a day from `first` on, without gaps.

    Days of nothing before the first and after the last usage are left out; one between them is "0".
    """

    first: date
    quantities: Annotated[list[PlainDecimal], msgspec.Meta(max_length=DAILY_MAX)]


class ChargeFixed(Event, frozen=True, kw_only=True):
    """One priced line, final. `amount` is rounded to the currency, `unrounded` before that.

    `kind` is `recurring`, `usage`, `true_up`, `one_time`, `rerating`, `outage` or `credit` (both below zero, as a
    rerating may be); `period` is the line's own service period; `quantity` is exact, in `unit`; `records` counts the
    usage records behind it, `covered_records` those of them that are free because their units are included; `steps`
    explain tiers and blocks as in a quote. `n` counts from 1. `meters`: the records by meter, where the line prices
    usage of others than `meter`. `settles`: of usage that came after its period was closed, that period (R34);
    `retracted` are the records by meter that were charged then and are taken back with this line.

    Of a flat price `whole` is the period that `fraction` is a share of, and `quantity` how many there are, `None` for
    one. A credit names in `credits` the charge that it gives back. `item`: what a charge is for that is not one of the
    plan's recurring and usage prices, of those below. One of the account itself has an empty `subscription_id` and
    `plan_id`, and version 0. One of kind `rerating` makes good what the closed period that it `settles` was charged:
    `corrects` are the charges of that, `cause` is the rerating; `outage` gives back time without service, its
    `evidence`.
    `daily` are the days of usage that add up to `quantity`, where they do and are known (daily.py).
    `tax_class` is the price's, else that of the plan's service when the version was published.
    `includes_tax`: the amount is gross, as the prices of its plan's version are (R42).
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
    meters: dict[str, Seq] = {}
    settles: Period | None = None
    whole: Period | None = None
    credits: str | None = None
    item: str | None = None
    corrects: list[str] = []
    cause: str | None = None
    evidence: OutageEvidence | None = None
    tax_class: str | None = None
    retracted: dict[str, Count] = {}
    daily: DailyUsage | None = None
    includes_tax: bool = False


class PeriodClosed(Event, frozen=True, kw_only=True):
    """All charges of the period are out: `lines` of them, `sum` in total. `next_period` is open now.

    `billed_by` is the account that pays for the period, where it is another one. `gross` of the sum are prices that
    include tax, the others are before tax.
    """

    account_id: str
    period: Period
    lines: Count
    sum: Decimal
    currency: Currency
    next_period: Period
    billed_by: str | None = None
    gross: Decimal = Decimal(0)
