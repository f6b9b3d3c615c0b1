"""What a subscription costs: the lines of a period, from its plan, its sums and what was charged before. Pure.

Closing a period and showing live spend use the same functions, so what a customer watches growing is what he is billed.

Usage is priced per plan version, as f(total of the period): it does not matter in which order it came (R16). A flat
price of a version applies from the day the version is in force to the day the next one is; what was charged in advance
beyond that day comes back as a credit (R8). The same request twice yields nothing new (R12): what is charged is
remembered as `charged_through`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from services.rating.account.state import Account
from services.rating.meter.state import BUILT_IN, Meter
from services.rating.plan.state import Plan, VersionSpan
from services.rating.pricing import Line, Price
from services.rating.pricing.engine.contract import PriceTerms, PricingContext
from services.rating.pricing.engine.lines import CREDIT, TRUE_UP, USAGE
from services.rating.pricing.engine.measuring import measures_of
from services.rating.pricing.engine.usage import price_measured
from services.rating.recurring.calendar import cycle_of, cycle_of_price
from services.rating.recurring.lines import recurring_lines
from services.rating.subscription.state import Subscription, charged_key
from services.rating.used import Used
from shared.kernel.period import Period

# The tiers of steps that cost nothing because their units are included.
_COVERING: Final = frozenset({"included", "free"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A line with what it is charged for. `covered_records` of its `records` are free: their units are included.

    `meters`: its records by meter, where usage of others than the line's own is priced in it.
    """

    subscription_id: str
    plan: Plan
    plan_version: int
    price_index: int
    line: Line
    records: int = 0
    covered_records: int = 0
    meters: Mapping[str, int] = field(default_factory=dict)

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
        detail = words.get(self.line.kind)
        return f"{self.plan.name}: {detail}" if detail else self.plan.name

    @property
    def order(self) -> tuple[str, int, int, date, str]:
        """Canonical: the same charges in the same order, whatever order their usage came in."""
        return self.subscription_id, self.price_index, self.plan_version, self.period.start, self.line.kind


def meter_of(line: Line, known: Callable[[str], Meter | None]) -> Meter | None:
    """The meter of a line, of those that are built in or `known`; `None` where it has none, or nobody has named it."""
    return None if line.meter is None else BUILT_IN.get(line.meter) or known(line.meter)


def charges_of(
    account: Account,
    subscription: Subscription,
    plan: Plan,
    used: Used,
    *,
    contexts: Sequence[PricingContext],
    target: date,
) -> list[Charge]:
    """All that is due for a subscription, in canonical order.

    Usage of each of the account's periods, which the `contexts` name, and of each flat price what begins (in arrears:
    ends) on or before `target` and has not been charged. Lines of zero are left out unless there are records behind
    them.
    """
    found: list[Charge] = []
    for span in plan.spans():
        for index, price in enumerate(span.version.prices):
            if price.recurring:
                found += _flat_charges(account, subscription, plan, span, price, index, target)
            else:
                for context in contexts:
                    found += _usage_charges(account, subscription, plan, span, price, index, used, context)
    return sorted(found, key=lambda charge: charge.order)


def _usage_charges(
    account: Account,
    subscription: Subscription,
    plan: Plan,
    span: VersionSpan,
    price: Price,
    index: int,
    used: Used,
    context: PricingContext,
) -> Iterator[Charge]:
    start, version = context.period.start, span.version.version
    measures = measures_of(price, span.version.aggregation_of)
    by_meter = used.records(start, version, {measure.meter for measure in measures})
    records = sum(by_meter.values())
    part = _served_by(subscription, span, context.period, used=bool(records))
    if part is None:
        return
    lines = price_measured(
        price,
        tuple(used.measured(start, version, measure) for measure in measures),
        context=replace(context, period=part, later=_later(plan, span, price, index)),
        cycle=cycle_of(account.terms),
        price_index=index,
    )
    meter = price.meter or measures[0].meter
    for line in lines:
        behind = records if line.kind == USAGE else 0
        if line.amount or behind:
            yield Charge(
                subscription_id=subscription.subscription_id,
                plan=plan,
                plan_version=version,
                price_index=index,
                line=replace(line, meter=meter),
                records=behind,
                covered_records=behind if _is_covered(line) else 0,
                meters=by_meter if behind and by_meter.keys() != {meter} else {},
            )


def _later(plan: Plan, span: VersionSpan, price: Price, index: int) -> tuple[tuple[date, PriceTerms], ...]:
    """What later versions of the plan have in the place of the price, for usage that reaches into them."""
    return tuple(
        (later.start, later.version.prices[index].terms)
        for later in plan.spans()
        if later.start > span.start
        and index < len(later.version.prices)
        and type(later.version.prices[index]) is Price
        and (later.version.prices[index].name, later.version.prices[index].meter) == (price.name, price.meter)
    )


def _served_by(subscription: Subscription, span: VersionSpan, period: Period, *, used: bool) -> Period | None:
    """The part of the period in which the version prices usage."""
    served = _overlap(period, subscription.start, subscription.end)
    part = _overlap(served, span.start, span.end) if served else None
    # Used without one: rated by this version on the day before the next one was put in force for that same day.
    return served if part is None and used else part


def _is_covered(line: Line) -> bool:
    """Whether the line has units and every one of them is an included one."""
    tiers = {step.tier for step in line.steps if step.quantity and (step.tier in _COVERING or step.tier.isdigit())}
    return bool(tiers) and tiers <= _COVERING


def _flat_charges(
    account: Account,
    subscription: Subscription,
    plan: Plan,
    span: VersionSpan,
    price: Price,
    index: int,
    target: date,
) -> Iterator[Charge]:
    terms, version = price.recurring_terms, span.version.version
    start = max(subscription.start, span.start)
    # Where a price counts its `end` as a day of service, the day the next version takes over must not be in it.
    replaced_on = span.end - timedelta(days=1) if span.end and terms.proration == "inclusive" else span.end
    end = min((day for day in (subscription.end, replaced_on) if day is not None), default=None)
    if start > target or (end is not None and end < start) or start in (subscription.end, span.end):
        return
    quote = recurring_lines(
        price,
        currency=account.currency,
        cycle=cycle_of_price(account.terms, terms.interval, subscription.start),
        start=start,
        end=end,
        billed_through=subscription.charged_through.get(charged_key(version, index)),
        target_date=target,
    )
    for line in quote.lines:
        if line.amount:
            yield Charge(
                subscription_id=subscription.subscription_id,
                plan=plan,
                plan_version=version,
                price_index=index,
                line=line,
            )


def _overlap(period: Period, start: date, end: date | None) -> Period | None:
    start = max(period.start, start)
    end = period.end if end is None else min(period.end, end)
    return Period(start, end) if start < end else None
