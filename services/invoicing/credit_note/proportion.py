"""Amounts in proportion, exact to the minor unit: what of a tax goes with what of its base.

>>> share(Decimal("20.00"), Decimal("12.00"), Decimal("120.00"), "EUR")
Decimal('2.00')
"""

from __future__ import annotations

from decimal import Decimal

from shared.kernel.currency import Currency, minor_units
from shared.kernel.decimals import EXACT
from shared.kernel.rounding import HALF_UP, round_amount


def share(amount: Decimal, part: Decimal, whole: Decimal, currency: Currency) -> Decimal:
    """`amount` × `part` ÷ `whole`, rounded half up to the currency, away from zero.

    >>> share(Decimal("20.00"), Decimal("12.00"), Decimal("120.00"), "EUR")
    Decimal('2.00')
    >>> share(Decimal("6.01"), Decimal("10.00"), Decimal("30.03"), "EUR")
    Decimal('2.00')
    """
    scale = minor_units(currency)
    amount_n, part_n, whole_n = (int(value.scaleb(scale, EXACT)) for value in (amount, part, whole))
    if not whole_n:
        return round_amount(Decimal(0), HALF_UP, currency)
    product = amount_n * part_n
    rounded = (2 * abs(product) + abs(whole_n)) // (2 * abs(whole_n))
    sign = -1 if (product < 0) != (whole_n < 0) else 1
    return round_amount(Decimal(sign * rounded).scaleb(-scale, EXACT), HALF_UP, currency)
