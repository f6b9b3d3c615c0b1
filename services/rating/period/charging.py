"""What a subscription costs: the lines of a period, from its plan, its sums and what was charged before. Pure.

Closing a period and showing live spend use the same functions, so what a customer watches growing is what he is billed.

Usage is priced per plan version, as f(total of the period): it does not matter in which order it came (R16). Flat
prices are in force as the subscription's timeline says (flat_charges.py). The same twice yields nothing new (R12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from services.rating.account.state import Account
from services.rating.allowance.messages import Covered
from services.rating.buckets.settling import NOTHING_COVERED, Covers, LateCovers
from services.rating.meter.state import BUILT_IN, Meter
from services.rating.period.flat_charges import (
    Corrected,
    FlatCharge,
    UsageDays,
    as_published,
    days_text,
    flat_charges,
    usage_days,
)
from services.rating.period.messages import RESTING_FEE, SET_UP
from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing import Line, Price
from services.rating.pricing.engine.contract import ZERO, Measured, PriceTerms, PricingContext
from services.rating.pricing.engine.lines import CREDIT, TRUE_UP, USAGE
from services.rating.pricing.engine.measuring import measures_of
from services.rating.pricing.engine.usage import Included, price_measured
from services.rating.rated_usage.state import tally_key
from services.rating.recurring.calendar import cycle_of
from services.rating.subscription.state import Subscription
from services.rating.used import LateUsed, Used
from shared.kernel.calendar import Cycle
from shared.kernel.decider import View
from shared.kernel.decimals import exact
from shared.kernel.errors import NeverBegan
from shared.kernel.period import Period

# The tiers of steps that cost nothing because their units are included.
_COVERING: Final = frozenset({"included", "free"})

ITEMS: Final = {RESTING_FEE: "fee while service rests", SET_UP: "one-time charge"}
"""What a line reads that no price of the plan asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A line with what it is charged for. `covered_records` of its `records` are free: their units are included.

    `meters`: its records by meter, where usage of others than the line's own is priced in it. `settles`: the closed
    period whose late usage it is for.
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
    retracted: Mapping[str, int] = field(default_factory=dict)
    settles: Period | None = None
    whole: Period | None = None
    days: str | None = None
    credits: str | None = None
    item: str | None = None

    @property
    def period(self) -> Period:
        if self.line.period is None:
            raise ValueError(f"a charge covers whole days, but its line is from {self.line.start} to {self.line.end}")
        return self.line.period

    @property
    def version(self) -> PlanVersion:
        return self.plan.versions[self.plan_version - 1]

    @property
    def includes_tax(self) -> bool:
        return self.version.prices_include_tax

    @property
    def tax_class(self) -> str | None:
        version = self.version
        return version.tax_class if self.item == RESTING_FEE else version.tax_class_of(self.price_index)

    def description(self, meter: Meter | None) -> str:
        """What an invoice line reads; `meter` is the line's own (`meter_of`)."""
        words = {
            USAGE: meter.name if meter else self.line.meter or "usage",
            TRUE_UP: "minimum commitment",
            CREDIT: "credit for unused time",
        }
        detail = ITEMS[self.item] if self.item and self.line.kind != CREDIT else words.get(self.line.kind)
        if detail and self.settles is not None:
            detail += ", late usage" if self.records or not self.retracted else ", retracted usage"
        plan = self.plan.name_of(self.plan_version)
        name = f"{self.days} of {plan}" if self.days else plan
        return f"{name}: {detail}" if detail else name

    @property
    def order(self) -> tuple[str, int, int, date, str, str]:
        """Canonical: the same charges in the same order, whatever order their usage came in."""
        line, plan = self.line, self.plan.plan_id
        return self.subscription_id, self.price_index, self.plan_version, self.period.start, line.kind, plan


@dataclass(frozen=True, slots=True)
class LateUsage:
    """What came late for a closed period, and how it is priced."""

    used: LateUsed
    context: PricingContext
    corrected: Corrected = as_published


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
    late: Sequence[LateUsage] = (),
    covers: Covers = NOTHING_COVERED,
    target: date,
    corrected: Corrected = as_published,
) -> list[Charge]:
    """All that is due for a subscription, in canonical order. `plans`: all of `subscription.plans()`.

    Usage of each of the account's periods, which the `contexts` name; what came `late` for closed ones; and of each
    flat price what begins (in arrears: ends) on or before `target` and has not been charged. What `covers` says of
    usage is included in buckets. Lines of zero are left out unless there are records behind them. Of a flat price that
    was `corrected` since it was charged, what comes back is given back at the corrected price.
    """
    flat = flat_charges(account, subscription, plans, target=target, corrected=corrected)
    found = [_flat(subscription, charge) for charge in flat]
    for context in contexts:
        for days, index in priced(subscription, plans, context.period):
            found += usage_charges(account, subscription, days, index, used, covers, context)
    for settled in late:
        for days, index in priced(subscription, plans, settled.used.period):
            found += _late_charges(account, subscription, days, index, settled, covers)
    return sorted(found, key=lambda charge: charge.order)


def priced(subscription: Subscription, plans: Mapping[str, Plan], period: Period) -> Iterator[tuple[UsageDays, int]]:
    """The usage prices that may have priced usage of the period, each with its version and the days it was in force."""
    for days in usage_days(subscription, plans, period):
        for index, price in enumerate(days.version.prices):
            if not price.recurring:
                yield days, index


def usage_charges(
    account: Account,
    subscription: Subscription,
    days: UsageDays,
    index: int,
    used: Used,
    covers: Covers,
    context: PricingContext,
) -> Iterator[Charge]:
    """What the usage of a period costs at one price of the version."""
    which, price = (context.period.start, days.plan.plan_id, days.version.version), days.version.prices[index]
    measures = measures_of(price, days.version.aggregation_of)
    by_meter = used.records(*which, {measure.meter for measure in measures})
    part = _served_by(subscription, days, context.period, used=bool(by_meter))
    if part is None:
        return
    lines = price_measured(
        price,
        tuple(used.measured(*which, measure) for measure in measures),
        context=replace(context, period=part, later=_later(subscription, days, index)),
        included=_included(covers.of(subscription.subscription_id, *which, price.meter or "")),
        cycle=cycle_of(account.terms_of(context.period.start)),
        price_index=index,
    )
    yield from _charges(lines, subscription, days, price.meter or measures[0].meter, by_meter)


def _late_charges(
    account: Account,
    subscription: Subscription,
    days: UsageDays,
    index: int,
    settled: LateUsage,
    covers: Covers,
) -> Iterator[Charge]:
    """What usage that came late for a closed period adds to what has been billed of that period (R34)."""
    late = settled.used
    which = (late.period.start, days.plan.plan_id, days.version.version)
    price = (
        settled.corrected(subscription.subscription_id, *which[1:], index, late.period) or days.version.prices[index]
    )
    measures = measures_of(price, days.version.aggregation_of)
    meters = {measure.meter for measure in measures}
    part = _served_by(subscription, days, late.period, used=True)
    if part is None or not late.late.has(*which, meters):
        return
    lines = _lines_on_top(
        price,
        billed=tuple(late.billed.measured(*which, measure) for measure in measures),
        total=tuple(late.total.measured(*which, measure) for measure in measures),
        context=replace(settled.context, period=part),
        covers=covers.late_of(subscription.subscription_id, *which, price.meter or ""),
        cycle=cycle_of(account.terms_of(late.period.start)),
        index=index,
    )
    net = late.late.records(*which, meters)
    taken = {meter: late.retracted.get(tally_key(meter, which[2], which[1]), 0) for meter in sorted(meters)}
    by_meter = {meter: came for meter in sorted(meters) if (came := net.get(meter, 0) + taken[meter])}
    retracted = {meter: count for meter, count in taken.items() if count}
    for charge in _charges(lines, subscription, days, price.meter or measures[0].meter, by_meter, retracted):
        yield replace(charge, settles=late.period)


def _lines_on_top(
    price: Price,
    *,
    billed: tuple[Measured, ...],
    total: tuple[Measured, ...],
    covers: LateCovers,
    context: PricingContext,
    cycle: Cycle,
    index: int,
) -> list[Line]:
    """f(total) − f(billed), by line (R16). Each is rounded before the difference is taken, as what was billed has been:
    however often usage comes late, all lines of a period add up to what it had cost at once."""
    included_before, included = _included(covers.billed), _included(covers.total)
    before, after = (
        {line.kind: line.amount for line in price_measured(price, part, included=free, context=context, cycle=cycle)}
        for part, free in ((billed, included_before), (total, included))
    )
    new = price_measured(
        price,
        total,
        already_billed=billed,
        included=included,
        included_before=included_before,
        context=context,
        cycle=cycle,
        price_index=index,
    )
    with exact():
        return [replace(line, amount=after.get(line.kind, ZERO) - before.get(line.kind, ZERO)) for line in new]


def _included(covered: Iterable[Covered]) -> Included:
    return [(part.bucket_id, part.quantity) for part in covered]


def _charges(
    lines: Iterable[Line],
    subscription: Subscription,
    days: UsageDays,
    meter: str,
    by_meter: Mapping[str, int],
    retracted: Mapping[str, int] | None = None,
) -> Iterator[Charge]:
    """The lines of usage as charges; `by_meter` are the records behind them, `retracted` those that they take back."""
    records = sum(by_meter.values())
    for line in lines:
        behind = records if line.kind == USAGE else 0
        taken = (retracted or {}) if line.kind == USAGE else {}
        if line.amount or behind or taken:
            yield Charge(
                subscription_id=subscription.subscription_id,
                plan=days.plan,
                plan_version=days.version.version,
                price_index=line.price_index,
                line=replace(line, meter=meter),
                records=behind,
                covered_records=behind if _is_covered(line) else 0,
                meters=by_meter if behind and by_meter.keys() != {meter} else {},
                retracted=taken,
            )


def _later(subscription: Subscription, days: UsageDays, index: int) -> tuple[tuple[date, PriceTerms], ...]:
    """What later versions of the plan have in the place of the price, for usage that reaches into them."""
    price, begins = days.version.prices[index], days.version.effective_from
    return tuple(
        (later.start, later.version.prices[index].terms)
        for later in days.plan.spans()
        if begins is not None
        and later.start > begins
        and subscription.follows(days.plan.plan_id, later.start)
        and index < len(later.version.prices)
        and type(later.version.prices[index]) is Price
        and (later.version.prices[index].name, later.version.prices[index].meter) == (price.name, price.meter)
    )


def _served_by(subscription: Subscription, days: UsageDays, period: Period, *, used: bool) -> Period | None:
    """The part of the period in which the version prices usage."""
    if days.part is not None or not used:
        return days.part
    # Rated on the day before another version, plan or an end was put in force for that same day.
    return _overlap(period, subscription.start, subscription.end) or period


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
