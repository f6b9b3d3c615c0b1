"""An amount of money that somebody writes for an account, as it may be.

checked_amount(Money(Decimal("10.00"), "EUR"), payer, "credit")    ->  Decimal("10.00")
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from services.payments.balance.state import Payer
from shared.kernel.currency import minor_units
from shared.kernel.errors import Rejection
from shared.kernel.money import Money
from shared.kernel.rounding import HALF_UP, round_amount

AMOUNT_MAX: Final = Decimal(10) ** 12
"""No amount is as large: what is typed so is a mistake."""


def checked_amount(money: Money, payer: Payer, what: str) -> Decimal:
    """The amount, written with the currency's decimals.

    Raises `Rejection`: `currency_mismatch`, `amount_not_positive`, `out_of_bounds`, `too_many_decimals`.
    """
    pointer = "/amount/amount"
    if money.currency != payer.currency:
        detail = f"account {payer.account_id} is in {payer.currency}, {what} in {money.currency}"
        raise Rejection("currency_mismatch", detail, pointer="/amount/currency")
    if money.amount <= 0:
        raise Rejection("amount_not_positive", f"{what} is above zero, not {money.amount}", pointer=pointer)
    if money.amount >= AMOUNT_MAX:
        raise Rejection("out_of_bounds", f"{money.amount} is too much; it is below {AMOUNT_MAX}", pointer=pointer)
    rounded = round_amount(money.amount, HALF_UP, money.currency)
    if rounded != money.amount:
        detail = f"{money.currency} has {minor_units(money.currency)} decimals, {money.amount} has more"
        raise Rejection("too_many_decimals", detail, pointer=pointer)
    return rounded
