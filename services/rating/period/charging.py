"""What a subscription costs: the lines of a period, from its plan, its sums and what was charged before. Pure.

Closing a period and showing live spend use the same functions, so what a customer watches growing is what he is billed.

Usage is priced per plan version, as f(total of the period): it does not matter in which order it came (R16). A flat
price of a version applies from the day the version is in force to the day the next one is; what was charged in advance
beyond that day comes back as a credit (R8). The same request twice yields nothing new (R12): what is charged is
remembered as `charged_through`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from services.rating.account.state import Account
from services.rating.meter.state import BUILT_IN, Meter
from services.rating.plan.state import Plan, VersionSpan
from services.rating.pricing import Line, Price
from services.rating.pricing.engine.contract import ZERO, Measured, PriceTerms, PricingContext
from services.rating.pricing.engine.lines import CREDIT, TRUE_UP, USAGE
from services.rating.pricing.engine.measuring import measures_of
from services.rating.pricing.engine.usage import price_measured
from services.rating.pricing_context import pricing_context
from services.rating.recurring.calendar import PriceSpan, cycle_of, cycle_of_price, price_spans
from services.rating.recurring.lines import recurring_lines
from services.rating.recurring.proration import countable
from services.rating.subscription.state import Subscription, charged_key
from services.rating.used import LateUsed, Used, late_by
from shared.kernel.calendar import Cycle
from shared.kernel.decider import View
from shared.kernel.decimals import exact
from shared.kernel.period import Period

# The tiers of steps that cost nothing because their units are included.
_COVERING: Final = frozenset({"included", "free"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A line with what it is charged for. `covered_records` of its `records` are free: their units are included.

    `meters`: its records by meter, where usage of others than the line's own is priced in it. `settles`: the closed
    period whose late usage it is for.
    """

    subscription_id: str
    plan: Plan
    plan_version: int
    price_index: int
    line: Line
    records: int = 0
    covered_records: int = 0
    meters: Mapping[str, int] = field(default_factory=dict)
    settles: Period | None = None

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
        if detail and self.settles is not None:
            detail += ", late usage"
        return f"{self.plan.name}: {detail}" if detail else self.plan.name

    @property
    def order(self) -> tuple[str, int, int, date, str]:
        """Canonical: the same charges in the same order, whatever order their usage came in."""
        return self.subscription_id, self.price_index, self.plan_version, self.period.start, self.line.kind


def meter_of(line: Line, known: Callable[[str], Meter | None]) -> Meter | None:
    """The meter of a line, of those that are built in or `known`; `None` where it has none, or nobody has named it."""
    return None if line.meter is None else BUILT_IN.get(line.meter) or known(line.meter)


def late_usage(account: Account, subscription_id: str, view: View) -> list[tuple[LateUsed, PricingContext]]:
    """What came late for closed periods of a subscription, and where it is priced: where its period was."""
    found = late_by(subscription_id, account.closed, view)
    return [(late, pricing_context(account, late.period, view)) for late in found]


def charges_of(
    account: Account,
    subscription: Subscription,
    plan: Plan,
    used: Used,
    *,
    contexts: Sequence[PricingContext],
    late: Sequence[tuple[LateUsed, PricingContext]] = (),
    target: date,
) -> list[Charge]:
    """All that is due for a subscription, in canonical order.

    Usage of each of the account's periods, which the `contexts` name; what came `late` for closed ones; and of each
    flat price what begins (in arrears: ends) on or before `target` and has not been charged. Lines of zero are left out
    unless there are records behind them.
    """
    found: list[Charge] = []
    for span in plan.spans():
        for index, price in enumerate(span.version.prices):
            if price.recurring:
                found += _flat_charges(account, subscription, plan, span, price, index, target)
            else:
                for context in contexts:
                    found += _usage_charges(account, subscription, plan, span, price, index, used, context)
                for settled, context in late:
                    found += _late_charges(account, subscription, plan, span, price, index, settled, context)
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
    part = _served_by(subscription, span, context.period, used=bool(by_meter))
    if part is None:
        return
    lines = price_measured(
        price,
        tuple(used.measured(start, version, measure) for measure in measures),
        context=replace(context, period=part, later=_later(plan, span, price, index)),
        cycle=cycle_of(account.terms_on(start)),
        price_index=index,
    )
    yield from _charges(lines, subscription, plan, version, price.meter or measures[0].meter, by_meter)


def _late_charges(
    account: Account,
    subscription: Subscription,
    plan: Plan,
    span: VersionSpan,
    price: Price,
    index: int,
    late: LateUsed,
    context: PricingContext,
) -> Iterator[Charge]:
    """What usage that came late for a closed period adds to what has been billed of that period (R34)."""
    start, version = late.period.start, span.version.version
    measures = measures_of(price, span.version.aggregation_of)
    meters = {measure.meter for measure in measures}
    part = _served_by(subscription, span, late.period, used=True)
    if part is None or not late.late.has(start, version, meters):
        return
    lines = _lines_on_top(
        price,
        billed=tuple(late.billed.measured(start, version, measure) for measure in measures),
        total=tuple(late.total.measured(start, version, measure) for measure in measures),
        context=replace(context, period=part),
        cycle=cycle_of(account.terms_of(start)),
        index=index,
    )
    by_meter = late.late.records(start, version, meters)
    for charge in _charges(lines, subscription, plan, version, price.meter or measures[0].meter, by_meter):
        yield replace(charge, settles=late.period)


def _lines_on_top(
    price: Price,
    *,
    billed: tuple[Measured, ...],
    total: tuple[Measured, ...],
    context: PricingContext,
    cycle: Cycle,
    index: int,
) -> list[Line]:
    """f(total) − f(billed), by line (R16). Each is rounded before the difference is taken, as what was billed has been:
    however often usage comes late, all lines of a period add up to what it had cost at once."""
    before, after = (
        {line.kind: line.amount for line in price_measured(price, measured, context=context, cycle=cycle)}
        for measured in (billed, total)
    )
    new = price_measured(price, total, already_billed=billed, context=context, cycle=cycle, price_index=index)
    with exact():
        return [replace(line, amount=after.get(line.kind, ZERO) - before.get(line.kind, ZERO)) for line in new]


def _charges(
    lines: Iterable[Line],
    subscription: Subscription,
    plan: Plan,
    version: int,
    meter: str,
    by_meter: Mapping[str, int],
) -> Iterator[Charge]:
    """The lines of usage as charges; `by_meter` are the records behind them."""
    records = sum(by_meter.values())
    for line in lines:
        behind = records if line.kind == USAGE else 0
        if line.amount or behind:
            yield Charge(
                subscription_id=subscription.subscription_id,
                plan=plan,
                plan_version=version,
                price_index=line.price_index,
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
    if start > target or start in (subscription.end, span.end):
        return
    charged = subscription.charged_through.get(charged_key(version, index))
    for part in price_spans(account.calendars, terms, first_day=subscription.start, start=start):
        for line in _lines_of(account, subscription, span, price, part, charged, target):
            if line.amount:
                yield Charge(
                    subscription_id=subscription.subscription_id,
                    plan=plan,
                    plan_version=version,
                    price_index=index,
                    line=line,
                )


def _lines_of(
    account: Account,
    subscription: Subscription,
    span: VersionSpan,
    price: Price,
    part: PriceSpan,
    charged: date | None,
    target: date,
) -> Sequence[Line]:
    """The lines of the days that one calendar of the account divides, given what is charged of the price so far."""
    terms = price.recurring_terms
    # Where a price counts its `end` as a day of service, the day that others take over must not be in it.
    replaced_on = [
        day - timedelta(days=1) if terms.proration == "inclusive" else day
        for day in (span.end, part.end)
        if day is not None
    ]
    end = min((day for day in (subscription.end, *replaced_on) if day is not None), default=None)
    paid = None if charged is None or charged <= part.start else min(charged, part.end or charged)
    if part.start > target or (end is not None and end < part.start):
        return ()
    if paid is None and part.start in (subscription.end, span.end):
        return ()
    cycle = cycle_of_price(part.terms, terms.interval, subscription.start)
    return recurring_lines(
        countable(price, cycle),
        currency=account.currency,
        cycle=cycle,
        start=part.start,
        end=end,
        billed_through=paid,
        target_date=target,
    ).lines


def _overlap(period: Period, start: date, end: date | None) -> Period | None:
    start = max(period.start, start)
    end = period.end if end is None else min(period.end, end)
    return Period(start, end) if start < end else None
