"""A charge that no price asks for: an amount, once, on the next invoice of an account.

AddOneTimeCharge(charge_id="ch-1", account_id="acc-1", description="Router", amount=Decimal("49.00"), ...)
-> OneTimeChargeAdded, and at the close of the period that has its day in it: ChargeFixed
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event


class AddOneTimeCharge(Command, frozen=True, kw_only=True):
    """Charge an account `amount`, before tax, with the period that has the day `on` (today when `None`) in it.

    With `includes_tax` the amount is what the customer pays, and the tax is in it (R42).
    Refused: `account_not_found`, `unknown_aggregate` (the subscription), `currency_mismatch`, `invalid`, `no_period`,
    `period_closed`, `out_of_bounds`, `too_many_charges`.
    """

    charge_id: str
    account_id: str
    description: str
    amount: Decimal
    currency: Currency
    subscription_id: str | None = None
    on: date | None = None
    tax_class: str | None = None
    includes_tax: bool = False


class CancelOneTimeCharge(Command, frozen=True, kw_only=True):
    """Forget a charge that is not billed. Refused: `unknown_aggregate`, `charge_billed`."""

    charge_id: str
    account_id: str


class OneTimeChargeAdded(Event, frozen=True, kw_only=True):
    """`amount`, before tax (or with it: `includes_tax`), is charged with the period that has the day `on` in it.

    `item`: what for, as `ChargeFixed` has it. `change_id`: the termination that it follows from. `credits`: the charge
    that it gives back, its amount being below zero.
    """

    charge_id: str
    account_id: str
    description: str
    amount: Decimal
    currency: Currency
    on: date
    item: str
    subscription_id: str | None = None
    tax_class: str | None = None
    change_id: str | None = None
    credits: str | None = None
    includes_tax: bool = False


class OneTimeChargeCancelled(Event, frozen=True, kw_only=True):
    """The charge is not billed."""

    charge_id: str
    account_id: str
