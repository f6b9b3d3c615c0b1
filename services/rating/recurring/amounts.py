"""What a share of a whole period costs: the model's steps, so many of them, the discount's, and the bounds of the line.

>>> from services.rating.pricing.engine.price import parse_price
>>> price = parse_price({"model": "flat", "amount": "20.00"})
>>> str(total(discounted(price, Decimal("0.5"), date(2026, 9, 1), quantity=3)))     # three seats, half a month
'30.000'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from services.rating.pricing.engine.contract import ZERO, Step
from services.rating.pricing.engine.price import Price


def discounted(price: Price, share: Decimal, began: date, quantity: int = 1) -> list[Step]:
    """The model's steps for the share, times `quantity`, and the discount's on them."""
    steps = [_times(step, quantity) for step in price.steps(share)]
    changes = price.modifiers.discounts(total(steps), on=began, share=share)
    return [*steps, *(Step.adjustment(name, change) for name, change in changes)]


def bounded(price: Price, share: Decimal, began: date, quantity: int = 1) -> Decimal:
    """What a line of that share costs between its minimum and maximum."""
    amount = total(discounted(price, share, began, quantity))
    return amount + sum((change for _, change in price.modifiers.bounds(amount)), ZERO)


def total(steps: Sequence[Step]) -> Decimal:
    return sum((step.amount for step in steps), ZERO)


def _times(step: Step, quantity: int) -> Step:
    if quantity == 1:
        return step
    return replace(step, quantity=step.quantity * quantity, amount=step.amount * quantity)
