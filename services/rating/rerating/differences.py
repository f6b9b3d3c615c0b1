"""What closed periods of an account would have cost at corrected prices, less all that was charged for them. Pure.

    charged      usage of September, 500 units at 0.10: 50.00, of them 5.00 late; a rerating of -10.00
    corrected    the same usage by the functions of a close at 0.07: 35.00
    difference   35.00 - 40.00 = -5.00

Usage is what the sums of its days say, late usage that is billed included; what a price measures beyond sums is there
as long as usage may come late. A flat price costs its corrected amount for the same share as its charge. What cannot be
computed so is named and left as it was charged; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final

import msgspec

from services.rating.account.state import Account
from services.rating.allowance.messages import Covered
from services.rating.buckets.settling import CoverKey, Covers
from services.rating.correction.state import PendingCorrection
from services.rating.meter.state import Meter
from services.rating.period.charging import Charge, meter_of, plans_of, priced, usage_charges
from services.rating.period.flat_charges import UsageDays
from services.rating.period.messages import ChargeStep
from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing import Price, step_body
from services.rating.pricing.engine.contract import ONE, ZERO, Step
from services.rating.pricing.engine.lines import CREDIT, ONE_TIME, OUTAGE, RECURRING, RERATING, USAGE
from services.rating.pricing.engine.measuring import measures_of
from services.rating.pricing.engine.price import UnreadablePrice
from services.rating.pricing.engine.usage import INCLUDED
from services.rating.pricing_context import pricing_context
from services.rating.rated_usage.state import NOTHING, Tally, tally_key
from services.rating.recurring.amounts import discounted, total
from services.rating.rerating.late_prices import CorrectedPrices
from services.rating.rerating.messages import ReratingTerms
from services.rating.rerating.state import Charged, ChargedAccount
from services.rating.subscription.state import Subscription
from services.rating.used import Used, billed_detail
from shared.kernel.decider import View
from shared.kernel.decimals import exact, format_decimal
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.period import Period
from shared.kernel.rounding import round_amount

_BOUNDS: Final = frozenset({"minimum", "maximum"})
_FLAT: Final = frozenset({RECURRING, CREDIT, ONE_TIME})

Place = tuple[str, int, date]
"""Subscription, price and the first day of what was charged: of usage its billing period, of time the line's own."""


class NotComputable(msgspec.Struct, frozen=True, kw_only=True):
    """Why something is left as it was charged; without a period it is the whole account."""

    reason: str
    subscription_id: str = ""
    price_index: int = 0
    period: Period | None = None
    charged: Decimal | None = None


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What a price of a subscription costs of a closed `period` now, `corrected`, and what was `charged` before.

    `served` are the days of the line, `steps` those of the corrected amount, which add up to `unrounded`.
    """

    subscription_id: str
    price_index: int
    period: Period
    served: Period
    charged: Decimal
    corrected: Decimal
    unrounded: Decimal
    description: str
    corrects: list[str]
    steps: list[ChargeStep]
    meter: str | None = None
    unit: str | None = None
    quantity: Decimal | None = None
    tax_class: str | None = None
    includes_tax: bool = False

    @property
    def amount(self) -> Decimal:
        return self.corrected - self.charged


@dataclass(slots=True)
class _Before:
    """All that was charged at a place: the charges themselves, and what reratings made of them since."""

    charges: list[Charged] = field(default_factory=list)
    reratings: list[Decimal] = field(default_factory=list)

    @property
    def amount(self) -> Decimal:
        return sum((*(charge.amount for charge in self.charges), *self.reratings), ZERO)

    @property
    def ids(self) -> list[str]:
        return [charge.charge_id for charge in self.charges]


def differences(
    account: Account,
    charged: ChargedAccount,
    pending: Iterable[PendingCorrection],
    plan: Plan,
    terms: ReratingTerms,
    view: View,
) -> list[Difference | NotComputable]:
    """Every line of the account in order, also those without a difference. `plan` has the corrected prices."""
    rerating = _Rerating(account, charged, plan, terms, _before(charged, pending, terms), view)
    with exact():
        return sorted(
            [*rerating.of_usage(), *rerating.of_time()],
            key=lambda one: (one.subscription_id, one.price_index, one.period or Period(date.min, date.max)),
        )


def _before(
    charged: ChargedAccount, pending: Iterable[PendingCorrection], terms: ReratingTerms
) -> Mapping[Place, _Before]:
    """What was charged, by its place. A rerating that waits for its close counts as one that is billed."""
    held: dict[Place, _Before] = {}
    for charge in charged.charges:
        if charge.kind == OUTAGE:
            continue
        flat = charge.kind in _FLAT
        start = charge.period.start if flat else charge.of
        place = held.setdefault((charge.subscription_id, charge.price_index, start), _Before())
        if charge.kind == RERATING:
            place.reratings.append(charge.amount)
        else:
            place.charges.append(charge)
    for waits in pending:
        if waits.kind == RERATING and (waits.plan_id, waits.plan_version) == (terms.plan_id, terms.version):
            place = held.setdefault((waits.subscription_id, waits.price_index, waits.settles.start), _Before())
            place.reratings.append(waits.amount)
    return held


@dataclass(frozen=True, slots=True)
class _Rerating:
    account: Account
    facts: ChargedAccount
    plan: Plan
    terms: ReratingTerms
    before: Mapping[Place, _Before]
    view: View

    # -- usage -------------------------------------------------------------------------------------------------------

    def of_usage(self) -> Iterator[Difference | NotComputable]:
        for subscription_id in self.account.subscriptions:
            subscription = self.view.get(Subscription, subscription_id)
            if subscription is None:
                raise NeverBegan(f"account {self.account.account_id} names {subscription_id}, which never started")
            if self.plan.plan_id not in subscription.plans():
                continue
            plans = {**plans_of(subscription, self.view), self.plan.plan_id: self.plan}
            for period in self.facts.closed:
                for days, index in priced(subscription, plans, period):
                    if days.plan is self.plan and days.version.version == self.terms.version:
                        yield from self._usage_of(subscription, days, index, period)

    def _usage_of(
        self, subscription: Subscription, days: UsageDays, index: int, period: Period
    ) -> Iterator[Difference | NotComputable]:
        before = self.before.get((subscription.subscription_id, index, period.start), _Before())
        tallies = self._tallies(subscription.subscription_id, period.start)
        if self._stays(index, before) or not (before.charges or before.reratings or tallies or days.part):
            return
        where = {"subscription_id": subscription.subscription_id, "price_index": index, "period": period}
        reason = self._why_not(subscription.subscription_id, days, index, period, tallies)
        if reason is None:
            try:
                charges = self._at_corrected_price(subscription, days, index, period, tallies, before)
            except Rejection as refusal:
                reason = refusal.code
            else:
                yield self._usage_difference(charges, before, period, index, where)
        if reason is not None:
            yield NotComputable(reason=reason, charged=before.amount, **where)  # type: ignore[arg-type]

    def _stays(self, index: int, before: _Before) -> bool:
        """Whether the price is the published one and nothing was rerated: then it costs what was charged."""
        published = self._published_version().prices[index]
        # Late usage may have been charged at the price of an earlier run, which is not the published one.
        is_rerated = before.reratings or self.view.get(CorrectedPrices, self.terms.plan_id) is not None
        return not is_rerated and published == self.terms.prices[index]

    def _published_version(self) -> PlanVersion:
        plan = self.view.get(Plan, self.plan.plan_id)
        if plan is None:
            raise NeverBegan(f"plan {self.plan.plan_id} does not exist")
        return plan.versions[self.terms.version - 1]

    def _tallies(self, subscription_id: str, start: date) -> dict[str, Tally]:
        """The usage of a closed period that is billed, late or not."""
        open_period = self.account.open_period
        held: dict[str, Tally] = {}
        for usage in self.facts.usage:
            if (usage.subscription_id, usage.period_start) != (subscription_id, start):
                continue
            if usage.billed_in is None or (open_period is not None and usage.billed_in < open_period.start):
                name = tally_key(usage.meter, self.terms.version, self.terms.plan_id)
                held[name] = held.get(name, NOTHING).plus(usage.quantity, usage.records)
        return held

    def _why_not(
        self, subscription_id: str, days: UsageDays, index: int, period: Period, tallies: Mapping[str, Tally]
    ) -> str | None:
        """Why the usage cannot be priced again: it is measured beyond sums, and that is gone."""
        price = days.version.prices[index]
        if isinstance(price, UnreadablePrice):
            return "unknown_model"
        version, plan_id = days.version.version, days.plan.plan_id
        beyond = [m for m in measures_of(price, days.version.aggregation_of) if not m.plain]
        used = [m for m in beyond if tally_key(m.meter, version, plan_id) in tallies]
        kept = self.account.closed_period_with(period.start) is not None
        return "beyond_sums" if used and not kept else None

    def _at_corrected_price(
        self,
        subscription: Subscription,
        days: UsageDays,
        index: int,
        period: Period,
        tallies: Mapping[str, Tally],
        before: _Before,
    ) -> list[Charge]:
        """The lines as a close makes them."""
        start, name = period.start, subscription.subscription_id
        used = Used({start: tallies}, {start: billed_detail(name, start, self.view)})
        key = (name, start, days.plan.plan_id, days.version.version, days.version.prices[index].meter or "")
        covers = Covers({key: _included(before.charges, key)})
        context = pricing_context(self.account, period, self.view)
        return list(usage_charges(self.account, subscription, days, index, used, covers, context))

    def _usage_difference(
        self, charges: Sequence[Charge], before: _Before, period: Period, index: int, where: Mapping[str, object]
    ) -> Difference:
        steps = [step for charge in charges for step in charge.line.steps]
        usage = next((charge for charge in charges if charge.line.kind == USAGE), charges[0] if charges else None)
        line = usage.line if usage else None
        meter = meter_of(line, lambda meter_id: self.view.get(Meter, meter_id)) if line else None
        name = (meter.name if meter else line.meter if line else None) or "usage"
        return Difference(
            **where,  # type: ignore[arg-type]
            served=usage.period if usage else before.charges[0].period if before.charges else period,
            charged=before.amount,
            corrected=sum((charge.line.amount for charge in charges), ZERO),
            unrounded=sum((charge.line.unrounded for charge in charges), ZERO),
            description=f"{self.plan.name}: {name}, price correction",
            corrects=before.ids,
            tax_class=self._published_version().tax_class_of(index),
            includes_tax=self._published_version().prices_include_tax,
            steps=self._steps(steps),
            meter=line.meter if line else None,
            unit=meter.unit if meter else None,
            quantity=Decimal(format_decimal(line.quantity)) if line and line.quantity is not None else None,
        )

    # -- time --------------------------------------------------------------------------------------------------------

    def of_time(self) -> Iterator[Difference | NotComputable]:
        for (subscription_id, index, start), before in self.before.items():
            flat = [charge for charge in before.charges if charge.kind in _FLAT]
            if not flat or not self.terms.start <= start < self.terms.end or self._stays(index, before):
                continue
            served = Period(start, max(charge.period.end for charge in flat))
            reason = self._why_not_time(flat, self.terms.prices[index])
            if reason is None:
                yield self._time_difference(subscription_id, index, served, flat, before)
            else:
                yield NotComputable(
                    reason=reason,
                    subscription_id=subscription_id,
                    price_index=index,
                    period=served,
                    charged=before.amount,
                )

    def _why_not_time(self, flat: Iterable[Charged], price: Price) -> str | None:
        if isinstance(price, UnreadablePrice):
            return "unknown_model"
        bounded = any(step.get("tier") in _BOUNDS for charge in flat for step in charge.steps)
        discount = price.modifiers.discount
        ends = discount is not None and discount.until is not None and any(charge.kind == CREDIT for charge in flat)
        return "bounded_line" if bounded or ends or price.modifiers.bounded else None

    def _time_difference(
        self, subscription_id: str, index: int, served: Period, flat: Sequence[Charged], before: _Before
    ) -> Difference:
        """The corrected price for the share, and as many, as each charge was; a credit gives back by the same."""
        price = self.terms.prices[index]
        corrected, unrounded, steps = ZERO, ZERO, list[Step]()
        for charge in flat:
            share = ONE if charge.fraction is None else Decimal(charge.fraction)
            many = 1 if charge.quantity is None else int(charge.quantity)
            own = discounted(price, share, charge.period.start, many)
            if charge.kind == CREDIT:
                own = [_negative(step) for step in own]
            corrected += round_amount(total(own), price.rounding, self.account.currency)
            unrounded += total(own)
            steps += own
        return Difference(
            subscription_id=subscription_id,
            price_index=index,
            period=served,
            served=served,
            charged=before.amount,
            corrected=corrected,
            unrounded=unrounded,
            description=f"{self.plan.name}: price correction",
            corrects=before.ids,
            tax_class=self._published_version().tax_class_of(index),
            includes_tax=self._published_version().prices_include_tax,
            steps=self._steps(steps),
        )

    def _steps(self, steps: Iterable[Step]) -> list[ChargeStep]:
        return [ChargeStep(**step_body(step, self.account.currency)) for step in steps]


def _included(charges: Iterable[Charged], key: CoverKey) -> tuple[Covered, ...]:
    """What buckets paid for when the charges were made: it stays paid for by them."""
    by_bucket: dict[str, Decimal] = {}
    for charge in charges:
        for step in charge.steps:
            if charge.kind == USAGE and step.get("tier") == INCLUDED and step.get("label"):
                by_bucket[step["label"]] = by_bucket.get(step["label"], ZERO) + Decimal(step["quantity"])
    _, _, plan_id, version, meter = key
    return tuple(
        Covered(plan_id=plan_id, plan_version=version, meter=meter, bucket_id=bucket, quantity=quantity)
        for bucket, quantity in by_bucket.items()
        if quantity
    )


def _negative(step: Step) -> Step:
    return replace(step, unit_price=-step.unit_price, amount=-step.amount)
