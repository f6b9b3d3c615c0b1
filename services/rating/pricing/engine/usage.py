"""Pricing what was used in a period: f(new total) − f(already billed), f being the whole price (R16).

Only sums enter, so the order in which usage arrived cannot change an amount. An example with a commitment (R17): 300
units at 0.10 in a month with `minimum_commitment` 50.00 give two lines, 30.00 and a true-up of 20.00. If the customer
was there for the last 15 of 30 days, half of the commitment is due and the usage covers it: one line of 30.00.

The line and its true-up are rounded as one: with usage of 33.335 against 50.00 the lines read 33.34 and 16.66. Rounded
apart they would ask for 50.01.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.rating.pricing.engine.contract import ONE, ZERO, Measured, PricingContext, Step, quantity_of
from services.rating.pricing.engine.lines import TRUE_UP, USAGE, Line, Quote
from services.rating.pricing.engine.price import Price
from shared.kernel.calendar import Cycle, anchored, periods_from
from shared.kernel.decimals import exact
from shared.kernel.period import Period
from shared.kernel.rounding import round_amount, round_share

INCLUDED: Final = "included"

Included = Sequence[tuple[str, Decimal]]
"""So much of a quantity is paid for by a bucket, by its id."""

__all__ = ["commitment_share", "price_measured", "price_usage", "quantity_of", "usage_lines"]


def usage_lines(
    prices: Sequence[Price],
    *,
    currency: str,
    period: Period,
    quantity_by_meter: Mapping[str | None, Decimal],
    already_billed_by_meter: Mapping[str | None, Decimal] | None = None,
    cycle: Cycle | None = None,
) -> Quote:
    """Price each of `prices` (usage models only) with the quantity of its meter; a meter not named has none.

    `already_billed_by_meter` is `None` while nothing of the period has been billed, which is not the same as zero: a
    fee for entering the first tier is due at quantity 0. For `cycle` see `price_usage`.
    """
    lines: list[Line] = []
    for index, price in enumerate(prices):
        lines += price_usage(
            price,
            currency=currency,
            period=period,
            quantity=quantity_by_meter.get(price.meter, ZERO),
            already_billed=None if already_billed_by_meter is None else already_billed_by_meter.get(price.meter),
            cycle=cycle,
            price_index=index,
        )
    return Quote(currency, tuple(lines))


def price_usage(
    price: Price,
    *,
    currency: str,
    period: Period,
    quantity: Decimal,
    already_billed: Decimal | None = None,
    cycle: Cycle | None = None,
    price_index: int = 0,
) -> list[Line]:
    """Price `quantity` (≥ 0, what is new in `period`) on top of `already_billed`; `None` where nothing is billed yet.

    With `cycle`, a period shorter than the cycle's prorates the commitment by days. Gives the usage line, and a true-up
    line where usage stays below the commitment. Raises `ValueError` for a recurring price or a negative quantity.
    """
    if quantity < 0 or (already_billed is not None and already_billed < 0):
        raise ValueError(f"usage is zero or more, not {quantity} on top of {already_billed}")
    context = PricingContext(currency=currency, period=period, time_zone=cycle.time_zone if cycle else "UTC")
    with exact():
        total = (already_billed or ZERO) + quantity
    return price_measured(
        price,
        (total,),
        already_billed=None if already_billed is None else (already_billed,),
        context=context,
        cycle=cycle,
        price_index=price_index,
    )


def price_measured(
    price: Price,
    measured: tuple[Measured, ...],
    *,
    context: PricingContext,
    already_billed: tuple[Measured, ...] | None = None,
    included: Included = (),
    included_before: Included = (),
    cycle: Cycle | None = None,
    price_index: int = 0,
) -> list[Line]:
    """Price what the price's measures came to in all, less what `already_billed` of it cost; as `price_usage`.

    `included` are the parts of its one quantity that buckets pay for, before any tier (R18); `included_before` those of
    what is already billed.
    """
    if price.recurring:
        raise ValueError(f"{price.name} prices time; use recurring_lines")
    with exact():
        share = ONE if cycle is None else commitment_share(cycle, context.period)
        whole = _whole_price(price, measured, context, share, included)
        quantity = price.quantity(*measured, context=context)
        if already_billed is not None:
            whole = whole.less(_whole_price(price, already_billed, context, share, included_before))
            billed = price.quantity(*already_billed, context=context)
            quantity = None if quantity is None or billed is None else quantity - billed
        return _lines(price, whole, context=context, quantity=quantity, share=share, index=price_index)


def commitment_share(cycle: Cycle, period: Period) -> Decimal:
    """The part of a full cycle that `period` covers by days, at most 1 (R17).

    A period that reaches over a boundary of the cycle covers a part of each, rounded to 9 decimals before adding (R6).
    """
    share = ZERO
    for whole in periods_from(anchored(cycle, period.start), period.start):
        part = whole.overlap(period)
        if part is None or share >= ONE:
            break
        share += ONE if part == whole else round_share(part.days, whole.days)
    return min(share, ONE)


@dataclass(frozen=True, slots=True)
class _Whole:
    """f(q): the steps of the usage line and the shortfall of the commitment, both unrounded."""

    steps: tuple[Step, ...]
    shortfall: Decimal

    @property
    def amount(self) -> Decimal:
        return sum((step.amount for step in self.steps), ZERO)

    def less(self, billed: _Whole) -> _Whole:
        """f(new total) − f(already billed), step by step; steps that did not change are left out."""
        before = {_which(step): step for step in billed.steps}
        steps = [step.less(before.pop(_which(step))) if _which(step) in before else step for step in self.steps]
        gone = [Step.adjustment(step.tier, -step.amount) for step in before.values()]
        return _Whole(tuple(step for step in (*steps, *gone) if step.counts), self.shortfall - billed.shortfall)


def _which(step: Step) -> tuple[str, str | None]:
    """What tells a step from others of its line: there is one for each bucket."""
    return step.tier, step.label if step.tier == INCLUDED else None


def _whole_price(
    price: Price, measured: tuple[Measured, ...], context: PricingContext, share: Decimal, included: Included
) -> _Whole:
    modifiers = price.modifiers
    first = measured[0]
    if included and isinstance(first, Decimal):
        first -= sum((quantity for _, quantity in included), ZERO)
        measured = (first, *measured[1:])
    free = modifiers.free_of(first) if isinstance(first, Decimal) else ZERO
    if free and isinstance(first, Decimal):
        measured = (first - free, *measured[1:])
    steps = list(price.steps(*measured, context=context))
    if free:
        steps.insert(0, Step("free", free, ZERO, ZERO))
    steps = [*(Step(INCLUDED, quantity, ZERO, ZERO, label=bucket) for bucket, quantity in included), *steps]
    amount = sum((step.amount for step in steps), ZERO)
    for name, change in modifiers.adjustments(amount, on=context.period.start):
        steps.append(Step.adjustment(name, change))
        amount += change
    commitment = (modifiers.minimum_commitment or ZERO) * share
    return _Whole(tuple(steps), max(ZERO, commitment - amount))


def _lines(
    price: Price, whole: _Whole, *, context: PricingContext, quantity: Decimal | None, share: Decimal, index: int
) -> list[Line]:
    currency, period = context.currency, context.period
    unrounded = whole.amount
    amount = round_amount(unrounded, price.rounding, currency)
    line = Line(
        kind=USAGE,
        start=period.start,
        end=period.end,
        amount=amount,
        unrounded=unrounded,
        steps=whole.steps,
        quantity=quantity,
        meter=price.meter,
        price_index=index,
    )
    if not whole.shortfall:
        return [line]
    together = round_amount(unrounded + whole.shortfall, price.rounding, currency)
    true_up = Line(
        kind=TRUE_UP,
        start=period.start,
        end=period.end,
        amount=together - amount,
        unrounded=whole.shortfall,
        steps=(Step.adjustment(TRUE_UP, whole.shortfall),),
        fraction=share,
        meter=price.meter,
        price_index=index,
    )
    return [line, true_up]
