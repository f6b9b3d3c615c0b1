"""What a subscription costs: the lines of a period, from its plan, its sums and what was charged before. Pure.

Closing a period and showing live spend use the same functions, so what a customer watches growing is what he is billed.

Usage is priced per plan version, as f(total of the period): it does not matter in which order it came (R16). Flat
prices are in force as the subscription's timeline says (flat_charges.py). The same twice yields nothing new (R12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from services.rating.account.state import Account
from services.rating.meter.state import BUILT_IN, Meter
from services.rating.period.flat_charges import (
    FlatCharge,
    UsageDays,
    days_text,
    flat_charges,
    usage_days,
)
from services.rating.period.messages import RESTING_FEE, SET_UP
from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing import Line, Price
from services.rating.pricing.engine.contract import PriceTerms, PricingContext
from services.rating.pricing.engine.lines import CREDIT, TRUE_UP, USAGE
from services.rating.pricing.engine.measuring import measures_of
from services.rating.pricing.engine.usage import price_measured
from services.rating.recurring.calendar import cycle_of
from services.rating.subscription.state import Subscription
from services.rating.used import Used
from shared.kernel.decider import View
from shared.kernel.errors import NeverBegan
from shared.kernel.period import Period

# The tiers of steps that cost nothing because their units are included.
_COVERING: Final = frozenset({"included", "free"})

ITEMS: Final = {RESTING_FEE: "fee while service rests", SET_UP: "one-time charge"}
"""What a line reads that no price of the plan asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A line with what it is charged for. `covered_records` of its `records` are free: their units are included.

    `meters`: its records by meter, where usage of others than the line's own is priced in it.
    Of a flat price `whole` is the period that the line is a part of, `days` says it, "17 of 31 days" where it is not
    all; `credits` is the charge that a credit gives back, `item` what is charged where no price of the plan asks it.
    """

    subscription_id: str
    plan: Plan
    plan_version: int
    price_index: int
    line: Line
    records: int = 0
    covered_records: int = 0
    meters: Mapping[str, int] = field(default_factory=dict)
    whole: Period | None = None
    days: str | None = None
    credits: str | None = None
    item: str | None = None

    @property
    def period(self) -> Period:
        if self.line.period is None:
            raise ValueError(f"a charge covers whole days, but its line is from {self.line.start} to {self.line.end}")
        return self.line.period

    def description(self, meter: Meter | None) -> str:
        """What an invoice line reads; `meter` is the line's own (`meter_of`)."""
        words = {
            USAGE: meter.name if meter else self.line.meter or "usage",
            TRUE_UP: "minimum commitment",
            CREDIT: "credit for unused time",
        }
        detail = ITEMS[self.item] if self.item and self.line.kind != CREDIT else words.get(self.line.kind)
        name = f"{self.days} of {self.plan.name}" if self.days else self.plan.name
        return f"{name}: {detail}" if detail else name

    @property
    def order(self) -> tuple[str, int, int, date, str, str]:
        """Canonical: the same charges in the same order, whatever order their usage came in."""
        line, plan = self.line, self.plan.plan_id
        return self.subscription_id, self.price_index, self.plan_version, self.period.start, line.kind, plan


def meter_of(line: Line, known: Callable[[str], Meter | None]) -> Meter | None:
    """The meter of a line, of those that are built in or `known`; `None` where it has none, or nobody has named it."""
    return None if line.meter is None else BUILT_IN.get(line.meter) or known(line.meter)


def plans_of(subscription: Subscription, view: View) -> dict[str, Plan]:
    """The plans that `charges_of` asks for, by id."""
    found = {plan_id: view.get(Plan, plan_id) for plan_id in subscription.plans()}
    missing = [plan_id for plan_id, plan in found.items() if plan is None]
    if missing:
        raise NeverBegan(f"subscription {subscription.subscription_id} is on {missing[0]}, which does not exist")
    return {plan_id: plan for plan_id, plan in found.items() if plan is not None}


def charges_of(
    account: Account,
    subscription: Subscription,
    plans: Mapping[str, Plan],
    used: Used,
    *,
    contexts: Sequence[PricingContext],
    target: date,
) -> list[Charge]:
    """All that is due for a subscription, in canonical order. `plans`: all of `subscription.plans()`.

    Usage of each of the account's periods, which the `contexts` name, and of each flat price what begins (in arrears:
    ends) on or before `target` and has not been charged. Lines of zero are left out unless there are records behind
    them.
    """
    found = [_flat(subscription, charge) for charge in flat_charges(account, subscription, plans, target=target)]
    for context in contexts:
        for days in usage_days(subscription, plans, context.period):
            for index, price in enumerate(days.version.prices):
                if not price.recurring:
                    found += _usage_charges(account, subscription, days, index, used, context)
    return sorted(found, key=lambda charge: charge.order)


def _usage_charges(
    account: Account,
    subscription: Subscription,
    days: UsageDays,
    index: int,
    used: Used,
    context: PricingContext,
) -> Iterator[Charge]:
    plan, version, price = days.plan, days.version, days.version.prices[index]
    which = (context.period.start, plan.plan_id, version.version)
    measures = measures_of(price, version.aggregation_of)
    by_meter = used.records(*which, {measure.meter for measure in measures})
    records = sum(by_meter.values())
    part = days.part
    if part is None and records:
        # Rated on the day before another version, plan or an end was put in force for that same day.
        part = _overlap(context.period, subscription.start, subscription.end) or context.period
    if part is None:
        return
    lines = price_measured(
        price,
        tuple(used.measured(*which, measure) for measure in measures),
        context=replace(context, period=part, later=_later(subscription, plan, version, index)),
        cycle=cycle_of(account.terms_on(context.period.start)),
        price_index=index,
    )
    meter = price.meter or measures[0].meter
    for line in lines:
        behind = records if line.kind == USAGE else 0
        if line.amount or behind:
            yield Charge(
                subscription_id=subscription.subscription_id,
                plan=plan,
                plan_version=version.version,
                price_index=index,
                line=replace(line, meter=meter),
                records=behind,
                covered_records=behind if _is_covered(line) else 0,
                meters=by_meter if behind and by_meter.keys() != {meter} else {},
            )


def _later(
    subscription: Subscription, plan: Plan, version: PlanVersion, index: int
) -> tuple[tuple[date, PriceTerms], ...]:
    """What later versions of the plan have in the place of the price, for usage that reaches into them."""
    price = version.prices[index]
    return tuple(
        (later.start, later.version.prices[index].terms)
        for later in plan.spans()
        if version.effective_from is not None
        and later.start > version.effective_from
        and subscription.follows(plan.plan_id, later.start)
        and index < len(later.version.prices)
        and type(later.version.prices[index]) is Price
        and (later.version.prices[index].name, later.version.prices[index].meter) == (price.name, price.meter)
    )


def _is_covered(line: Line) -> bool:
    """Whether the line has units and every one of them is an included one."""
    tiers = {step.tier for step in line.steps if step.quantity and (step.tier in _COVERING or step.tier.isdigit())}
    return bool(tiers) and tiers <= _COVERING


def _flat(subscription: Subscription, charge: FlatCharge) -> Charge:
    return Charge(
        subscription_id=subscription.subscription_id,
        plan=charge.plan,
        plan_version=charge.key.plan_version,
        price_index=charge.key.price_index,
        line=charge.line.line,
        whole=charge.line.whole,
        days=days_text(charge),
        credits=charge.line.credits,
        item=charge.item,
    )


def _overlap(period: Period, start: date, end: date | None) -> Period | None:
    start = max(period.start, start)
    end = period.end if end is None else min(period.end, end)
    return Period(start, end) if start < end else None
