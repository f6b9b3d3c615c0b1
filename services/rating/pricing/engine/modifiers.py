"""Modifiers: what a price adds around its model, the same for every model.

Their order is part of the price, and each has a reason for its place:

1. `free_quantity` comes off the quantity before the model sees it, so free units do not fill tiers (R18).
2. `discount` lowers what the model asks, never below zero.
3. `minimum` and `maximum` bound the line itself, hence what the customer pays after the discount.
4. `minimum_commitment` is compared with the finished line; its shortfall is a line of its own (R17, see `usage.py`).

60 units at 0.50 with 10 free, 20 % off and a maximum of 18.00: 50 × 0.50 = 25.00, less 5.00 = 20.00, bounded to 18.00.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from pydantic import BaseModel, ConfigDict

from shared.kernel.bodies import BillingDate
from shared.kernel.money import PriceString, QuantityString

_ZERO: Final = Decimal(0)
_PERCENT: Final = Decimal("0.01")


class Discount(BaseModel):
    """A percentage ("20" is 20 %) or an amount off each line that starts before `until` (`None`: for ever)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    percent: PriceString | None = None
    amount: PriceString | None = None
    until: BillingDate | None = None

    def problems(self) -> Iterator[tuple[str, str]]:
        """Contradictions, as (JSON pointer below the discount, reason)."""
        if (self.percent is None) == (self.amount is None):
            yield "", "a discount has either percent or amount"
        if self.percent is not None and self.percent > 100:
            yield "/percent", f"a discount of {self.percent} % would pay the customer; at most 100 is possible"

    def off(self, amount: Decimal, *, share: Decimal, on: date) -> Decimal:
        """What comes off `amount` (≥ 0) of a period starting `on`; never more than all of it.

        `share` is the part of a recurring price's period that the line covers (1 for usage): an amount off is an amount
        off the whole period, so that crediting an unused part gives back what was paid for it.
        """
        if self.until is not None and on >= self.until:
            return _ZERO
        if self.percent is not None:
            return amount * self.percent * _PERCENT
        return min(amount, (self.amount or _ZERO) * share)


class Modifiers(BaseModel):
    """The `modifiers` of a price; all optional, all exact decimal strings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    minimum: PriceString | None = None
    maximum: PriceString | None = None
    minimum_commitment: PriceString | None = None
    discount: Discount | None = None
    free_quantity: QuantityString | None = None

    @property
    def bounded(self) -> bool:
        """Whether the line's amount has a lower or an upper bound."""
        return self.minimum is not None or self.maximum is not None

    def problems(self) -> Iterator[tuple[str, str]]:
        """Contradictions, as (JSON pointer below the modifiers, reason)."""
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            yield "/minimum", f"the minimum {self.minimum} is above the maximum {self.maximum}"
        if self.discount is not None:
            for pointer, reason in self.discount.problems():
                yield f"/discount{pointer}", reason

    def free_of(self, quantity: Decimal) -> Decimal:
        """How much of `quantity` is free (R18)."""
        return _ZERO if self.free_quantity is None else min(quantity, self.free_quantity)

    def adjustments(self, amount: Decimal, *, on: date, share: Decimal = Decimal(1)) -> list[tuple[str, Decimal]]:
        """What discount and bounds add to `amount`, in their order, as (name, signed amount); nothing where nothing."""
        found = self.discounts(amount, on=on, share=share)
        return [*found, *self.bounds(amount + sum((change for _, change in found), _ZERO))]

    def discounts(self, amount: Decimal, *, on: date, share: Decimal = Decimal(1)) -> list[tuple[str, Decimal]]:
        """What the discount takes off `amount`; see `Discount.off`."""
        off = _ZERO if self.discount is None else self.discount.off(amount, share=share, on=on)
        return [("discount", -off)] if off else []

    def bounds(self, amount: Decimal) -> list[tuple[str, Decimal]]:
        """What lifts the discounted `amount` to the minimum or lowers it to the maximum."""
        if self.minimum is not None and amount < self.minimum:
            return [("minimum", self.minimum - amount)]
        if self.maximum is not None and amount > self.maximum:
            return [("maximum", self.maximum - amount)]
        return []
