"""Money as somebody writes it for an account: its amount, and the day on which it came in.

checked_amount(Money(Decimal("10.00"), "EUR"), payer, "credit")    ->  Decimal("10.00")
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from services.payments.balance.state import Payer
from shared.kernel.calendar import local_date
from shared.kernel.currency import minor_units
from shared.kernel.decider import Context
from shared.kernel.errors import Rejection
from shared.kernel.money import Money
from shared.kernel.rounding import HALF_UP, round_amount

AMOUNT_MAX: Final = Decimal(10) ** 12
"""No amount is as large: what is typed so is a mistake."""


def checked_amount(
    money: Money,
    payer: Payer,
    what: str,
    *,
    below: Decimal | None = AMOUNT_MAX,
    pointer: str = "/amount",
) -> Decimal:
    """The amount, written with the currency's decimals; `pointer` is where it stands.

    Raises `Rejection`: `currency_mismatch`, `amount_not_positive`, `out_of_bounds`, `too_many_decimals`.
    """
    if money.currency != payer.currency:
        detail = f"account {payer.account_id} is in {payer.currency}, {what} in {money.currency}"
        raise Rejection("currency_mismatch", detail, pointer=f"{pointer}/currency")
    return checked_sum(money, what, below=below, pointer=pointer)


def checked_sum(money: Money, what: str, *, below: Decimal | None = AMOUNT_MAX, pointer: str = "/amount") -> Decimal:
    """Likewise, where it is of no account yet. Raises as `checked_amount`, but for the currency."""
    where = f"{pointer}/amount"
    if money.amount <= 0:
        raise Rejection("amount_not_positive", f"{what} is above zero, not {money.amount}", pointer=where)
    if below is not None and money.amount >= below:
        raise Rejection(
            "out_of_bounds", f"{money.amount} is too much; it is below {below}", pointer=f"{pointer}/amount"
        )
    rounded = round_amount(money.amount, HALF_UP, money.currency)
    if rounded != money.amount:
        detail = f"{money.currency} has {minor_units(money.currency)} decimals, {money.amount} has more"
        raise Rejection("too_many_decimals", detail, pointer=where)
    return rounded


def check_received(received_on: date, payer: Payer, context: Context) -> None:
    """Money that came in came in by today; by tomorrow where it was booked further east than the account is.

    Raises `Rejection`: `in_future`.
    """
    latest = local_date(context.now, payer.time_zone) + timedelta(days=1)
    if received_on > latest:
        detail = f"money received on {received_on} has not come in yet; {latest} is the latest day, check the date"
        raise Rejection("in_future", detail, pointer="/received_on")
