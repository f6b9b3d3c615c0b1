"""Percentages: "1.2" is 1.2 %, which is 0.012 for each unit.

>>> of_a_hundred(Decimal("1.2")), percent_text(Decimal("1.20"))
(Decimal('0.012'), '1.2 %')
"""

from __future__ import annotations

from decimal import Decimal

from shared.kernel.decimals import EXACT, format_decimal


def of_a_hundred(rate: Decimal) -> Decimal:
    """What a rate in percent is of one unit; exact."""
    return EXACT.scaleb(rate, -2)


def percent_text(rate: Decimal) -> str:
    return f"{format_decimal(rate)} %"
