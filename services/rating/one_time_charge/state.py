"""The one-time charges of an account that wait for their period to close."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from services.rating.pricing.engine.lines import CREDIT, ONE_TIME
from shared.kernel.decider import State


class PendingCharge(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`amount`, before tax unless it `includes_tax`, for the day `on`; `change_id` is the termination that it follows
    from, `credits` the charge that a negative one gives back."""

    charge_id: str
    description: str
    amount: Decimal
    on: date
    item: str
    subscription_id: str | None = None
    tax_class: str | None = None
    change_id: str | None = None
    credits: str | None = None
    includes_tax: bool = False

    @property
    def kind(self) -> str:
        return ONE_TIME if self.credits is None else CREDIT


class PendingCharges(State, frozen=True, kw_only=True):
    """By the order in which they were added; without any there is no state."""

    account_id: str
    charges: tuple[PendingCharge, ...]
